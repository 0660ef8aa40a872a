import type pg from 'pg';
import { transact } from '../../writer/transact.js';
import type { Outcome } from './askTarget.js';
import type { ProberOptions } from './createProber.js';
import type { Assignment } from './probes.js';
import { writeReach } from './reachStore.js';
import { countReadings, writeReadings } from './readingStore.js';
import { writeScores } from './scoreStore.js';
import { type ClaimedTarget, recordFailure, recordSuccess, recordUnasked, releaseTarget } from './targetStore.js';
import { toPublicUrl } from './toPublicUrl.js';
import { toReadings } from './toReadings.js';

export interface Answered {
  readonly claimed: ClaimedTarget;
  readonly assignment: Assignment;
  readonly base: string;
  readonly outcome: Outcome;
  readonly options: Pick<ProberOptions, 'pool' | 'runtime' | 'log' | 'intervalSeconds'>;
}

/** Keeps what a target said, or that it said nothing, and when it is asked again: all of it, or none. */
export async function recordOutcome(answered: Answered): Promise<void> {
  const { claimed, outcome, options } = answered;
  const { pool, runtime, log } = options;
  const at = runtime.wallTime();
  const { networkId: network, probe, target, failures } = claimed;
  switch (outcome.kind) {
    case 'aborted':
      return releaseTarget(pool, claimed, at);
    case 'unasked':
      log.warn({ network, probe, target, ...outcome.flaw }, 'a probe could not ask');
      return recordUnasked(pool, claimed, { flaw: outcome.flaw, nextDue: toNextDue(answered, at, 0) });
    case 'failed': {
      const { flaw, reach } = outcome;
      const nextDue = toNextDue(answered, at, failures + 1);
      await transact(pool, async (client) => {
        if (reach) await writeReach(client, claimed, reach);
        await recordFailure(client, claimed, { flaw, nextDue });
      });
      return log.warn({ network, probe, target, ...flaw }, 'a probe came to nothing');
    }
    case 'reached': {
      const nextDue = toNextDue(answered, at, 0);
      await transact(pool, async (client) => {
        await writeReach(client, claimed, outcome.reach);
        await recordSuccess(client, claimed, { at, nextDue, prices: 0, refused: 0 });
      });
      return log.debug({ network, probe, target, latencyUs: outcome.reach.latencyUs }, 'a probe was answered');
    }
    case 'answered':
      return recordAnswer(answered, outcome, at);
  }
}

async function recordAnswer(
  answered: Answered,
  outcome: Outcome & { readonly kind: 'answered' },
  at: Date,
): Promise<void> {
  const { claimed, options } = answered;
  const { pool, log } = options;
  const { networkId: network, probe, target } = claimed;
  const { prices, refused, flaw } = outcome;
  const isKept = await transact(pool, async (client) => {
    if (!(await keepPrices(client, answered, at))) return false;
    await keepScores(client, answered, at);
    const nextDue = toNextDue(answered, at, 0);
    await recordSuccess(client, claimed, { at, nextDue, prices: prices.length, refused, flaw });
    return true;
  });
  if (isKept) return log.debug({ network, probe, target, prices: prices.length, refused }, 'a probe was answered');
  const text = `Expected at most ${MAX_ROWS_A_DAY} prices and changes a day, got more.`;
  await recordFailure(pool, claimed, {
    flaw: { reason: 'tooManyChanges', text },
    nextDue: toNextDue(answered, at, claimed.failures + 1),
  });
}

/** Whether there was room for them. */
async function keepPrices(client: pg.ClientBase, answered: Answered, at: Date): Promise<boolean> {
  const { claimed, assignment, base, outcome } = answered;
  if (outcome.kind !== 'answered' || outcome.prices.length === 0) return true;
  const { url: sourceUrl } = toPublicUrl(base);
  const { target, observer } = claimed;
  const intervalSeconds = toInterval(answered);
  const readings = toReadings(outcome.prices, { ...assignment, target, observer, sourceUrl, intervalSeconds, at });
  const known = await countReadings(client, claimed, at.toISOString().slice(0, 10));
  if (known + readings.length > MAX_ROWS_A_DAY) return false;
  await writeReadings(client, claimed, readings);
  return true;
}

/** What was measured in the future was not measured. */
async function keepScores(client: pg.ClientBase, { claimed, base, outcome }: Answered, at: Date): Promise<void> {
  const { providerId } = claimed;
  if (outcome.kind !== 'answered' || providerId === null) return;
  const scores = outcome.scores.filter(({ measuredAt }) => measuredAt <= at.getTime() + MAX_AHEAD_MS);
  await writeScores(client, { ...claimed, providerId, sourceUrl: toPublicUrl(base).url, at }, scores);
}

/** Of one target: all cards of the largest operator could change ten times. Beyond that it is no price list any more. */
const MAX_ROWS_A_DAY = 50_000;
/** How far the clock of a source may be ahead of ours. */
const MAX_AHEAD_MS = 300_000;

function toInterval({ assignment, options }: Answered): number {
  return options.intervalSeconds ?? assignment.probe.intervalSeconds;
}

function toNextDue(answered: Answered, at: Date, failures: number): Date {
  const { probe } = answered.assignment;
  const wait = toWaitSeconds({
    ...{ intervalSeconds: toInterval(answered), maxWaitSeconds: probe.maxWaitSeconds, failures },
    chance: answered.options.runtime.random(),
  });
  return new Date(at.getTime() + wait * 1_000);
}

/** The interval, doubled for each failure in a row but the first, and a tenth more or less so that questions spread. */
export function toWaitSeconds(after: {
  readonly intervalSeconds: number;
  readonly maxWaitSeconds: number;
  readonly failures: number;
  /** From 0 up to 1. */
  readonly chance: number;
}): number {
  const { intervalSeconds, maxWaitSeconds, failures, chance } = after;
  const doubled = intervalSeconds * 2 ** Math.max(0, Math.min(failures - 1, 20));
  return Math.min(doubled, Math.max(intervalSeconds, maxWaitSeconds)) * (0.9 + chance / 5);
}
