/** Fewer would let two, or one, say what the market's price is (metrics.md, A3.3). */
export const MIN_PROVIDERS = 3;
export const MIN_BUYERS = 3;

export type PublicationGap = 'noTrades' | 'fewProviders' | 'fewBuyers';

/** Why a price is not published; null: it is. Providers of one operator are one. */
export function findPublicationGap(counts: {
  readonly trades: number;
  readonly providers: number;
  readonly buyers: number;
}): PublicationGap | null {
  if (counts.trades === 0) return 'noTrades';
  if (counts.providers < MIN_PROVIDERS) return 'fewProviders';
  return counts.buyers < MIN_BUYERS ? 'fewBuyers' : null;
}
