import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { UserError } from '../schema/lib/errors.js';
import type { ChildMessage } from './child.js';
import type { Report, RoleName, Running } from './roles.js';

/** Longer than what any role allows itself: the devnet saves its chain and then waits for anvil. */
const STOP_WITHIN_MS = 25_000;

/**
 * Thousands of requests a second, and a thousand scores at a time, make much that dies soon: with room for it the collector of young
 * objects takes a tenth of the time, not a quarter. Node takes this when a process starts, and at no other time.
 */
export const nodeOptions: Readonly<Partial<Record<RoleName, readonly string[]>>> = {
  telemetry: ['--max-semi-space-size=64'],
  roll: ['--max-semi-space-size=32'],
};

export interface Child extends Running {
  /** Resolves when the role has begun its work: its settings hold, what it needs is there. */
  readonly started: Promise<void>;
}

/** Starts a role in a process of its own. `done` fails with the child's own sentence when it fails. */
export function startChild(
  role: RoleName,
  options: { readonly env: Readonly<Record<string, string | undefined>>; readonly onReport: (report: Report) => void },
): Child {
  const child = fork(fileURLToPath(new URL('./child.js', import.meta.url)), [role], {
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: ['--enable-source-maps', '--no-warnings', ...(nodeOptions[role] ?? [])],
  });
  let failure: string | undefined;
  let begin: () => void = () => undefined;
  const started = new Promise<void>((resolve) => {
    begin = resolve;
  });
  let stopping = false;
  child.on('message', (message: ChildMessage) => {
    if (message.kind === 'failed') failure = message.message;
    else if (message.kind === 'started') begin();
    else options.onReport(message);
  });
  const exited = new Promise<void>((resolve, reject) => {
    child.on('error', reject);
    child.once('exit', (code, signal) => {
      if (stopping || code === 0) resolve();
      else
        reject(
          failure ? new UserError(failure) : new Error(`The ${role} process ended with ${signal ?? `code ${code}`}.`),
        );
    });
  });
  exited.catch(() => undefined);
  return {
    started,
    done: exited,
    async stop() {
      stopping = true;
      if (child.exitCode !== null || child.signalCode !== null) return;
      if (child.connected) child.send({ kind: 'stop' }, () => undefined);
      else child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
      await exited.catch(() => undefined);
      clearTimeout(timer);
    },
  };
}
