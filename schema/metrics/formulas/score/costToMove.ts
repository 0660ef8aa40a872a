import type { DayTotal } from './collectRows.js';
import type { ScoreContext } from './createContext.js';
import { DAY, scoreMethod } from './scoreMethod.js';
import type { WeighedBound } from './toScore.js';

/** Scores are published in millionths: what moves them by less moves nothing. */
const LEAST_GAIN = 1e-6;

/**
 * What one more point costs somebody who buys from himself, in base units, at the margin. One more success of full weight needs the fee
 * that gives it full weight, and a buyer who has bought as much from others: their usual price, and the fee again. Gas and the
 * price of identities come on top. Null where successes do not move the score, or no fee is known.
 */
export function costToMove(
  { prepared, at }: ScoreContext,
  { weighed, score }: { readonly weighed: readonly WeighedBound[]; readonly score: number },
): string | null {
  const gain = score * weighed.reduce((sum, { weight, bound }) => sum + weight * bound.gain, 0);
  const fee = prepared.feeReference ?? meanOfDays(prepared.fees, at);
  if (gain < LEAST_GAIN || fee === null) return null;
  const price = meanOfDays(prepared.prices, at) ?? 0n;
  return BigInt(Math.ceil(Number(2n * fee + price) / gain)).toString();
}

/** Of the last ninety whole days: sums of whole days are the same however late one looks. */
function meanOfDays(days: ReadonlyMap<number, DayTotal>, at: number): bigint | null {
  const today = Math.floor(at / DAY);
  let [sum, count] = [0n, 0];
  for (let day = today - scoreMethod.marketDays; day < today; day += 1) {
    const total = days.get(day);
    if (total === undefined) continue;
    sum += total.sum;
    count += total.count;
  }
  return count === 0 ? null : sum / BigInt(count);
}
