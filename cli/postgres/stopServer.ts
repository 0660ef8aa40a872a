import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { toProgram } from './binaries.js';
import type { Cluster } from './cluster.js';
import { readServerState } from './processes.js';
import { toServerProcess } from './serverProcess.js';

const FAST_TIMEOUT_MS = 30_000;
const IMMEDIATE_TIMEOUT_MS = 10_000;

/** A fast shutdown: open transactions are rolled back, everything committed is written out. Resolves when it is gone. */
export async function stopServer(pid: number, cluster: Cluster): Promise<void> {
  if (readServerState(pid, cluster.clusterDir) !== 'alive') return;
  if (process.platform === 'win32') pgCtlStop(cluster);
  else signal(pid, 'SIGINT');
  if (await isGone(pid, cluster.clusterDir, FAST_TIMEOUT_MS)) return;
  // What was committed is in the log and comes back by recovery.
  signal(pid, 'SIGQUIT');
  if (await isGone(pid, cluster.clusterDir, IMMEDIATE_TIMEOUT_MS)) return;
  throw new Error(`Postgres (pid ${pid}, ${cluster.clusterDir}) did not stop`);
}

async function isGone(pid: number, clusterDir: string, timeoutMs: number): Promise<boolean> {
  for (const end = Date.now() + timeoutMs; Date.now() < end; await sleep(5)) {
    if (readServerState(pid, clusterDir) !== 'alive') return true;
  }
  return false;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Windows has no signals; ending the process there would mean crash recovery at every start. */
function pgCtlStop(cluster: Cluster): void {
  const program = toProgram(cluster.binaries, 'pg_ctl');
  spawn(program, ['stop', '-D', cluster.clusterDir, '-m', 'fast'], { ...toServerProcess(cluster), stdio: 'ignore' });
}
