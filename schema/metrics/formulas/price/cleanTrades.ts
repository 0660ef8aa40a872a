import { divideHalfEven, ONE, parseFixed } from './fixedPoint.js';
import { isTrade, type PartiedTrade } from './Trade.js';

export interface Caps {
  /** Largest share of the clean volume that one provider has, as a decimal. */
  readonly providerShare: string;
  /** And that one buyer has with one provider; absent: no cap. */
  readonly pairShare?: string;
}

/** Half for a provider, a fifth for a buyer with a provider (metrics.md, A3.4). */
export const caps: Caps = { providerShare: '0.5', pairShare: '0.2' };

export interface CleanTrades<T extends PartiedTrade> {
  /** Without what is removed. */
  readonly clean: readonly T[];
  /** The same with quantities cut to the caps. */
  readonly capped: readonly T[];
  /** Volume removed over all of it, at 18 decimals; null: there was none. */
  readonly removedShare: bigint | null;
}

/**
 * Trades without self-dealing, and without the weight of the few (`PRC-08`; Victor & Weintraud 2021). Quantities of a provider
 * are scaled by min(1, share × clean volume / its own), then those of each pair alike; the clean volume is taken before, in one
 * pass, so the order of trades changes nothing.
 */
export function cleanTrades<T extends PartiedTrade>(
  trades: readonly T[],
  isRemoved: (trade: T) => boolean,
  { providerShare, pairShare }: Caps = caps,
): CleanTrades<T> {
  const real = trades.filter(isTrade);
  const clean = real.filter((trade) => !isRemoved(trade));
  const [all, total] = [toVolume(real), toVolume(clean)];
  const ofProvider = capBy(clean, ({ provider }) => provider, toLimit(total, providerShare));
  const capped = pairShare === undefined ? ofProvider : capBy(ofProvider, toPair, toLimit(total, pairShare));
  return { clean, capped, removedShare: all === 0n ? null : divideHalfEven((all - total) * ONE, all) };
}

function toPair({ provider, buyer }: PartiedTrade): string {
  return `${buyer} ${provider}`;
}

function toVolume(trades: readonly PartiedTrade[]): bigint {
  return trades.reduce((sum, { quantity }) => sum + quantity, 0n);
}

function toLimit(total: bigint, share: string): bigint {
  return divideHalfEven(total * parseFixed(share), ONE);
}

function capBy<T extends PartiedTrade>(trades: readonly T[], toKey: (trade: T) => string, limit: bigint): readonly T[] {
  const volumes = new Map<string, bigint>();
  const keys = trades.map(toKey);
  for (const [at, { quantity }] of trades.entries()) {
    const key = keys[at] ?? '';
    volumes.set(key, (volumes.get(key) ?? 0n) + quantity);
  }
  if ([...volumes.values()].every((volume) => volume <= limit)) return trades;
  return trades.map((trade, at) => {
    const volume = volumes.get(keys[at] ?? '') ?? 0n;
    return volume <= limit ? trade : { ...trade, quantity: divideHalfEven(trade.quantity * limit, volume) };
  });
}
