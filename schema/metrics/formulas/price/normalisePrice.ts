import { divideHalfEven, ONE, parseFixed } from './fixedPoint.js';

/**
 * A GPU's price as that of a reference's work (`PRC-04`): price / (performance / reference's). Performances are decimals of one
 * kind, such as dense BF16 TFLOPS; `schema/hardware/gpuPerformance.ts` has them.
 */
export function toPerformancePrice(
  price: bigint,
  { performance, reference }: { readonly performance: string; readonly reference: string },
): bigint | null {
  const own = parseFixed(performance);
  return own === 0n ? null : divideHalfEven(price * parseFixed(reference), own);
}

/** How much of the reference's work a quantity is. */
export function toPerformanceQuantity(
  quantity: bigint,
  { performance, reference }: { readonly performance: string; readonly reference: string },
): bigint | null {
  const whole = parseFixed(reference);
  return whole === 0n ? null : divideHalfEven(quantity * parseFixed(performance), whole);
}

/** A GPU's price for each GiB of its memory; null where that is not known. */
export function toMemoryPrice(price: bigint, vramGb: string): bigint | null {
  const memory = parseFixed(vramGb);
  return memory === 0n ? null : divideHalfEven(price * ONE, memory);
}
