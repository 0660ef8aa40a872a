import { assert } from '../../../lib/assert.js';

const bits = new DataView(new ArrayBuffer(8));

/** A double as what it exactly is: `mantissa * 2^exponent`. */
export interface Dyadic {
  readonly mantissa: bigint;
  readonly exponent: number;
}

/** Every finite double is a whole number times a power of two (IEEE 754), so that sums and products of doubles can be exact. */
export function toDyadic(value: number): Dyadic {
  assert(Number.isFinite(value), `a finite number, got ${value}`);
  bits.setFloat64(0, value);
  const word = bits.getBigUint64(0);
  const biased = Number((word >> 52n) & 0x7ffn);
  const fraction = word & 0xfffffffffffffn;
  const magnitude = biased === 0 ? fraction : fraction | (1n << 52n);
  return { mantissa: word >> 63n === 1n ? -magnitude : magnitude, exponent: Math.max(biased, 1) - 1075 };
}
