import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface NatsServer {
  readonly url: string;
  /** As a power cut would: without a word. Resolves once the process is gone. */
  kill(): Promise<void>;
  /** Again with the same port and files. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** `describe`, or a skipped one that says why. */
export function describeWithNats(title: string, suite: () => void): void {
  if (spawnSync('nats-server', ['--version']).status === 0) describe(title, suite);
  else it.skip(`${title} (skipped: there is no nats-server on the PATH)`, () => undefined);
}

/** A nats-server with JetStream on loopback and a port of its own, its files in a new folder. */
export async function startNats(): Promise<NatsServer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'computescan-nats-'));
  let process = run(folder, '-1');
  const url = await findUrl(folder, process);

  async function kill(): Promise<void> {
    if (process.exitCode !== null || process.signalCode !== null) return;
    const gone = once(process, 'exit');
    process.kill('SIGKILL');
    await gone;
  }

  return {
    url,
    kill,
    async restart() {
      await kill();
      process = run(folder, new URL(url).port);
    },
    async stop() {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function run(folder: string, port: string): ChildProcess {
  const args = ['--jetstream', '--store_dir', folder, '--addr', '127.0.0.1', '--port', port];
  return spawn('nats-server', [...args, '--ports_file_dir', folder], { stdio: 'ignore' });
}

/** The server writes its port into a file once it listens. */
async function findUrl(folder: string, process: ChildProcess): Promise<string> {
  while (process.exitCode === null) {
    const file = (await readdir(folder)).find((name) => name.endsWith('.ports'));
    const text = file ? await readFile(path.join(folder, file), 'utf8') : '';
    const url = /nats:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0];
    if (url) return url;
    await sleep(20);
  }
  throw new Error(`Expected nats-server to listen, it ended with ${process.exitCode}.`);
}
