import { failureDecay, successDecay } from './decay.js';
import { isInWindows } from './findCirculation.js';
import type { PreparedRecord } from './prepareRecord.js';
import { says } from './readOutcome.js';
import { scoreMethod } from './scoreMethod.js';
import { toWeight } from './toWeight.js';

/**
 * What the outcomes of each pair come to: `weights[pair * weightsOfPair + weightOf.success]`. Weights are decayed; nothing is
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

/** Which rows are known, and as of when they are weighed. Rows count where `appear < limit <= vanish`. */
export interface KnownRows {
  readonly appear: Float64Array;
  readonly vanish: Float64Array;
  readonly limit: number;
  readonly decayAt: number;
}

export interface SumOptions {
  readonly sums: PairSums;
  readonly known: KnownRows;
  /** Bits of the windows in which the pair's trades went round, and the time that these are counted from. */
  readonly circulation: Uint16Array;
  readonly circulationAt: number;
}

const JOB = says.success | says.failure | says.lostDispute;
const FOR = says.success | says.kept;
const AGAINST = says.failure | says.lostDispute | says.missed;

/** Adds up the rows of one pair, over what stood there before. */
export function sumPair({ rows, pairs }: PreparedRecord, pair: number, options: SumOptions): void {
  const { appear, vanish, limit, decayAt } = options.known;
  const bits = options.circulation[pair] ?? 0;
  const end = pairs.start[pair + 1] ?? 0;
  let [success, failure, lostDispute, kept, missed, circulatingSuccess] = [0, 0, 0, 0, 0, 0];
  let [successes, judged, won, lost, circulating] = [0, 0, 0, 0, 0];
  for (let row = pairs.start[pair] ?? 0; row < end; row += 1) {
    if ((appear[row] ?? 0) >= limit) break;
    const what = rows.says[row] ?? 0;
    const time = rows.appear[row] ?? 0;
    const age = decayAt - time;
    if (what === 0 || age > scoreMethod.memory || (vanish[row] ?? 0) < limit) continue;
    const weight = rows.weight[row] ?? 0;
    if (bits !== 0 && isInWindows(bits, options.circulationAt - time)) {
      if ((what & JOB) !== 0) circulating += 1;
      if ((what & says.success) !== 0) circulatingSuccess += toWeight(weight * successDecay(age));
      continue;
    }
    if ((what & FOR) !== 0) {
      const now = toWeight(weight * successDecay(age));
      if ((what & says.kept) !== 0) kept += now;
      if ((what & says.success) !== 0) {
        success += now;
        successes += 1;
      }
    }
    if ((what & AGAINST) !== 0) {
      const now = toWeight(weight * failureDecay(age));
      if ((what & says.missed) !== 0) missed += now;
      if ((what & says.failure) !== 0) failure += now;
      if ((what & says.lostDispute) !== 0) {
        lostDispute += now;
        lost += 1;
      }
    }
    if ((what & says.wonDispute) !== 0) won += 1;
    if ((what & JOB) !== 0) judged += 1;
  }
  const { weights, counts } = options.sums;
  const weightAt = pair * weightsOfPair;
  weights[weightAt + weightOf.success] = success;
  weights[weightAt + weightOf.failure] = failure;
  weights[weightAt + weightOf.lostDispute] = lostDispute;
  weights[weightAt + weightOf.kept] = kept;
  weights[weightAt + weightOf.missed] = missed;
  weights[weightAt + weightOf.circulating] = circulatingSuccess;
  const countAt = pair * countsOfPair;
  counts[countAt + countOf.successes] = successes;
  counts[countAt + countOf.judged] = judged;
  counts[countAt + countOf.won] = won;
  counts[countAt + countOf.lost] = lost;
  counts[countAt + countOf.circulating] = circulating;
}
