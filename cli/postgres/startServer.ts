import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync, statfsSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../../schema/lib/errors.js';
import { toProgram, toSpawnError } from './binaries.js';
import type { Cluster } from './cluster.js';
import { giveToOwner } from './home.js';
import { findPostmaster } from './postmaster.js';
import { toServerProcess } from './serverProcess.js';

const LOG_LIMIT_BYTES = 10 * 1024 * 1024;
const READY_TIMEOUT_MS = 600_000;
const ATTEMPTS = 40;

/** A port taken between our look and the server's; a killed server that is not quite gone, or whose backends are not. */
const passing = /could not bind|Address already in use|pre-existing shared memory block|lock file .* already exists/;

const defaults = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '256MB',
  max_wal_size: '2GB',
  // An acknowledged write is a committed one; what may be rebuilt turns it off for itself.
  synchronous_commit: 'on',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  cluster_name: 'computescan',
};

export interface StartOptions extends Cluster {
  readonly settings: Readonly<Record<string, string>>;
  /** Left out: any free one. */
  readonly port?: number;
  readonly onStep: (text: string) => void;
}

/** Starts the server and resolves when it takes connections, which after a crash is when it has recovered. */
export async function startServer(options: StartOptions): Promise<{ pid: number; port: number }> {
  rotateLog(options.home.logFile);
  for (let attempt = 1; ; attempt++) {
    const started = await tryStart(options);
    if ('port' in started) return started;
    if (attempt === ATTEMPTS || !passing.test(started.log)) throw toStartError(options, started.log);
    await sleep(250);
  }
}

async function tryStart(options: StartOptions): Promise<{ pid: number; port: number } | { log: string }> {
  const { home, clusterDir, binaries, onStep } = options;
  const port = options.port ?? (await findFreePort());
  const logStart = statSync(home.logFile, { throwIfNoEntry: false })?.size ?? 0;
  const log = openSync(home.logFile, 'a', 0o600);
  const program = toProgram(binaries, 'postgres');
  const settings = { ...defaults, ...sharedMemorySettings(), ...options.settings };
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  // Detached: a Ctrl-C in the terminal is ours to answer, and the server is to outlive our last queries.
  const child = spawn(program, ['-D', clusterDir, '-p', String(port), ...args], {
    ...toServerProcess(options),
    stdio: ['ignore', log, log],
    detached: true,
  });
  closeSync(log);
  giveToOwner(home, home.logFile);
  let failure: Error | undefined;
  let hasEnded = false;
  child.once('error', (error) => {
    failure = toSpawnError(error, program);
  });
  child.once('exit', () => {
    hasEnded = true;
  });
  child.unref();

  const begun = Date.now();
  for (let hasSpoken = false; ; await sleep(5)) {
    if (failure) throw failure;
    if (hasEnded) return { log: readFileSync(home.logFile, 'utf8').slice(logStart) };
    const postmaster = findPostmaster(clusterDir);
    if (postmaster?.isReady && postmaster.pid === child.pid) return { pid: postmaster.pid, port };
    const waitedMs = Date.now() - begun;
    if (!hasSpoken && waitedMs > 3_000) {
      onStep('waiting for Postgres to recover from the last stop');
      hasSpoken = true;
    }
    if (waitedMs > READY_TIMEOUT_MS) {
      child.kill('SIGQUIT');
      return { log: `not ready after ${READY_TIMEOUT_MS / 1000} s` };
    }
  }
}

function toStartError({ clusterDir, home }: StartOptions, log: string): UserError {
  const lines = log.split('\n').filter(Boolean);
  const said = lines.filter((line) => /FATAL|PANIC|ERROR/.test(line)).pop() ?? lines.pop() ?? 'it said nothing';
  const text = said.replace(/^.*?(FATAL|PANIC|ERROR):\s*/, '');
  return new UserError(
    `Expected the database in ${clusterDir} to start, it ended: ${text} (log: ${home.logFile}). Mend that, or set DATABASE_URL to a Postgres server of your own.`,
  );
}

/** Containers often have 64 MB there, too little for parallel queries, which then fail. */
function sharedMemorySettings(): Record<string, string> {
  if (process.platform !== 'linux') return {};
  const SMALL_BYTES = 256 * 1024 * 1024;
  const isSmall = !existsSync('/dev/shm') || toBytes('/dev/shm') < SMALL_BYTES;
  return isSmall ? { dynamic_shared_memory_type: 'mmap' } : {};
}

function toBytes(path: string): number {
  const { blocks, bsize } = statfsSync(path);
  return blocks * bsize;
}

function rotateLog(logFile: string): void {
  const size = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_LIMIT_BYTES) renameSync(logFile, `${logFile}.1`);
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
      .once('error', reject)
      .listen(0, '127.0.0.1', () => {
        const address = server.address();
        server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
      });
  });
}
