import { assert } from '../../../lib/assert.js';
import { toDyadic } from './toDyadic.js';

/**
 * Shares out whole units in proportion, by largest remainder (Hamilton's method): each part is its exact quota rounded down or
 * up, and they add up to the total exactly. Equal remainders are served in order of position. Exact in the doubles' real values.
 * Units that nobody has a share of are a bug of the caller.
 */
export function apportion(total: bigint | number, shares: readonly number[]): bigint[] {
  const units = BigInt(total);
  assert(units >= 0n, `zero or more units to share out, got ${units}`);
  const exact = toCommonScale(shares);
  const sum = exact.reduce((of, share) => of + share, 0n);
  if (units === 0n) return exact.map(() => 0n);
  assert(sum > 0n, `somebody with a share in ${units} units`);
  const parts = exact.map((share) => (units * share) / sum);
  const remainders = exact.map((share, position) => ({ position, rest: (units * share) % sum }));
  remainders.sort((a, b) => (a.rest === b.rest ? a.position - b.position : a.rest > b.rest ? -1 : 1));
  const left = units - parts.reduce((of, part) => of + part, 0n);
  for (const { position } of remainders.slice(0, Number(left))) parts[position] = (parts[position] ?? 0n) + 1n;
  return parts;
}

function toCommonScale(shares: readonly number[]): bigint[] {
  const dyadics = shares.map((share) => {
    assert(share >= 0, `shares of zero or more, got ${share}`);
    return toDyadic(share);
  });
  const used = dyadics.filter(({ mantissa }) => mantissa !== 0n).map(({ exponent }) => exponent);
  const least = used.reduce((of, exponent) => Math.min(of, exponent), 1024);
  return dyadics.map(({ mantissa, exponent }) => (mantissa === 0n ? 0n : mantissa << BigInt(exponent - least)));
}
