import type pg from 'pg';
import { toMessage } from '../../../schema/lib/errors.js';
import { createBackoff } from '../../lib/backoff.js';
import type { Runtime } from '../../lib/runtime.js';
import { isOutage } from '../../writer/outage.js';
import { CommitLostError } from '../../writer/transact.js';
import { createProber, type ProberOptions } from './createProber.js';
import { judgeBlind } from './judgeBlind.js';
import { pruneReach } from './reachStore.js';
import { pruneReadings } from './readingStore.js';
import { pruneScores } from './scoreStore.js';

export interface ProbesOptions extends ProberOptions {
  readonly runtime: Runtime;
  /** How many days of history are kept. */
  readonly keepDays: number;
  /** Ends it: what is being asked gets a few seconds more. */
  readonly signal: AbortSignal;
}

/** Asks for as long as it may. Outages of the database pass; a bug is thrown. */
export async function runProbes(options: ProbesOptions): Promise<void> {
  const { pool, runtime, log, signal } = options;
  const prober = createProber(options);
  const backoff = createBackoff({ firstMs: 1_000, maxMs: 60_000, runtime });
  let [targetsAt, prunedAt, judgedAt] = [-Infinity, -Infinity, -Infinity];
  while (!signal.aborted) {
    try {
      if (runtime.now() - targetsAt >= FIND_TARGETS_MS) {
        await prober.findTargets();
        targetsAt = runtime.now();
      }
      if (runtime.now() - prunedAt >= PRUNE_MS) {
        await prune(pool, options);
        prunedAt = runtime.now();
      }
      await prober.askDue();
      if (runtime.now() - judgedAt >= JUDGE_MS) {
        await judge(pool, options);
        judgedAt = runtime.now();
      }
      backoff.reset();
      await runtime.sleep(LOOK_MS, signal);
    } catch (thrown) {
      if (!passes(thrown)) throw thrown;
      log.warn({ reason: toMessage(thrown) }, 'the database is out of reach; probes wait');
      await backoff.wait(signal);
    }
  }
  const giveUp = setTimeout(() => prober.abort(), DRAIN_MS);
  try {
    await prober.settle();
  } catch (thrown) {
    if (!passes(thrown)) throw thrown;
  } finally {
    clearTimeout(giveUp);
  }
}

/** What may or may not be written is written once more, which changes nothing. */
function passes(thrown: unknown): boolean {
  return thrown instanceof CommitLostError || isOutage(thrown);
}

async function judge(pool: pg.Pool, { observer, runtime, log }: ProbesOptions): Promise<void> {
  const forgiven = await judgeBlind(pool, observer, runtime.wallTime());
  if (forgiven > 0) log.warn({ forgiven }, 'nobody answers: this instance seems to be cut off, and blames nobody');
}

async function prune(pool: pg.Pool, { runtime, keepDays, log }: ProbesOptions): Promise<void> {
  const before = new Date(runtime.wallTime().getTime() - keepDays * DAY_MS).toISOString().slice(0, 10);
  const midnight = new Date(before);
  const pruned =
    (await pruneReadings(pool, before)) + (await pruneReach(pool, midnight)) + (await pruneScores(pool, midnight));
  if (pruned > 0) log.info({ pruned, before }, 'old readings are forgotten');
}

/** Between two looks for targets that are due; so long a host has peace between two targets of its own. */
const LOOK_MS = 1_000;
/** Between two looks at the facts: a provider's new URL is asked within half a minute. */
const FIND_TARGETS_MS = 30_000;
const DAY_MS = 86_400_000;
const PRUNE_MS = DAY_MS;
/** Between two looks whether it is this instance that is cut off. */
const JUDGE_MS = 60_000;
/** As the indexer's: what is under way may end, what hangs is not waited for. */
const DRAIN_MS = 3_000;
