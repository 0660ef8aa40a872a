import { divide } from './divide.js';

/** What share of a cohort was active in each later period (`ECO-05`); of an empty cohort null. */
export function toRetention(
  cohort: ReadonlySet<string>,
  periods: readonly ReadonlySet<string>[],
): readonly (number | null)[] {
  return periods.map((active) => {
    const stayed = [...cohort].filter((buyer) => active.has(buyer)).length;
    return divide(BigInt(stayed), BigInt(cohort.size));
  });
}

export interface RevenueRetention {
  /** What the buyers of before spend now, over what they spent then; null where they spent nothing. */
  readonly nrr: number | null;
  /** The same without what any of them spends more than then: never above 1. */
  readonly grr: number | null;
  readonly logoRetention: number | null;
  readonly churn: number | null;
}

/** Of those who spent in a period, what became of it in the next (`ECO-05`). Whoever came new does not count. */
export function toRevenueRetention(
  before: ReadonlyMap<string, bigint>,
  after: ReadonlyMap<string, bigint>,
): RevenueRetention {
  const sum = { before: 0n, net: 0n, gross: 0n, buyers: 0n, stayed: 0n };
  for (const [buyer, spent] of before) {
    if (spent <= 0n) continue;
    const still = after.get(buyer) ?? 0n;
    sum.before += spent;
    sum.net += still;
    sum.gross += still < spent ? still : spent;
    sum.buyers += 1n;
    if (still > 0n) sum.stayed += 1n;
  }
  return {
    nrr: divide(sum.net, sum.before),
    grr: divide(sum.gross, sum.before),
    logoRetention: divide(sum.stayed, sum.buyers),
    churn: divide(sum.buyers - sum.stayed, sum.buyers),
  };
}
