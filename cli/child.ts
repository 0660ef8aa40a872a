/**
 * A role in a process of its own: `node dist/cli/child.js <role>`, with its settings in the environment. It reports to
 * its parent over IPC and stops when told to, or when the parent is gone: nothing is left running behind a killed `up`.
 */
import 'reflect-metadata';
import { toMessage, UserError } from '../schema/lib/errors.js';
import { type Report, type RoleName, roles } from './roles.js';

export type ChildMessage = Report | { readonly kind: 'failed'; readonly message: string };

function send(message: ChildMessage): void {
  if (process.connected) process.send?.(message);
}

// Ctrl-C reaches the whole process group; the parent decides the order in which things stop.
process.on('SIGINT', () => undefined);

try {
  const running = await roles[process.argv[2] as RoleName](process.env, send);
  const stop = () => void running.stop();
  process.on('message', stop);
  process.on('disconnect', stop);
  process.on('SIGTERM', stop);
  await running.done;
  process.exit(0);
} catch (thrown) {
  if (!(thrown instanceof UserError)) console.error(thrown);
  send({ kind: 'failed', message: toMessage(thrown) });
  process.exitCode = 1;
  if (process.connected) process.disconnect();
}
