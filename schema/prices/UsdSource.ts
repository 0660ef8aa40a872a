import type { Address, NetworkDefinition } from '../protocols/Manifest.js';

/** Where USD for a token comes from: a feed on its own chain, a rate that somebody set, or nowhere, with the reason. */
export type UsdSource =
  | { readonly kind: 'feed'; readonly feed: FeedDefinition }
  | {
      readonly kind: 'static';
      /** USD for one whole token, as a decimal: `0.42`. */
      readonly usd: string;
      /** Whose rate it is, as a sentence for people. */
      readonly note: string;
    }
  | { readonly kind: 'none'; readonly reason: string };

/** A Chainlink-compatible price feed. Consumers ask the proxy; the logs come from the aggregator of the phase. */
export interface FeedDefinition {
  /** `ETH / USD` */
  readonly pair: string;
  readonly proxy: Address;
  /** Of its answers. */
  readonly decimals: number;
  /** Longest time between two answers, as it is published. */
  readonly heartbeatSeconds: number;
  /** What is known of its phases; others are learned from the chain. */
  readonly phases: readonly FeedPhase[];
  /** Where all this is published. */
  readonly source: string;
}

export interface FeedPhase {
  /** Counted from 1 by the proxy; absent where the source does not say. */
  readonly phase?: number;
  readonly aggregator: Address;
}

/** After so long an answer says nothing any more: the heartbeat, and an hour for a late block. */
export function toMaxAge({ heartbeatSeconds }: Pick<FeedDefinition, 'heartbeatSeconds'>): number {
  return heartbeatSeconds + LATE_SECONDS;
}

const LATE_SECONDS = 3_600;

/** The feeds of a network's tokens, each once. */
export function listFeeds({ workToken, stakeToken }: NetworkDefinition): readonly FeedDefinition[] {
  const feeds = new Map<string, FeedDefinition>();
  for (const token of [workToken, stakeToken]) {
    if (token?.usd?.kind === 'feed') feeds.set(toFeedId(token.usd.feed), token.usd.feed);
  }
  return [...feeds.values()];
}

/** On its chain: the proxy's address in lower case. */
export function toFeedId({ proxy }: Pick<FeedDefinition, 'proxy'>): string {
  return proxy.toLowerCase();
}
