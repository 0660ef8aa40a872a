import { says } from './readOutcome.js';

/**
 * A provider's rows as columns, in the order of time: outcomes and overdue promises. Columns may be longer than `count`, so that rows can
 * be added. A pair is one of its buyers, by a number of the timeline's own.
 */
export interface Timeline {
  count: number;
  /** Known in `(appear, vanish]`: unix seconds. */
  appear: Float64Array;
  vanish: Float64Array;
  /** When the outcome was told of that it was read from: work may count from its pay on, which comes later. */
  told: Float64Array;
  /** By its fee, before decay. */
  weight: Float64Array;
  pair: Int32Array;
  /** Place among all rows of the record in the order of time. */
  place: Int32Array;
  /** How many of the rows before it say something against the provider's jobs; one more than there are rows. */
  failures: Int32Array;
  /** Bits of `says`. */
  says: Uint8Array;
  pairs: number;
  /** By pair: the number of its buyer. */
  buyer: Int32Array;
  /** Pairs in the order of their buyers' ids. */
  byBuyer: Int32Array;
  /** Where the pair of a buyer is looked up: its number and one, at a place that the buyer's number gives. */
  lookup: Int32Array;
}

export interface TimelineRow {
  readonly appear: number;
  readonly vanish: number;
  readonly told: number;
  readonly says: number;
  readonly weight: number;
  readonly buyer: number;
}

/** What judges a provider's jobs. */
export const JOB = says.success | says.failure | says.lostDispute;

export function createTimeline(size = 16): Timeline {
  const numbers = () => new Float64Array(size);
  return {
    ...{ count: 0, appear: numbers(), vanish: numbers(), told: numbers(), weight: numbers() },
    ...{ pair: new Int32Array(size), place: new Int32Array(size), failures: new Int32Array(size + 1) },
    ...{ says: new Uint8Array(size), pairs: 0, buyer: new Int32Array(8), byBuyer: new Int32Array() },
    lookup: new Int32Array(16),
  };
}

/** Adds a row that is not before the last one. */
export function addRow(timeline: Timeline, row: TimelineRow, place: number): void {
  const index = timeline.count;
  if (index === timeline.appear.length) grow(timeline);
  timeline.count = index + 1;
  timeline.appear[index] = row.appear;
  timeline.vanish[index] = row.vanish;
  timeline.told[index] = row.told;
  timeline.weight[index] = row.weight;
  timeline.pair[index] = openPair(timeline, row.buyer);
  timeline.place[index] = place;
  timeline.says[index] = row.says;
  timeline.failures[index + 1] = (timeline.failures[index] ?? 0) + toFailures(row.says);
}

function toFailures(what: number): number {
  return (what & JOB) !== 0 && (what & says.success) === 0 ? 1 : 0;
}

/** By halves. */
function grow(timeline: Timeline): void {
  const size = timeline.appear.length + (timeline.appear.length >> 1) + 1;
  timeline.appear = extend(timeline.appear, new Float64Array(size));
  timeline.vanish = extend(timeline.vanish, new Float64Array(size));
  timeline.told = extend(timeline.told, new Float64Array(size));
  timeline.weight = extend(timeline.weight, new Float64Array(size));
  timeline.pair = extend(timeline.pair, new Int32Array(size));
  timeline.place = extend(timeline.place, new Int32Array(size));
  timeline.failures = extend(timeline.failures, new Int32Array(size + 1));
  timeline.says = extend(timeline.says, new Uint8Array(size));
}

function extend<Column extends Float64Array | Int32Array | Uint8Array>(from: Column, to: Column): Column {
  to.set(from);
  return to;
}

/** The pair of a buyer; -1: they have never dealt with each other. */
export function findPair({ lookup, buyer: buyers }: Timeline, buyer: number): number {
  const last = lookup.length - 1;
  for (let at = toStart(buyer) & last; ; at = (at + 1) & last) {
    const pair = (lookup[at] ?? 0) - 1;
    if (pair === -1 || buyers[pair] === buyer) return pair;
  }
}

/** Numbers follow each other: they are spread by an odd factor (Knuth's multiplicative hash). */
function toStart(buyer: number): number {
  return Math.imul(buyer, 0x9e3779b1) >>> 8;
}

function openPair(timeline: Timeline, buyer: number): number {
  const known = findPair(timeline, buyer);
  if (known !== -1) return known;
  const pair = timeline.pairs;
  if (pair === timeline.buyer.length) timeline.buyer = extend(timeline.buyer, new Int32Array(pair + (pair >> 1) + 1));
  timeline.buyer[pair] = buyer;
  timeline.pairs = pair + 1;
  if (timeline.pairs * 2 > timeline.lookup.length) {
    timeline.lookup = new Int32Array(timeline.lookup.length * 2);
    for (let other = 0; other <= pair; other += 1) enter(timeline, other);
  } else enter(timeline, pair);
  return pair;
}

function enter({ lookup, buyer }: Timeline, pair: number): void {
  const last = lookup.length - 1;
  let at = toStart(buyer[pair] ?? 0) & last;
  while (lookup[at] !== 0) at = (at + 1) & last;
  lookup[at] = pair + 1;
}

/** How many rows at the beginning appear before a time. */
export function countBefore({ appear, count }: Pick<Timeline, 'appear' | 'count'>, time: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((appear[middle] ?? 0) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Puts pairs in the order of their buyers' ids, by the places of these; nothing is done where none has come. */
export function orderPairs(timeline: Timeline, rankOf: Int32Array): void {
  const { pairs, buyer } = timeline;
  if (timeline.byBuyer.length === pairs) return;
  const keys = new Float64Array(pairs);
  for (let pair = 0; pair < pairs; pair += 1) keys[pair] = (rankOf[buyer[pair] ?? 0] ?? 0) * pairs + pair;
  timeline.byBuyer = Int32Array.from(keys.sort(), (key) => key % pairs);
}

/** Rows in the order of time, where some were added late. */
export function orderRows(timeline: Timeline): void {
  const { count, appear, place } = timeline;
  let isOrdered = true;
  for (let row = 1; row < count && isOrdered; row += 1) isOrdered = (appear[row - 1] ?? 0) <= (appear[row] ?? 0);
  if (isOrdered) return;
  const order = Int32Array.from({ length: count }, (_, row) => row).sort(
    (one, other) => (appear[one] ?? 0) - (appear[other] ?? 0) || (place[one] ?? 0) - (place[other] ?? 0),
  );
  const pick = <Column extends Float64Array | Int32Array | Uint8Array>(column: Column): Column => {
    const before = column.slice();
    order.forEach((row, index) => {
      column[index] = before[row] ?? 0;
    });
    return column;
  };
  for (const column of [timeline.appear, timeline.vanish, timeline.told, timeline.weight]) pick(column);
  for (const column of [timeline.pair, timeline.place]) pick(column);
  pick(timeline.says);
  for (let row = 0; row < count; row += 1)
    timeline.failures[row + 1] = (timeline.failures[row] ?? 0) + toFailures(timeline.says[row] ?? 0);
}
