/**
 * What the simulation has found and the product does not keep yet. A run that ends so is counted and not taken for new;
 * each seed must still show its gap, so that whoever closes one has to take it from this list.
 */
export interface Gap {
  readonly promise: string;
  readonly pattern: RegExp;
  readonly seed: number;
}

export const gaps: readonly Gap[] = [];

export function findGap(failure: string): Gap | undefined {
  return gaps.find(({ pattern }) => pattern.test(failure));
}
