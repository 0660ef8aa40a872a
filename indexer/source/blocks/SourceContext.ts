import type { Log } from '../../../schema/lib/log.js';
import type { ChainRules, VerificationPolicy } from '../verification/chainRules.js';
import type { Asking } from './askEndpoints.js';
import { createHeaderCache, type HeaderCache } from './createHeaderCache.js';

/** What the parts of a chain's source share: whom to ask, how strictly to look, and what was learned of the endpoints. */
export interface SourceContext extends Asking {
  readonly chainId: number;
  readonly rules: ChainRules;
  readonly log: Log | undefined;
  toPolicy(height: number, nearHead: boolean): VerificationPolicy;
  /** Of blocks near the head, by hash. */
  readonly headers: HeaderCache;
  readonly learned: Learned;
}

export interface Learned {
  /** Most logs in an answer that is known to be whole, by endpoint: up to here none are cut off. */
  readonly uncapped: Map<string, number>;
  /** How an endpoint is asked for receipts, where the usual way failed. */
  readonly receiptWays: Map<string, ReceiptWay>;
  /** Endpoints that answer no logs by the hash of a block. */
  readonly logsByNumber: Set<string>;
  /** Endpoints that know no `safe` or `finalized`. */
  readonly untagged: Set<string>;
  /** Limits of this version's knowledge that were spoken of. */
  readonly limits: Set<string>;
  /** Contracts in one request for logs. */
  maxAddresses: number;
}

export type ReceiptWay = 'byHash' | 'byNumber' | 'byTransaction';

export function createSourceContext(
  options: Pick<SourceContext, 'pool' | 'chainId' | 'rules' | 'log' | 'toPolicy'>,
): SourceContext {
  return {
    ...options,
    headers: createHeaderCache(MAX_HEADERS),
    learned: {
      uncapped: new Map(),
      receiptWays: new Map(),
      logsByNumber: new Set(),
      untagged: new Set(),
      limits: new Set(),
      maxAddresses: FIRST_MAX_ADDRESSES,
    },
  };
}

/** The head's window several times over; a header as an object is about 5 kB. */
const MAX_HEADERS = 512;
/** A thousand addresses are 45 kB of a request. */
const FIRST_MAX_ADDRESSES = 1_000;

/** Says once what this version does not know of the chain, for which no endpoint is to blame. */
export function noteLimit({ chainId, log, learned }: SourceContext, limit: string): void {
  if (learned.limits.has(limit)) return;
  learned.limits.add(limit);
  log?.warn({ chainId, limit }, 'Some blocks cannot be verified by this version; they are taken as they are answered.');
}
