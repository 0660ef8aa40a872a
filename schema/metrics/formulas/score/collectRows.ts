import { assert } from '../../../lib/assert.js';
import { createRowBatch } from './createRowBatch.js';
import type { NetworkRecord, OutcomeRecord, RunningRecord } from './NetworkRecord.js';
import { compareOutcomes, compareText } from './orderOutcomes.js';
import { readOutcome, says } from './readOutcome.js';
import { addRow, countBefore, createTimeline, orderRows, type Timeline } from './Timeline.js';

/** By place: what a row was read from. */
export interface RowSource {
  readonly taskId: string;
  readonly eventId: string | null;
  readonly kind: OutcomeRecord['kind'] | 'overdue';
}

/** Fees of a day that are known: what a job's usual fee is made of. */
export interface DayTotal {
  sum: bigint;
  count: number;
}

export interface RowCollector {
  /** In the order of `orderOutcomes`; one that repeats the one before it is left out. */
  readonly add: (outcome: OutcomeRecord) => void;
  /** The same of a reader that is sure of both, where sources are not kept. */
  readonly take: (outcome: CountedOutcome) => void;
  /**
   * Takes back what outcomes said that became known at a time, on the hour, or later: others can be given in their place. Only where
   * nothing is running.
   */
  readonly cut: (from: number) => void;
  /** All that was given so far. More may be given after a cut. */
  readonly finish: () => CollectedRows;
}

export interface CollectedRows {
  /** By provider. */
  readonly timelines: ReadonlyMap<string, Timeline>;
  /** Empty where sources are not kept. */
  readonly sources: readonly RowSource[];
  /** By UTC day. */
  readonly fees: ReadonlyMap<number, DayTotal>;
}

/** What counts of an outcome. Its task is asked for only where another word on it came before or comes after. */
export type CountedOutcome = Omit<OutcomeRecord, 'part' | 'eventId'> & Partial<Pick<OutcomeRecord, 'eventId'>>;

export interface CollectorOptions extends Pick<NetworkRecord, 'feeReference' | 'running'> {
  /** Nobody known is a buyer like another one, without accounts. */
  readonly buyerOf: (id: string | null) => number;
  readonly keepSources: boolean;
}

