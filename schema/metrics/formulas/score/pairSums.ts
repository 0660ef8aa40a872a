import { failureDecay, successDecay } from './decay.js';
import { isInWindows } from './findCirculation.js';
import { says } from './readOutcome.js';
import { scoreMethod } from './scoreMethod.js';
import { JOB, type Timeline } from './Timeline.js';
import { toWeight } from './toWeight.js';

/**
 * What the outcomes of each pair of a provider come to: `weights[pair * weightsOfPair + weightOf.success]`. Weights are decayed; nothing is
 * doubled, capped or gated yet. A pair's numbers lie together, because all are asked for at once.
 */
export interface PairSums {
  readonly weights: Float64Array;
  readonly counts: Int32Array;
}

/** `failure` is without lost disputes; `circulating` is of successes that went round and are in none of the others. */
export const weightOf = { success: 0, failure: 1, lostDispute: 2, kept: 3, missed: 4, circulating: 5 } as const;
export const weightsOfPair = 6;

/** `won` and `lost` are disputes, as the provider sees them; `judged` all outcomes that judge jobs and do not go round. */
export const countOf = { successes: 0, judged: 1, won: 2, lost: 3, circulating: 4 } as const;
export const countsOfPair = 5;

export function createPairSums(pairs: number): PairSums {
  return { weights: new Float64Array(pairs * weightsOfPair), counts: new Int32Array(pairs * countsOfPair) };
}

export function hasRoom({ counts }: PairSums, pairs: number): boolean {
  return counts.length >= pairs * countsOfPair;
}

/** Which rows are known, and as of when they are weighed. Rows count where `appear < limit <= vanish`. */
export interface KnownRows {
  /** By provider, where something else than its timeline's times says when rows appear and end, in the same order. */
  readonly ranks?: ReadonlyMap<number, Pick<Timeline, 'appear' | 'vanish'>>;
  readonly limit: number;
  readonly decayAt: number;
}

export interface SumOptions {
  /** Of one provider: its rows, and when they appear and end. */
  readonly timeline: Timeline;
  readonly known: Pick<Timeline, 'appear' | 'vanish'> & Pick<KnownRows, 'limit' | 'decayAt'>;
  /** By pair, bits of the windows in which its trades went round, and the time that these are counted from. */
  readonly circulation: Uint16Array | undefined;
  readonly circulationAt: number;
}

const FOR = says.success | says.kept;
const AGAINST = says.failure | says.lostDispute | says.missed;

/** Adds up the rows of all pairs of one provider, over what stood there before. */
export function sumPairs({ weights, counts }: PairSums, options: SumOptions): void {
  const { timeline, circulation, circulationAt } = options;
  const { appear, vanish, limit, decayAt } = options.known;
  weights.fill(0, 0, timeline.pairs * weightsOfPair);
  counts.fill(0, 0, timeline.pairs * countsOfPair);
  for (let row = 0; row < timeline.count; row += 1) {
    if ((appear[row] ?? 0) >= limit) break;
    const what = timeline.says[row] ?? 0;
    const time = timeline.appear[row] ?? 0;
    const age = decayAt - time;
    if (what === 0 || age > scoreMethod.memory || (vanish[row] ?? 0) < limit) continue;
    const pair = timeline.pair[row] ?? 0;
    const weight = timeline.weight[row] ?? 0;
    const at = pair * weightsOfPair;
    const countAt = pair * countsOfPair;
    if (circulation !== undefined && isInWindows(circulation[pair] ?? 0, circulationAt - time)) {
      if ((what & JOB) !== 0) add(counts, countAt + countOf.circulating, 1);
      if ((what & says.success) !== 0) add(weights, at + weightOf.circulating, toWeight(weight * successDecay(age)));
      continue;
    }
    if ((what & FOR) !== 0) {
      const now = toWeight(weight * successDecay(age));
      if ((what & says.kept) !== 0) add(weights, at + weightOf.kept, now);
      if ((what & says.success) !== 0) {
        add(weights, at + weightOf.success, now);
        add(counts, countAt + countOf.successes, 1);
      }
    }
    if ((what & AGAINST) !== 0) {
      const now = toWeight(weight * failureDecay(age));
      if ((what & says.missed) !== 0) add(weights, at + weightOf.missed, now);
      if ((what & says.failure) !== 0) add(weights, at + weightOf.failure, now);
      if ((what & says.lostDispute) !== 0) {
        add(weights, at + weightOf.lostDispute, now);
        add(counts, countAt + countOf.lost, 1);
      }
    }
    if ((what & says.wonDispute) !== 0) add(counts, countAt + countOf.won, 1);
    if ((what & JOB) !== 0) add(counts, countAt + countOf.judged, 1);
  }
}

function add(sums: Float64Array | Int32Array, at: number, more: number): void {
  sums[at] = (sums[at] ?? 0) + more;
}
