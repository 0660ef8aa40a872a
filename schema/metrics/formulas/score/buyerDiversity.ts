/** `(sum n)^2 / sum n^2`: how many buyers of equal size would be as diverse (Kish 1965; `REP-06`). Null without any. */
export function effectiveBuyers(counts: readonly number[]): number | null {
  let sum = 0;
  let squares = 0;
  for (const count of counts) {
    sum += count;
    squares += count * count;
  }
  return squares === 0 ? null : (sum * sum) / squares;
}

/** What all buyers count for together where none counts for more than `cap` (`REP-06`). */
export function cappedEvidence(counts: readonly number[], cap: number): number {
  return counts.reduce((sum, count) => sum + Math.min(count, cap), 0);
}
