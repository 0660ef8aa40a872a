import { assert } from '../../../lib/assert.js';
import { type Columns, createColumns } from './createColumns.js';
import type { NetworkRecord, OutcomeRecord, RunningRecord } from './NetworkRecord.js';
import { compareOutcomes, compareText } from './orderOutcomes.js';
import { readOutcome, says } from './readOutcome.js';

/** Outcomes and overdue promises as columns. Those of a pair lie together, in the order of time; a pair is a buyer with a provider. */
export interface Rows {
  /** Known in `(appear, vanish]`: unix seconds. */
  readonly appear: Float64Array;
  readonly vanish: Float64Array;
  /** Bits of `says`. */
  readonly says: Uint8Array;
  /** By its fee, before decay. */
  readonly weight: Float64Array;
  readonly pair: Int32Array;
  /** Place among all rows in the order of time. */
  readonly place: Int32Array;
  /** By place: what it was read from; empty where sources are not kept. */
  readonly sources: readonly RowSource[];
}

export interface RowSource {
  readonly taskId: string;
  readonly eventId: string | null;
  readonly kind: OutcomeRecord['kind'] | 'overdue';
}

/** Pairs by provider, then buyer, as indices. Rows of pair k are `[start[k], start[k + 1])`, pairs of provider p `[first[p], first[p + 1])`. */
export interface Pairs {
  readonly count: number;
  readonly buyer: Int32Array;
  readonly provider: Int32Array;
  readonly start: Int32Array;
  readonly first: Int32Array;
}

/** Fees of a day that are known: what a job's usual fee is made of. */
export interface DayTotal {
  sum: bigint;
  count: number;
}

const column = { provider: 0, buyer: 1, appear: 2, vanish: 3, says: 4, weight: 5 } as const;

export interface RowCollector {
  /** In the order of `orderOutcomes`; one that repeats the one before it is left out. */
  readonly add: (outcome: OutcomeRecord) => void;
  /** The same of a reader that is sure of both, where sources are not kept. */
  readonly take: (outcome: CountedOutcome) => void;
  readonly finish: () => { readonly rows: Rows; readonly pairs: Pairs; readonly fees: ReadonlyMap<number, DayTotal> };
}

/** What counts of an outcome. Its task is asked for only where another word on it came before or comes after. */
export type CountedOutcome = Omit<OutcomeRecord, 'part' | 'eventId'> & Partial<Pick<OutcomeRecord, 'eventId'>>;

export interface RowOwners {
  readonly providerOf: (id: string) => number;
  /** Nobody known is a buyer like another one, without accounts. */
  readonly buyerOf: (id: string | null) => number;
  readonly providers: number;
  /** For each buyer seen so far, its place in the order of ids. */
  readonly rankBuyers: () => Int32Array;
}

/** Takes outcomes one by one, so that a reader of a large network needs not hold them all as objects. */
export function collectRows(
  record: Pick<NetworkRecord, 'feeReference' | 'running'>,
  { owners, keepSources }: { readonly owners: RowOwners; readonly keepSources: boolean },
): RowCollector {
  const columns = createColumns(Object.keys(column).length);
  const sources: RowSource[] = [];
  const fees = new Map<number, DayTotal>();
  const completedAt = new Map<string, number>();
  const overdue = createOverdue(record.running);
  let before: OutcomeRecord | undefined;
  const push = (row: RowNumbers, source: ToldBy) => {
    const index = columns.start();
    columns.set(column.provider, index, owners.providerOf(source.provider));
    columns.set(column.buyer, index, owners.buyerOf(source.buyer));
    columns.set(column.appear, index, row.appear);
    columns.set(column.vanish, index, row.vanish);
    columns.set(column.says, index, row.says);
    columns.set(column.weight, index, row.weight);
    if (keepSources) sources.push(toSource(source));
  };
  const waiting = createWaiting(push);
  const take = (outcome: CountedOutcome) => {
    const { knownFrom, knownTo, fee } = outcome;
    waiting.release(knownFrom);
    assert(Number.isSafeInteger(knownFrom), `whole unix seconds of ${outcome.taskId}, got ${knownFrom}`);
    overdue.see(outcome);
    const isWon = outcome.kind === 'disputeWon';
    const superseded = isWon && completedAt.size > 0 ? completedAt.get(toAttempt(outcome)) : undefined;
    if (outcome.kind === 'completed' && knownTo !== null) completedAt.set(toAttempt(outcome), knownFrom);
    const reading = readOutcome(outcome, { feeReference: record.feeReference, completedAt: superseded });
    // A fee that is known later than the work counts from then on: what was known before does not change by it.
    const feeFrom = Math.max(knownFrom, outcome.feeFrom ?? knownFrom);
    if (fee !== null && fee > 0n) addToDay(fees, { at: feeFrom, amount: fee });
    const appear = reading.isByFee ? feeFrom : knownFrom;
    const vanish = knownTo ?? Number.POSITIVE_INFINITY;
    // Until then what needs no fee is known of it already: that it came too late, and who won.
    const early = appear > knownFrom ? reading.says & (says.missed | says.wonDispute) : 0;
    if (early !== 0)
      waiting.add({ appear: knownFrom, vanish: Math.min(appear, vanish), says: early, weight: 1 }, outcome);
    waiting.add({ appear, vanish, says: reading.says, weight: reading.weight }, outcome);
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
    finish: () => {
      waiting.release(Number.POSITIVE_INFINITY);
      for (const { promise, appear, vanish } of overdue.list()) {
        const { taskId, provider, buyer } = promise;
        push(
          { appear, vanish, says: says.missed, weight: 1 },
          { taskId, provider, buyer, eventId: null, kind: 'overdue' },
        );
      }
      return { ...sortRows(columns, { sources, owners }), fees };
    },
  };
}

