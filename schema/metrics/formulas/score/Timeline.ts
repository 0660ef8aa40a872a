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
  return {
    ...{ count: 0, ...createColumns(size) },
    ...{ pairs: 0, buyer: new Int32Array(8), byBuyer: new Int32Array(), lookup: new Int32Array(16) },
  };
}

type Columns = Pick<Timeline, 'appear' | 'vanish' | 'told' | 'weight' | 'pair' | 'place' | 'failures' | 'says'>;

/** In one piece of memory: there are as many timelines as providers, and each grows a dozen times. */
function createColumns(size: number): Columns {
  const buffer = new ArrayBuffer(size * (4 * 8 + 3 * 4 + 1) + 4);
  const numbers = (index: number) => new Float64Array(buffer, index * size * 8, size);
  const whole = (index: number, length = size) => new Int32Array(buffer, size * 32 + index * size * 4, length);
  return {
    ...{ appear: numbers(0), vanish: numbers(1), told: numbers(2), weight: numbers(3) },
    ...{ pair: whole(0), place: whole(1), failures: whole(2, size + 1) },
    says: new Uint8Array(buffer, size * 44 + 4, size),
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

/** To twice as much, and by halves once it is large. */
function grow(timeline: Timeline): void {
  const size = timeline.appear.length;
  const { appear, vanish, told, weight, pair, place, failures, says: what } = timeline;
  Object.assign(timeline, createColumns(size < LARGE ? size * 2 + 16 : size + (size >> 1)));
  timeline.appear.set(appear);
  timeline.vanish.set(vanish);
  timeline.told.set(told);
  timeline.weight.set(weight);
  timeline.pair.set(pair);
  timeline.place.set(place);
  timeline.failures.set(failures);
  timeline.says.set(what);
}

const LARGE = 1_024;

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
  if (pair === timeline.buyer.length) {
    const grown = new Int32Array(pair * 2);
    grown.set(timeline.buyer);
    timeline.buyer = grown;
  }
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
