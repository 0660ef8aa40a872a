import { divideHalfEven, ONE, parseFixed } from './fixedPoint.js';

/** Performances are those of the catalogue's few models, and each trade is held against one. */
const parsed = new Map<string, bigint>();

function parsePerformance(text: string): bigint {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const value = parseFixed(text);
  if (parsed.size < MAX_PARSED) parsed.set(text, value);
  return value;
}

const MAX_PARSED = 1_000;

/**
 * A GPU's price as that of a reference's work (`PRC-04`): price / (performance / reference's). Performances are decimals of one
 * kind, such as dense BF16 TFLOPS; `schema/hardware/gpuPerformance.ts` has them.
 */
export function toPerformancePrice(
  price: bigint,
  { performance, reference }: { readonly performance: string; readonly reference: string },
): bigint | null {
  const own = parsePerformance(performance);
  return own === 0n ? null : divideHalfEven(price * parsePerformance(reference), own);
}

/** How much of the reference's work a quantity is. */
export function toPerformanceQuantity(
  quantity: bigint,
  { performance, reference }: { readonly performance: string; readonly reference: string },
): bigint | null {
  const whole = parsePerformance(reference);
  return whole === 0n ? null : divideHalfEven(quantity * parsePerformance(performance), whole);
}

/** A GPU's price for each GiB of its memory; null where that is not known. */
export function toMemoryPrice(price: bigint, vramGb: string): bigint | null {
  const memory = parseFixed(vramGb);
  return memory === 0n ? null : divideHalfEven(price * ONE, memory);
}