/** Keeps back what counts later than it is told, so that rows come in the order in which they count. */
function createWaiting(push: (row: RowNumbers, source: ToldBy) => void) {
  const rows: { readonly row: RowNumbers; readonly source: ToldBy }[] = [];
  let time = Number.NEGATIVE_INFINITY;
  return {
    add: (row: RowNumbers, source: ToldBy) => {
      if (row.appear <= time) push(row, source);
      else if (row.appear < row.vanish) {
        const at = rows.findLastIndex((other) => other.row.appear <= row.appear) + 1;
        rows.splice(at, 0, { row, source });
      }
    },
    /** All that count by then. */
    release: (until: number) => {
      time = until;
      const count = rows.findIndex(({ row }) => row.appear > until);
      for (const { row, source } of rows.splice(0, count === -1 ? rows.length : count)) push(row, source);
    },
  };
}

interface ToldBy extends Omit<RowSource, 'eventId'> {
  readonly provider: string;
  readonly buyer: string | null;
  readonly eventId?: string | null;
}

function toSource({ taskId, eventId = null, kind }: ToldBy): RowSource {
  return { taskId, eventId, kind };
}

interface RowNumbers {
  readonly appear: number;
  readonly vanish: number;
  readonly says: number;
  readonly weight: number;
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

function sortRows(
  columns: Columns,
  { sources, owners }: { readonly sources: readonly RowSource[]; readonly owners: RowOwners },
): { readonly rows: Rows; readonly pairs: Pairs } {
  const ranks = owners.rankBuyers();
  const count = columns.count();
  const buyer = new Int32Array(count);
  const provider = new Int32Array(count);
  for (let row = 0; row < count; row += 1) {
    buyer[row] = ranks[columns.get(column.buyer, row)] ?? 0;
    provider[row] = columns.get(column.provider, row);
  }
  const byBuyer = sortStable(toTimeOrder(count), { keys: buyer, limit: ranks.length });
  const order = sortStable(byBuyer, { keys: provider, limit: owners.providers });
  const { pairs, pair } = toPairs(order, { buyer, provider, providers: owners.providers });
  orderByTime(columns, { order, start: pairs.start });
  return {
    pairs,
    rows: {
      appear: columns.pick(column.appear, order),
      vanish: columns.pick(column.vanish, order),
      says: Uint8Array.from(columns.pick(column.says, order)),
      weight: columns.pick(column.weight, order),
      pair,
      place: order,
      sources,
    },
  };
}

function toTimeOrder(count: number): Int32Array {
  const order = new Int32Array(count);
  for (let row = 0; row < count; row += 1) order[row] = row;
  return order;
}

/** By counting: rows of one key keep their order. Keys are below `limit`. */
function sortStable(
  rows: Int32Array,
  { keys, limit }: { readonly keys: Int32Array; readonly limit: number },
): Int32Array {
  const next = new Int32Array(limit + 1);
  for (const key of keys) next[key + 1] = (next[key + 1] ?? 0) + 1;
  for (let key = 0; key < limit; key += 1) next[key + 1] = (next[key + 1] ?? 0) + (next[key] ?? 0);
  const sorted = new Int32Array(rows.length);
  for (const row of rows) {
    const key = keys[row] ?? 0;
    const place = next[key] ?? 0;
    sorted[place] = row;
    next[key] = place + 1;
  }
  return sorted;
}

/** Of rows in the order of provider and buyer; and the pair of each. */
function toPairs(
  order: Int32Array,
  of: { readonly buyer: Int32Array; readonly provider: Int32Array; readonly providers: number },
): { readonly pairs: Pairs; readonly pair: Int32Array } {
  const rows = order.length;
  const pair = new Int32Array(rows);
  const starts = new Int32Array(rows + 1);
  let count = 0;
  for (let index = 0; index < rows; index += 1) {
    const row = order[index] ?? 0;
    const before = order[index - 1] ?? 0;
    const isSame = index > 0 && of.buyer[row] === of.buyer[before] && of.provider[row] === of.provider[before];
    if (!isSame) {
      starts[count] = index;
      count += 1;
    }
    pair[index] = count - 1;
  }
  starts[count] = rows;
  const buyer = new Int32Array(count);
  const provider = new Int32Array(count);
  const first = new Int32Array(of.providers + 1);
  for (let number = 0; number < count; number += 1) {
    const row = order[starts[number] ?? 0] ?? 0;
    const owner = of.provider[row] ?? 0;
    buyer[number] = of.buyer[row] ?? 0;
    provider[number] = owner;
    first[owner + 1] = (first[owner + 1] ?? 0) + 1;
  }
  for (let index = 0; index < of.providers; index += 1)
    first[index + 1] = (first[index + 1] ?? 0) + (first[index] ?? 0);
  return { pairs: { count, buyer, provider, start: starts.slice(0, count + 1), first }, pair };
}

/** Each pair's rows in the order of time: overdue promises came last and are merged in. */
function orderByTime(
  columns: Columns,
  { order, start }: { readonly order: Int32Array; readonly start: Int32Array },
): void {
  for (let pair = 0; pair + 1 < start.length; pair += 1) {
    const end = start[pair + 1] ?? 0;
    let isOrdered = true;
    for (let index = (start[pair] ?? 0) + 1; index < end && isOrdered; index += 1) {
      const before = order[index - 1] ?? 0;
      const row = order[index] ?? 0;
      isOrdered = columns.get(column.appear, before) <= columns.get(column.appear, row);
    }
    if (isOrdered) continue;
    order
      .subarray(start[pair] ?? 0, end)
      .sort((one, other) => columns.get(column.appear, one) - columns.get(column.appear, other) || one - other);
  }
}