/** Takes outcomes one by one, so that a reader of a large network needs not hold them all as objects. */
export function collectRows({ feeReference, running, buyerOf, keepSources }: CollectorOptions): RowCollector {
  const all: Timeline[] = [];
  const sources: RowSource[] = [];
  const fees = createFees();
  const completed = createCompleted();
  const overdue = createOverdue(running);
  let before: OutcomeRecord | undefined;
  let count = 0;
  const owners = new Map<string, number>();
  const batch = createRowBatch((owner, row, place) => {
    const timeline = all[owner];
    if (timeline) addRow(timeline, row, place);
  });
  const push = (row: Row) => {
    let owner = owners.get(row.provider);
    if (owner === undefined) {
      owner = all.length;
      owners.set(row.provider, owner);
      all.push(createTimeline());
    }
    batch.add(owner, row, count);
    count += 1;
  };
  const waiting = createWaiting((row) => {
    // What says nothing is of use only to those who ask what it was read from.
    if (!keepSources && row.says === 0) return;
    push(row);
    if (keepSources) sources.push(toSource(row.source));
  });
  const take = (outcome: CountedOutcome) => {
    const { knownFrom, knownTo, fee, provider } = outcome;
    waiting.release(knownFrom);
    assert(Number.isSafeInteger(knownFrom), `whole unix seconds of ${outcome.taskId}, got ${knownFrom}`);
    overdue.see(outcome);
    const completedAt = outcome.kind === 'disputeWon' ? completed.find(outcome) : undefined;
    if (outcome.kind === 'completed' && knownTo !== null) completed.add(outcome);
    const reading = readOutcome(outcome, { feeReference, completedAt });
    // A fee that is known later than the work counts from then on: what was known before does not change by it.
    const feeFrom = Math.max(knownFrom, outcome.feeFrom ?? knownFrom);
    if (fee !== null && fee > 0n) fees.add({ told: knownFrom, at: feeFrom, amount: fee });
    const appear = reading.isByFee ? feeFrom : knownFrom;
    const vanish = knownTo ?? Number.POSITIVE_INFINITY;
    const buyer = buyerOf(outcome.buyer);
    // Named one by one: a million of these are made in a turn, and one that is spread takes dozens of times as long.
    const toRow = (row: {
      readonly appear: number;
      readonly vanish: number;
      readonly says: number;
      weight: number;
    }) => ({
      appear: row.appear,
      vanish: row.vanish,
      told: knownFrom,
      says: row.says,
      weight: row.weight,
      provider,
      buyer,
      source: outcome,
    });
    // Until then what needs no fee is known of it already: that it came too late, and who won.
    const early = appear > knownFrom ? reading.says & (says.missed | says.wonDispute) : 0;
    if (early !== 0)
      waiting.add(toRow({ appear: knownFrom, vanish: Math.min(appear, vanish), says: early, weight: 1 }));
    waiting.add(toRow({ appear, vanish, says: reading.says, weight: reading.weight }));
  };
  return {
    add: (outcome) => {
      const order = before === undefined ? -1 : compareOutcomes(before, outcome);
      assert(order <= 0, `outcomes in the order of time, got ${outcome.taskId} at ${outcome.knownFrom}`);
      if (order === 0) return;
      before = outcome;
      take(outcome);
    },
    take: (outcome) => {
      assert(!keepSources, 'sources with every outcome');
      take(outcome);
    },
    cut: (from) => {
      assert(running.length === 0 && !keepSources, 'outcomes alone where some are taken back');
      const late: (Row & { readonly place: number })[] = [];
      batch.flush();
      for (const [provider, owner] of owners) {
        const timeline = all[owner];
        if (timeline) count -= cutTimeline({ provider, timeline, from }, late);
      }
      waiting.restart(late.sort((one, other) => one.place - other.place));
      fees.cut(from);
      completed.cut(from);
    },
    finish: () => {
      waiting.release(Number.POSITIVE_INFINITY);
      for (const { promise, appear, vanish } of overdue.list()) {
        const { taskId, provider } = promise;
        push({ appear, vanish, told: appear, says: says.missed, weight: 1, provider, buyer: buyerOf(promise.buyer) });
        if (keepSources) sources.push({ taskId, eventId: null, kind: 'overdue' });
      }
      batch.flush();
      if (running.length > 0) for (const timeline of all) orderRows(timeline);
      const timelines = new Map([...owners].map(([provider, owner]) => [provider, all[owner] ?? createTimeline(0)]));
      return { timelines, sources, fees: fees.list() };
    },
  };
}

/** A row on its way to its provider's timeline. */
interface Row {
  readonly appear: number;
  readonly vanish: number;
  readonly told: number;
  readonly says: number;
  readonly weight: number;
  readonly provider: string;
  readonly buyer: number;
}

interface SourcedRow extends Row {
  readonly source: ToldBy;
}

/** Takes rows off that appear at a time or later, and hands over those of outcomes that were told of before. Returns how many went. */
function cutTimeline(
  of: { readonly provider: string; readonly timeline: Timeline; readonly from: number },
  late: (Row & { readonly place: number })[],
): number {
  const { provider, timeline, from } = of;
  const kept = countBefore(timeline, from);
  const gone = timeline.count - kept;
  for (let row = kept; row < timeline.count; row += 1) {
    const told = timeline.told[row] ?? 0;
    if (told >= from) continue;
    late.push({
      ...{ appear: timeline.appear[row] ?? 0, vanish: timeline.vanish[row] ?? 0, told, says: timeline.says[row] ?? 0 },
      ...{ weight: timeline.weight[row] ?? 0, provider, buyer: timeline.buyer[timeline.pair[row] ?? 0] ?? 0 },
      place: timeline.place[row] ?? 0,
    });
  }
  timeline.count = kept;
  return gone;
}

/** Keeps back what counts later than it is told, so that rows come in the order in which they count. */
function createWaiting(push: (row: SourcedRow) => void) {
  let rows: SourcedRow[] = [];
  let time = Number.NEGATIVE_INFINITY;
  return {
    add: (row: SourcedRow) => {
      if (row.appear <= time) push(row);
      else if (row.appear < row.vanish) {
        const at = rows.findLastIndex((other) => other.appear <= row.appear) + 1;
        rows.splice(at, 0, row);
      }
    },
    /** All that count by then. */
    release: (until: number) => {
      time = until;
      if (rows.length === 0) return;
      const count = rows.findIndex(({ appear }) => appear > until);
      for (const row of rows.splice(0, count === -1 ? rows.length : count)) push(row);
    },
    /** From before all that is told from now on. */
    restart: (late: readonly Row[]) => {
      time = Number.NEGATIVE_INFINITY;
      rows = late.map((row) => ({ ...row, source: unknown }));
    },
  };
}

