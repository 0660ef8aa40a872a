import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const command = join(fileURLToPath(new URL('../..', import.meta.url)), 'cli/computescan.mjs');

export interface AgentProcess {
  readonly pid: number;
  output(): string;
  kill(signal: NodeJS.Signals): void;
  /** With the exit code; null: a signal ended it. */
  readonly exited: Promise<number | null>;
}

/** `computescan agent` in a process of its own. */
export function startAgent(args: readonly string[], variables: Readonly<Record<string, string>> = {}): AgentProcess {
  const { NODE_OPTIONS: _, DATABASE_URL: __, ...env } = process.env;
  const child = spawn(process.execPath, [command, 'agent', ...args], {
    env: { ...env, AGENT_NVIDIA_SMI: 'no-such-command', ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
  return {
    pid: child.pid ?? 0,
    output: () => output,
    kill: (signal) => child.kill(signal),
    exited: new Promise((resolve) => child.once('close', resolve)),
  };
}
