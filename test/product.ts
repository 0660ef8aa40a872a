import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dropPostgres } from '../cli/postgres/dropPostgres.js';
import { toSharedPath } from './sharedData.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const command = join(root, 'cli/computescan.mjs');

export interface Product {
  readonly url: string;
  readonly pid: number;
  /** What `up` has printed so far. */
  readonly output: () => string;
  readonly dataDir: string;
  /** Ctrl-C, as a user would; resolves with the exit code. */
  interrupt(): Promise<number | null>;
  stop(): Promise<void>;
}

/**
 * The product as `npm start` runs it, on a data directory of its own, once the devnet's history is indexed. With
 * `replay`, the recorded Livepeer history too, where it lies beside the checkout.
 */
export async function startProduct(
  options: { readonly replay?: boolean; readonly historyDays?: number; readonly dataDir?: string } = {},
): Promise<Product> {
  const { replay = true, historyDays = 4 } = options;
  const dataDir = options.dataDir ?? (await makeDataDir());
  const { child, pid, output, exited } = beginProduct(dataDir, historyDays);
  const interrupt = async () => {
    child.kill('SIGINT');
    return exited;
  };
  const stop = async () => {
    await interrupt();
    await dropPostgres(join(dataDir, 'postgres'));
    await rm(dataDir, { recursive: true, force: true });
  };
  const said = async (pattern: RegExp) => {
    for (;;) {
      const found = pattern.exec(output());
      if (found) return found[1] ?? '';
      if (child.exitCode !== null) throw new Error(`computescan up ended with code ${child.exitCode}:\n${output()}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  try {
    const url = await said(/explorer\s+(http:\S+)/);
    await said(/up to date: (.*)/);
    if (replay) await replayLivepeer(dataDir);
    return { url, pid, output, dataDir, interrupt, stop };
  } catch (thrown) {
    await stop();
    throw thrown;
  }
}

/** Beside the databases of the suites (globalSetup.mjs), open to the account that runs Postgres where we are root. */
async function makeDataDir(): Promise<string> {
  const folder = await mkdtemp(join(process.env.TEST_DATA_DIR ?? tmpdir(), `computescan-test-${process.pid}-`));
  await chmod(folder, 0o755);
  return folder;
}

/** `up` from its first moment on. */
export function beginProduct(dataDir: string, historyDays = 2) {
  const args = ['up', '--port', '0', '--data', dataDir, '--history-days', String(historyDays)];
  // Without the runner's own flags, as from a shell.
  const { NODE_OPTIONS: _, DATABASE_URL: __, ...env } = process.env;
  const child = spawn(process.execPath, [command, ...args], {
    env: { ...env, WEB_PUBLIC_URL: 'https://scan.example' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  return { child, pid: child.pid ?? 0, output: () => output, exited };
}

/** Beside the running product, on the same database. */
async function replayLivepeer(dataDir: string): Promise<void> {
  const file = toSharedPath('livepeer/bondingmanager-events-arbitrum-2022-02_03.json');
  if (!existsSync(file)) return;
  const { code, output } = await runCommand(['replay', file], { COMPUTESCAN_DATA: dataDir });
  if (code !== 0) throw new Error(`computescan replay ended with code ${code}:\n${output}`);
}

/** Runs a command to its end. */
export async function runCommand(
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<{ readonly code: number | null; readonly output: string }> {
  const { NODE_OPTIONS: _, DATABASE_URL: __, ...env } = process.env;
  const child = spawn(process.execPath, [command, ...args], {
    // Suites run beside each other, and so may a product of the user's.
    env: { ...env, INDEX_PORT: '0', ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { code, output };
}