const unknown: ToldBy = { taskId: '', kind: 'overdue' };

interface ToldBy extends Omit<RowSource, 'eventId'> {
  readonly eventId?: string | null;
}

function toSource({ taskId, eventId = null, kind }: ToldBy): RowSource {
  return { taskId, eventId, kind };
}

export function addToDay(
  days: Map<number, DayTotal>,
  { at, amount }: { readonly at: number; readonly amount: bigint },
) {
  const day = Math.floor(at / 86_400);
  const total = days.get(day) ?? { sum: 0n, count: 0 };
  total.sum += amount;
  total.count += 1;
  days.set(day, total);
}

/** Fees by day, taken back by the hour in which the work was told of. */
function createFees() {
  const hours = new Map<number, Map<number, DayTotal>>();
  return {
    add: ({ told, ...fee }: { readonly told: number; readonly at: number; readonly amount: bigint }) => {
      const hour = Math.floor(told / HOUR);
      const days = hours.get(hour) ?? new Map<number, DayTotal>();
      hours.set(hour, days);
      addToDay(days, fee);
    },
    cut: (from: number) => {
      for (const hour of hours.keys()) if (hour * HOUR >= from) hours.delete(hour);
    },
    list: () => {
      const all = new Map<number, DayTotal>();
      for (const days of hours.values()) {
        for (const [day, { sum, count }] of days) {
          const total = all.get(day) ?? { sum: 0n, count: 0 };
          all.set(day, { sum: total.sum + sum, count: total.count + count });
        }
      }
      return all;
    },
  };
}

const HOUR = 3_600;

/** When attempts were completed that another word came on after that; the last time where it was twice. */
function createCompleted() {
  const times = new Map<string, number[]>();
  return {
    add: (outcome: CountedOutcome) => {
      const attempt = toAttempt(outcome);
      times.set(attempt, [...(times.get(attempt) ?? []), outcome.knownFrom]);
    },
    find: (outcome: CountedOutcome) => (times.size > 0 ? times.get(toAttempt(outcome))?.at(-1) : undefined),
    cut: (from: number) => {
      for (const [attempt, of] of times) {
        const kept = of.filter((time) => time < from);
        if (kept.length > 0) times.set(attempt, kept);
        else times.delete(attempt);
      }
    },
  };
}

/** A promise is missed as soon as its time is over, while the work runs on, until an outcome takes its place. */
function createOverdue(running: readonly RunningRecord[]) {
  const promises = new Map<string, RunningRecord>();
  for (const promise of running) {
    const key = `${toAttempt(promise)} ${promise.assignedAt}`;
    const known = promises.get(key);
    // Whatever is told first: where two words on one attempt differ, the one that says the least against it holds.
    if (!known || comparePromises(promise, known) < 0) promises.set(key, promise);
  }
  const settledAt = new Map<string, number>();
  for (const promise of promises.values()) settledAt.set(toAttempt(promise), Number.POSITIVE_INFINITY);
  return {
    see: (outcome: Pick<OutcomeRecord, 'taskId' | 'provider' | 'knownFrom'>) => {
      if (settledAt.size === 0) return;
      const known = settledAt.get(toAttempt(outcome));
      if (known !== undefined && outcome.knownFrom < known) settledAt.set(toAttempt(outcome), outcome.knownFrom);
    },
    list: () =>
      [...promises.values()]
        .map((promise) => {
          const ended = promise.endedAt ?? Number.POSITIVE_INFINITY;
          const settled = settledAt.get(toAttempt(promise)) ?? Number.POSITIVE_INFINITY;
          return {
            promise,
            appear: Math.max(promise.assignedAt, promise.deadline),
            vanish: Math.min(ended, settled),
          };
        })
        .filter(({ appear, vanish }) => appear < vanish)
        .sort((one, other) => one.appear - other.appear || compareText(one.promise.taskId, other.promise.taskId)),
  };
}

function comparePromises(one: RunningRecord, other: RunningRecord): number {
  const [ended, otherEnded] = [one, other].map(({ endedAt }) => endedAt ?? Number.MAX_SAFE_INTEGER);
  return (
    other.deadline - one.deadline || (ended ?? 0) - (otherEnded ?? 0) || compareText(one.buyer ?? '', other.buyer ?? '')
  );
}

function toAttempt({ taskId, provider }: { readonly taskId: string; readonly provider: string }): string {
  return `${taskId} ${provider}`;
}
