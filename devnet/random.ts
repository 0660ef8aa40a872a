/** Seeded chance: the same seed gives the same draws on every machine and Node version (integer arithmetic only). */
export interface Random {
  /** A number in [0, 1). */
  next(): number;
  chance(probability: number): boolean;
  /** An integer in [min, max]. */
  int(min: number, max: number): number;
  pick<T>(list: readonly T[]): T;
  /** The position of one entry, drawn in proportion to its weight. */
  pickByWeight(weights: readonly number[]): number;
}

/** Mulberry32 over `holder.state`, which the caller may store and give back later to go on with the same draws. */
export function createRandom(holder: { state: number }): Random {
  function next(): number {
    holder.state = (holder.state + 0x6d2b79f5) >>> 0;
    let mixed = holder.state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }
  function int(min: number, max: number): number {
    return min + Math.floor(next() * (max - min + 1));
  }
  function pick<T>(list: readonly T[]): T {
    if (list.length === 0) throw new RangeError('cannot pick from an empty list');
    return list[int(0, list.length - 1)] as T;
  }
  function pickByWeight(weights: readonly number[]): number {
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    let rest = next() * total;
    for (const [index, weight] of weights.entries()) {
      rest -= weight;
      if (rest < 0) return index;
    }
    return weights.length - 1;
  }
  return { next, chance: (probability) => next() < probability, int, pick, pickByWeight };
}
