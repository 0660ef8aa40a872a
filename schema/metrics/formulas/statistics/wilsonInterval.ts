import { assert } from '../../../lib/assert.js';

/** The 97.5 % point of the normal distribution: a two-sided interval of 95 %. */
export const z95 = 1.9599639845400543;

export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

/**
 * Wilson's score interval of a rate (Wilson 1927; Brown, Cai & DasGupta 2001; `REL-04`). Successes and trials may be fractions,
 * as effective sample sizes and decayed weights are. Without trials everything is possible: [0, 1]. Without a success the lower
 * end is exactly 0, without a failure the upper end exactly 1.
 */
export function wilsonInterval(input: {
  readonly successes: number;
  readonly n: number;
  readonly z?: number;
}): Interval {
  const { successes, n, z = z95 } = input;
  assert(n >= 0 && Number.isFinite(n), `zero or more trials, got ${n}`);
  assert(successes >= 0 && successes <= n, `between none and all ${n} to succeed, got ${successes}`);
  assert(z >= 0 && Number.isFinite(z), `a z of zero or more, got ${z}`);
  if (n === 0) return { lower: 0, upper: 1 };
  // Wilson's fractions multiplied by n, so that a trace of a trial overflows nothing.
  const center = successes + (z * z) / 2;
  const half = z * Math.sqrt(successes * (1 - successes / n) + (z * z) / 4);
  const scale = n + z * z;
  return {
    lower: successes === 0 ? 0 : Math.max(0, (center - half) / scale),
    upper: successes === n ? 1 : Math.min(1, (center + half) / scale),
  };
}
