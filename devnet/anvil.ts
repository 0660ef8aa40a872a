/** The anvil process: where its binary lies, with which flags it runs, and its end. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { toMessage, UserError } from '../schema/lib/errors.js';
import { createRpc, type Rpc } from './rpc.js';

export interface Anvil {
  readonly pid: number;
  readonly port: number;
  readonly rpc: Rpc;
  /** Resolves with the reason when the process has ended, wanted or not. */
  readonly ended: Promise<string>;
  /** SIGTERM, and SIGKILL after ten seconds; resolves when the process is gone. */
  stop(): Promise<void>;
}

export interface AnvilOptions {
  readonly binary: string;
  /** 31337 when left out. */
  readonly chainId?: number;
  /** How many accounts of the published test mnemonic it holds and signs for; 46 when left out. */
  readonly accounts?: number;
  /** What each of them has at first, in whole coins; 10,000 when left out. */
  readonly coins?: number;
  readonly folder: string;
  /** Any that is free when left out or 0. */
  readonly port?: number;
  readonly forkUrl: string;
  /** The last block of the chain to fork from; 0 when left out. */
  readonly forkHeight?: number;
  /** How many past states to keep for calls at past blocks and for reorgs. */
  readonly keptStates: number;
  /** A dumped state to begin with. */
  readonly stateFile?: string;
}

interface NodeInfo {
  readonly forkConfig?: { readonly forkUrl: string | null };
}

const PORT_ATTEMPTS = 5;
export const blockGasLimit = 300_000_000;
const platforms: Readonly<Record<string, string>> = {
  'linux-x64': 'linux-amd64',
  'linux-arm64': 'linux-arm64',
  'darwin-x64': 'darwin-amd64',
  'darwin-arm64': 'darwin-arm64',
  'win32-x64': 'win32-amd64',
};

/** The anvil binary of the npm package for this platform, which needs no install script; undefined without it. */
export function findAnvil(): string | undefined {
  const platform = platforms[`${process.platform}-${process.arch}`];
  const file = process.platform === 'win32' ? 'anvil.exe' : 'anvil';
  try {
    const binary = createRequire(import.meta.url).resolve(`@foundry-rs/anvil-${platform}/bin/${file}`);
    return existsSync(binary) ? binary : undefined;
  } catch {
    return undefined;
  }
}

/**
 * On the wanted port, or on a free one. A free port is found, let go and given to anvil by number, so that another
 * process may have it by then: then the next one is tried. Throws a `UserError` with what anvil said when it will not start.
 */
export async function startAnvil(options: AnvilOptions, findPort = reservePort): Promise<Anvil> {
  const { port: wanted = 0 } = options;
  for (let attempt = 1; ; attempt++) {
    const port = await findPort(wanted);
    const started = await startOn(port, options);
    if ('rpc' in started) return started;
    if (wanted === 0 && attempt < PORT_ATTEMPTS && started.complaint.includes('in use')) continue;
    throw new UserError(`Expected anvil to start on port ${port}, got "${started.complaint}": reinstall the packages.`);
  }
}

async function startOn(port: number, options: AnvilOptions): Promise<Anvil | { readonly complaint: string }> {
  const child = spawn(options.binary, toArguments({ ...options, port }), { stdio: ['ignore', 'ignore', 'pipe'] });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-2000);
  });
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(toMessage(error)));
    // Not `exit`, after which some of what it said may still be on its way.
    child.once('close', (code, signal) => resolve(complaint.trim() || `exit ${signal ?? code}`));
  });
  // A driver that crashes takes anvil along; after kill -9 the next start does.
  const onExit = () => void child.kill('SIGKILL');
  process.once('exit', onExit);
  void ended.then(() => process.off('exit', onExit));
  const rpc = createRpc(port);
  const stop = () => stopProcess(child, ended).finally(() => rpc.close());
  const abort = new AbortController();
  const reason = await Promise.race([waitUntilReady(rpc, options.forkUrl, abort.signal), ended]);
  abort.abort();
  if (reason !== undefined) {
    rpc.close();
    return { complaint: reason };
  }
  return { pid: child.pid ?? 0, port, rpc, ended, stop };
}

/** Every flag that decides what a block looks like is given, so that the same transactions give the same hashes. */
export function toArguments(options: AnvilOptions): string[] {
  const {
    chainId = 31_337,
    accounts = 46,
    coins,
    folder,
    port = 0,
    forkUrl,
    forkHeight = 0,
    keptStates,
    stateFile,
  } = options;
  const network = ['--host', '127.0.0.1', '--port', String(port), '--no-request-size-limit', '--quiet'];
  const blocks = ['--hardfork', 'cancun', '--gas-limit', String(blockGasLimit), '--base-fee', '0', '--gas-price', '0'];
  const mining = ['--no-mining', '--order', 'fifo', '--accounts', String(accounts), '--slots-in-an-epoch', '1'];
  const from = ['--fork-url', forkUrl, '--fork-block-number', String(forkHeight)];
  const fork = [...from, '--retries', '0', '--no-storage-caching'];
  const states = ['--chain-id', String(chainId), '--cache-path', path.join(folder, 'anvil-cache'), '--prune-history'];
  if (keptStates > 0) states.push(String(keptStates));
  if (coins !== undefined) states.push('--balance', String(coins));
  if (stateFile) states.push('--load-state', stateFile);
  return [...network, ...blocks, ...mining, ...fork, ...states];
}

/** The wanted port when it is free, else a free one when none is wanted (0). */
export async function reservePort(wanted: number): Promise<number> {
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(wanted, '127.0.0.1', resolve);
    });
  } catch (thrown) {
    throw new UserError(
      `Expected port ${wanted} of 127.0.0.1 to be free for the devnet, got "${toMessage(thrown)}": choose another port or end what uses it.`,
    );
  }
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

/** That our anvil answers, and not whoever got its port first: none but ours forks from this chain. */
async function waitUntilReady(rpc: Rpc, forkUrl: string, signal: AbortSignal): Promise<undefined> {
  while (!signal.aborted) {
    const info = (await rpc.call('anvil_nodeInfo').catch(() => undefined)) as NodeInfo | undefined;
    if (info?.forkConfig?.forkUrl === forkUrl) return;
    await sleep(15);
  }
}

async function stopProcess(child: ChildProcess, ended: Promise<string>): Promise<void> {
  const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
  child.kill('SIGTERM');
  await ended;
  clearTimeout(timer);
}
