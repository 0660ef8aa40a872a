import type { ProbedPrice } from './Probe.js';

/**
 * One price for each thing, where several sell or want the same: the lowest of those asked, the highest of those offered.
 * Which one that is does not hang on their order.
 */
export function keepBest(prices: readonly ProbedPrice[]): readonly ProbedPrice[] {
  const best = new Map<string, ProbedPrice>();
  for (const price of prices) {
    const key = JSON.stringify([price.provider, price.basis, price.resource, price.unit]);
    const known = best.get(key);
    if (!known || isBetter(price, known)) best.set(key, price);
  }
  return [...best.values()];
}

function isBetter(price: ProbedPrice, known: ProbedPrice): boolean {
  if (price.amount === known.amount) return JSON.stringify(price.attributes) < JSON.stringify(known.attributes);
  return price.basis === 'bid' ? price.amount > known.amount : price.amount < known.amount;
}
