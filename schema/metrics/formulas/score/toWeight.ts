const ONE = 2 ** 30;

/**
 * A weight rounded to a whole multiple of 2^-30. Sums and differences of such numbers are exact in doubles up to eight million,
 * so that no order of adding matters, nothing drifts, and what is taken away again leaves nothing behind.
 */
export function toWeight(value: number): number {
  return Math.round(value * ONE) / ONE;
}
