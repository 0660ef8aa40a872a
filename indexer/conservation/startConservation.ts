import type pg from 'pg';
import { toMessage } from '../../schema/lib/errors.js';
import type { Log } from '../../schema/lib/log.js';
import type { Runtime } from '../lib/runtime.js';
import type { SyncReport } from '../monitor/SyncReport.js';
import { isOutage } from '../writer/outage.js';
import { type ConservationCheck, checkConservation } from './checkConservation.js';

export interface Conservation {
  /** What the sync says; something written or taken back is something to look at. */
  note(report: SyncReport): void;
  /** Looks at the rest, where the sync has ended by itself; stops at once when the signal has been aborted. */
  finish(): Promise<void>;
}

export interface ConservationOptions {
  readonly chainId: number;
  /** Of its own, so that no batch ever waits for a connection. */
  readonly pool: pg.Pool;
  readonly runtime: Runtime;
  readonly log: Log;
  readonly report: (report: SyncReport) => void;
  readonly signal: AbortSignal;
}

/**
 * Holds a chain's amounts against the rules beside its sync. What it finds is shown, and stops nothing; what fails here
 * is tried again and shows as a check that lags.
 */
export function startConservation(options: ConservationOptions): Conservation {
  const { chainId, pool, runtime, log, report, signal } = options;
  const ended = new AbortController();
  const end = () => ended.abort();
  signal.addEventListener('abort', end, { once: true });
  let isDue = true;

  async function check(): Promise<void> {
    isDue = false;
    const done = await withClient(pool, signal, (client) => checkConservation(client, chainId));
    // What waits for the end of the first backfill stays due.
    if (!done) isDue = true;
    else report({ kind: 'checked', chainId, ...done });
  }

  /** An outage is the sync's to tell; a fault of the check must not end it. */
  async function tryCheck(): Promise<boolean> {
    try {
      await check();
      return true;
    } catch (thrown) {
      isDue = true;
      if (!signal.aborted && !isOutage(thrown))
        log.error({ chainId, reason: toMessage(thrown) }, 'Amounts cannot be held against the rules; trying again.');
      return false;
    }
  }

  async function run(): Promise<void> {
    let pause = EVERY_MS;
    while (!ended.signal.aborted) {
      await runtime.sleep(pause, ended.signal);
      if (!isDue || ended.signal.aborted) continue;
      const begun = runtime.now();
      const isChecked = await tryCheck();
      pause = isChecked ? Math.max(EVERY_MS, (runtime.now() - begun) * PAUSES_PER_CHECK) : AFTER_FAILURE_MS;
    }
  }

  const running = run();
  return {
    note({ kind }) {
      if (kind === 'written' || kind === 'reorg' || kind === 'phase') isDue = true;
    },
    async finish() {
      signal.removeEventListener('abort', end);
      end();
      await running;
      if (!signal.aborted) await tryCheck();
    },
  };
}

const EVERY_MS = 1_000;
const AFTER_FAILURE_MS = 5_000;
/** At most a fifth of the time is spent on checks. */
const PAUSES_PER_CHECK = 4;

/** An abort breaks the connection, so that a long statement keeps nobody waiting. */
async function withClient(
  pool: pg.Pool,
  signal: AbortSignal,
  work: (client: pg.PoolClient) => Promise<ConservationCheck | undefined>,
): Promise<ConservationCheck | undefined> {
  const client = await pool.connect();
  let broken: Error | undefined;
  const note = (error: Error) => {
    broken = error;
  };
  const breakOff = () => {
    broken = new Error('The check was broken off.');
    // Its type leaves out what every client of a pool can do.
    void (client as unknown as pg.Client).end().catch(() => undefined);
  };
  client.on('error', note);
  signal.addEventListener('abort', breakOff, { once: true });
  try {
    return signal.aborted ? undefined : await work(client);
  } finally {
    signal.removeEventListener('abort', breakOff);
    client.off('error', note);
    client.release(broken);
  }
}
