import { divide } from './divide.js';

export interface Concentration {
  /** Who holds more than nothing. */
  readonly holders: number;
  /** Herfindahl-Hirschman index (Rhoades 1993): 10^4 times the sum of squared shares. */
  readonly hhi10000: number | null;
  /** How many equal holders would be as concentrated. */
  readonly effectiveN: number | null;
  /** Gini 1912: 0 where all hold the same. */
  readonly gini: number | null;
  /** The same times n/(n-1), so that one of n holding all has 1; null of one. */
  readonly giniUnbiased: number | null;
  /** The fewest who together hold more than half (Srinivasan & Lee 2017), and more than a third. */
  readonly nakamoto50: number | null;
  readonly nakamoto33: number | null;
  readonly top1Share: number | null;
}

/**
 * How concentrated holdings are (`ECO-01`), in exact arithmetic: the same of any multiple of them. Whoever holds nothing, or less,
 * is no holder; of no holders all is null.
 */
export function toConcentration(values: readonly bigint[]): Concentration {
  const held = values.filter((value) => value > 0n).sort((a, b) => (a < b ? 1 : a > b ? -1 : 0));
  const total = held.reduce((sum, value) => sum + value, 0n);
  const squares = held.reduce((sum, value) => sum + value * value, 0n);
  const count = BigInt(held.length);
  // Descending: the i-th from above is the (n+1-i)-th from below.
  const spread = held.reduce((sum, value, index) => sum + (count - 1n - 2n * BigInt(index)) * value, 0n);
  return {
    holders: held.length,
    hhi10000: divide(10_000n * squares, total * total),
    effectiveN: divide(total * total, squares),
    gini: divide(spread, count * total),
    giniUnbiased: divide(spread, (count - 1n) * total),
    nakamoto50: countTop(held, (top) => 2n * top > total),
    nakamoto33: countTop(held, (top) => 3n * top > total),
    top1Share: divide(held[0] ?? 0n, total),
  };
}

/** How many of the largest it takes; null of none. */
function countTop(held: readonly bigint[], isEnough: (top: bigint) => boolean): number | null {
  let top = 0n;
  for (const [index, value] of held.entries()) {
    top += value;
    if (isEnough(top)) return index + 1;
  }
  return null;
}

export interface Holding {
  readonly holder: string;
  readonly value: bigint;
}

/** Holdings of those who belong together as one; of whom nothing is known, alone. */
export function joinHoldings(holdings: readonly Holding[], operators: ReadonlyMap<string, string>): readonly bigint[] {
  const sums = new Map<string, bigint>();
  for (const { holder, value } of holdings) {
    const operator = operators.get(holder);
    const key = operator === undefined ? `alone ${holder}` : `operator ${operator}`;
    sums.set(key, (sums.get(key) ?? 0n) + value);
  }
  return [...sums.values()];
}
