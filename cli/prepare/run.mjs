import { spawn } from 'node:child_process';

/** A signal came while a child ran: whoever is outermost obeys it, after everyone has cleaned up. */
export class Interrupted extends Error {
  name = 'Interrupted';
  constructor(signal) {
    super(`Interrupted by ${signal}`);
    this.signal = signal;
  }
}

const passed = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a child to its end. A signal sent to us is passed on and then thrown as `Interrupted`, so that no half-done
 * child is left behind; `quiet` keeps its output for the caller, who shows it only when the child fails.
 *
 * @param {{ command: string, args: string[], cwd: string, quiet?: boolean, shell?: boolean, env?: NodeJS.ProcessEnv,
 *   signal?: AbortSignal }} options
 * @returns {Promise<{ code: number, output: string }>}
 */
export async function run({ command, args, cwd, quiet = false, shell = false, env = process.env, signal }) {
  const child = spawn(command, args, {
    cwd,
    shell,
    env,
    signal,
    stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
  });
  const chunks = [];
  child.stdout?.on('data', (chunk) => chunks.push(chunk));
  child.stderr?.on('data', (chunk) => chunks.push(chunk));

  let received;
  const pass = (name) => {
    received = name;
    child.kill(name);
  };
  // With an abort signal the caller has its own way to end the child, and its own handlers.
  if (!signal) for (const name of passed) process.on(name, pass);
  try {
    const code = await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (exitCode, exitSignal) => resolve(exitSignal ? 1 : exitCode));
    });
    if (received) throw new Interrupted(received);
    return { code, output: Buffer.concat(chunks).toString('utf8') };
  } finally {
    if (!signal) for (const name of passed) process.off(name, pass);
  }
}
