import { existsSync } from 'node:fs';
import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import type { HeartbeatType } from '../../../schema/heartbeat/typedData.js';
import { createWorkQueue, type Lane } from './createWorkQueue.js';
import type { GatewayLimits } from './limits.js';
import type { Recovery, RecoveryTask } from './recoverWorker.js';

/** Signatures of accounts, recovered beside the event loop: a flood of them fills its own queue and nobody else's. */
export interface RecoveryPool {
  /** Throws BusyError when too many wait. */
  recover<T extends HeartbeatType>(task: RecoveryTask<T>, lane: Lane): Promise<Recovery>;
  isFull(): boolean;
  close(): Promise<void>;
}

export function createRecoveryPool(limits: GatewayLimits): RecoveryPool {
  const queue = createWorkQueue({
    active: limits.activeRecoveries,
    maxWaiting: { first: limits.waitingRecoveries, second: limits.waitingStrangeRecoveries },
  });
  // Threads take 30 MB each, and most gateways see an account's signature once in an hour.
  let pool: Piscina<RecoveryTask, Recovery> | undefined;
  return {
    recover: (task, lane) => queue.run(() => open().run(task), lane),
    isFull: queue.isFull,
    async close() {
      await pool?.close();
    },
  };

  function open(): Piscina<RecoveryTask, Recovery> {
    pool ??= new Piscina({
      filename: findWorkerFile(),
      minThreads: 1,
      maxThreads: limits.activeRecoveries,
      idleTimeout: IDLE_MS,
    });
    return pool;
  }
}

const IDLE_MS = 60_000;

/** A thread runs compiled files only; where the sources themselves run, as in tests, those of the last build. */
function findWorkerFile(): string {
  const beside = fileURLToPath(new URL('./recoverWorker.js', import.meta.url));
  if (existsSync(beside)) return beside;
  const inner = `${sep}indexer${sep}telemetry${sep}`;
  const at = beside.lastIndexOf(inner);
  return `${beside.slice(0, at)}${sep}dist${beside.slice(at)}`;
}
