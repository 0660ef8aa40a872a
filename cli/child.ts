/**
 * A role in a process of its own: `node dist/cli/child.js <role>`, with its settings in the environment. It reports to
 * its parent over IPC and stops when told to, or when the parent is gone: nothing is left running behind a killed `up`.
 */
import { RetryableError, toMessage, UserError } from '../schema/lib/errors.js';
import { type Report, type RoleName, type Running, roles } from './roles.js';

export type ChildMessage =
  | Report
  | { readonly kind: 'started' }
  | { readonly kind: 'failed'; readonly message: string };

let running: Running | undefined;
let isStopping = false;

/** May come while the role still starts; then it stops as soon as it has. */
function stop(): void {
  isStopping = true;
  running?.stop().catch(fail);
}

function send(message: ChildMessage): void {
  if (process.connected) process.send?.(message);
}

function fail(thrown: unknown): void {
  if (!(thrown instanceof UserError || thrown instanceof RetryableError)) console.error(thrown);
  send({ kind: 'failed', message: toMessage(thrown) });
  process.exitCode = 1;
  if (process.connected) process.disconnect();
}

// Ctrl-C reaches the whole process group; the parent decides the order in which things stop.
process.on('SIGINT', () => undefined);
process.on('message', stop);
process.on('disconnect', stop);
process.on('SIGTERM', stop);

try {
  running = await roles[process.argv[2] as RoleName](process.env, send);
  send({ kind: 'started' });
  if (isStopping || !process.connected) stop();
  await running.done;
  process.exit();
} catch (thrown) {
  fail(thrown);
}
