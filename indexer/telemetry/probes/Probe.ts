import type { PriceBasis, PriceUnit } from '../../events/CanonicalEvent.js';

/** One way of asking for prices off chain, as data. What it brings is a reading: it is no fact and in no digest. */
export interface Probe {
  /** Part of the key of its readings; the status page shows it as words. */
  readonly id: string;
  readonly protocol: string;
  /** Between two questions to one target; its prices are fresh for three times as long. */
  readonly intervalSeconds: number;
  /** For one request, redirects and all. */
  readonly deadlineMs: number;
  readonly maxBytes: number;
  readonly targets: TargetRule;
  /** The URL of one page of the answer; any text, for what is no URL is refused where it is asked. */
  readonly toUrl: (base: string, page: PageOf) => string;
  /** Pages at most; one unless said. */
  readonly maxPages?: number;
  /** Whether another page follows this one; called only where there may be several. */
  readonly hasMore?: (answer: unknown) => boolean;
  /** Takes JSON that a stranger made up, all pages of it. Throws AnswerError, and nothing else. */
  readonly parse: (pages: readonly unknown[]) => ParsedAnswer;
}

export interface PageOf {
  readonly chainId: number;
  /** From 0. */
  readonly index: number;
}

/** Whom a probe asks: everyone whom a query on the facts names, or a public source whose URL the operator may replace. */
export type TargetRule =
  | {
      readonly kind: 'facts';
      /** Takes the network's id; gives rows of `target` and `base`, a native id and a URL that its owner chose. */
      readonly sql: string;
    }
  | {
      readonly kind: 'source';
      /** Under which PROBE_SOURCES replaces its URL. */
      readonly name: string;
      /** Undefined where there is none for the chain unless the operator names one. */
      readonly toUrl: (chainId: number) => string | undefined;
    };

export interface ParsedAnswer {
  readonly prices: readonly ProbedPrice[];
  /** Entries that made no sense; they are left out. */
  readonly refused: number;
}

/** A price as an answer names it, in the network's work token. */
export interface ProbedPrice {
  /** Native id of who asks it; absent for a bid to anyone. */
  readonly provider?: string;
  readonly basis: Exclude<PriceBasis, 'settled'>;
  readonly resource: string;
  readonly unit: PriceUnit;
  readonly amount: bigint;
  /** Decimals of the amount; absent: the token's. */
  readonly scale?: number;
  readonly attributes: Readonly<Record<string, string>>;
  /** When the source itself saw it, where it is an aggregate that says so, in milliseconds. */
  readonly sampledAt?: number;
}
