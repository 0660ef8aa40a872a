import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { AcceptedBatch } from '../../indexer/telemetry/beats/AcceptedBatch.js';
import type { Fed, Told } from './writerProcess.js';

export interface Writer {
  readonly ready: Promise<void>;
  /** What it answered; undefined where it ended before it did. */
  publish(batch: AcceptedBatch): Promise<string | undefined>;
  kill(signal: NodeJS.Signals): void;
  readonly exited: Promise<{ readonly code: number | null; readonly output: string }>;
}

/** A real process with the store and the bus, as one writer of several. */
export function startWriter(databaseUrl: string): Writer {
  const { NODE_OPTIONS: _, ...env } = process.env;
  const child = fork(toPath('./writerProcess.ts'), {
    env: { ...env, DATABASE_URL: databaseUrl },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // Its messages bear bigints and bytes.
    serialization: 'advanced',
    execArgv: ['--no-warnings', '--import', new URL('../simulation/runTypeScript.mjs', import.meta.url).href],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += String(chunk)));
  const waiting = new Map<number, (text: string | undefined) => void>();
  let next = 0;
  let isGone = false;
  const end = () => {
    isGone = true;
    for (const answer of waiting.values()) answer(undefined);
    waiting.clear();
  };
  const ready = new Promise<void>((resolve, reject) => {
    child.on('message', (told: Told) => {
      if (told.kind === 'ready') return resolve();
      waiting.get(told.id)?.(told.text);
      waiting.delete(told.id);
    });
    child.once('exit', () => reject(new Error(`The writer ended before it was ready: ${output}`)));
  });
  ready.catch(() => undefined);
  // What it had said before it was killed still arrives: the channel ends after the process.
  child.once('disconnect', end);
  child.once('error', end);
  return {
    ready,
    publish(batch) {
      if (isGone || !child.connected) return Promise.resolve(undefined);
      const id = next++;
      return new Promise((resolve) => {
        waiting.set(id, resolve);
        child.send({ id, batch } satisfies Fed, (error) => {
          if (error && waiting.delete(id)) resolve(undefined);
        });
      });
    },
    kill: (signal) => void child.kill(signal),
    exited: new Promise((resolve) => child.once('close', (code) => resolve({ code, output }))),
  };
}

function toPath(file: string): string {
  return fileURLToPath(new URL(file, import.meta.url));
}
