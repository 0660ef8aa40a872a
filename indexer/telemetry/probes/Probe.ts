import type { PriceBasis, PriceUnit } from '../../events/CanonicalEvent.js';

/**
 * One way of asking off chain, as data: for prices, for what others measured, or for whether anybody is there. What it
 * brings is a reading: it is no fact and in no digest.
 */
export type Probe = PriceProbe | ScoreProbe | ReachProbe;

interface Question {
  /** Part of the key of its readings; the status page shows it as words. */
  readonly id: string;
  /** What is asked, in half a sentence. */
  readonly title: string;
  readonly protocols: readonly string[];
  /** Between two questions to one target; what it says is fresh for three times as long. */
  readonly intervalSeconds: number;
  /** Between two questions to a target that stays silent. */
  readonly maxWaitSeconds: number;
  /** For one request, redirects and all. */
  readonly deadlineMs: number;
  readonly targets: TargetRule;
}

/** Asks for a document in JSON, in one page or several. */
export interface JsonQuestion extends Question {
  readonly maxBytes: number;
  /** The URL of one page of the answer; any text, for what is no URL is refused where it is asked. */
  readonly toUrl: (base: string, page: PageOf) => string;
  /** Pages at most; one unless said. */
  readonly maxPages?: number;
  /** Whether another page follows this one; called only where there may be several. */
  readonly hasMore?: (answer: unknown) => boolean;
}

export interface PriceProbe extends JsonQuestion {
  readonly kind: 'prices';
  /** Takes JSON that a stranger made up, all pages of it. Throws AnswerError, and nothing else. */
  readonly parse: (pages: readonly unknown[]) => ParsedAnswer;
}

export interface ScoreProbe extends JsonQuestion {
  readonly kind: 'scores';
  /** As that of prices; the second is whom the source was asked about. */
  readonly parse: (pages: readonly unknown[], target: string) => ParsedScores;
}

/** Asks whether anybody is there, and for nothing else. */
export interface ReachProbe extends Question {
  readonly kind: 'reach';
  readonly question:
    | {
        /** The head of what lies at a URL. */
        readonly kind: 'head';
        readonly toUrl: (base: string) => string;
        /** Which statuses mean that what is asked for is there. */
        readonly isReached: (status: number) => boolean;
      }
    /** A connection, and with https the handshake of TLS. */
    | { readonly kind: 'connection' };
}

export interface PageOf {
  readonly chainId: number;
  /** From 0. */
  readonly index: number;
  readonly target: string;
}

/** Whom a probe asks: everyone whom a query on the facts names, or a public source whose URL the operator may replace. */
export type TargetRule =
  | {
      readonly kind: 'facts';
      /**
       * Takes the network's id; gives rows of `target` and `base`, a native id and a URL that its owner chose, and of
       * `provider_id` and `node_id` where these do not follow from the target.
       */
      readonly sql: string;
    }
  | ({ readonly kind: 'source' } & Source)
  /** A public source that is asked about one provider at a time, those whom the query gives as `target`. */
  | ({ readonly kind: 'each'; readonly sql: string } & Source);

interface Source {
  /** Under which PROBE_SOURCES replaces its URL. */
  readonly name: string;
  /** Undefined where there is none for the chain unless the operator names one. */
  readonly toUrl: (chainId: number) => string | undefined;
}

export interface ParsedAnswer {
  readonly prices: readonly ProbedPrice[];
  /** Entries that made no sense; they are left out. */
  readonly refused: number;
}

export interface ParsedScores {
  readonly scores: readonly ProbedScore[];
  readonly refused: number;
}

/** What a source measured of the target. */
export interface ProbedScore {
  /** From where, in the words of the source. */
  readonly region: string;
  readonly metric: 'success_permille' | 'rtt_us';
  readonly value: bigint;
  /** When, by the clock of the source, in milliseconds. */
  readonly measuredAt: number;
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

/** With the tenth more or less that chance adds, a silent host is asked in every hour: its recovery is seen in the next. */
export const WITHIN_AN_HOUR_SECONDS = 3_240;
/** A price list that nobody gives is asked for twice a day. */
export const HALF_DAY_SECONDS = 12 * 3_600;
