import type { RpcAnswer, RpcCall } from '../rpc/Transport.js';

/** sync: reads the past; head: follows the newest block; fallback: asked only when the others fail. */
export type EndpointRole = 'sync' | 'head' | 'fallback';

export interface EndpointDefinition {
  readonly url: string;
  /** Absent: both sync and head. */
  readonly role?: EndpointRole | undefined;
}

/** Several endpoints of one chain as one: the best is asked, the next one when it fails. */
export interface EndpointPool {
  /**
   * Sends the calls to one endpoint, and to the next where it fails. Answers may be the node's own errors, except those
   * of rate limits and of keys, which are retried elsewhere. Throws RetryableError when no endpoint answers; that is a
   * TransportError `tooLarge` where every endpoint answers more than allowed, and `timeout` where every one took too
   * long: a smaller question may be answered. Throws UserError when every endpoint serves another chain.
   */
  request(calls: readonly RpcCall[], options: PoolRequest): Promise<PoolReply>;
  /**
   * Takes an endpoint out because what it answers is wrong: for 5 minutes, longer each time; for 10 seconds where it is
   * the only one.
   */
  setAside(endpoint: string, fault: EndpointFault): void;
  /** Notes what is odd and harmless. */
  noteFault(endpoint: string, fault: EndpointFault): void;
  /** Endpoints that a request for this purpose would be sent to or wait for, best first, fallbacks last. */
  listUsable(purpose: 'sync' | 'head'): readonly string[];
  listScores(): readonly EndpointScore[];
  /** Tells of new heads, from any endpoint that announces them; false where none can. */
  subscribeHeads(onHead: (header: unknown, endpoint: string) => void): { readonly live: boolean; stop(): void };
  close(): Promise<void>;
}

export interface PoolRequest {
  readonly purpose: 'sync' | 'head';
  /** Only this endpoint: a block's parts must come from one hand. */
  readonly only?: string | undefined;
  /** Not these: they have been found wrong about this very thing. */
  readonly avoid?: ReadonlySet<string> | undefined;
  readonly maxBytes?: number | undefined;
  readonly deadlineMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface PoolReply {
  readonly answers: readonly RpcAnswer[];
  /** Name of the endpoint that answered. */
  readonly endpoint: string;
  readonly bytes: number;
}

export interface EndpointFault {
  /** A word of a closed set, such as `logMissing` or `wrongChain`. */
  readonly reason: string;
  readonly detail: string;
}

/** What is known of an endpoint; counters run from the start of the process. */
export interface EndpointScore {
  /** Origin of the URL without path, query and user, which often hold keys; numbered where two are alike. */
  readonly name: string;
  readonly role: EndpointRole | 'any';
  readonly state: 'usable' | 'resting' | 'setAside';
  readonly requests: number;
  readonly calls: number;
  readonly bytes: number;
  readonly failures: number;
  readonly faults: number;
  /** Why it last did not answer. */
  readonly lastFailure?: string | undefined;
  readonly lastFault: (EndpointFault & { readonly at: Date }) | undefined;
  /** Moving average of the time of a small answer in milliseconds, large ones reckoned down; undefined before the first. */
  readonly latencyMs: number | undefined;
  /** Learned calls per second that it takes; undefined while it has refused none. */
  readonly rateLimit: number | undefined;
  readonly headHeight: number | undefined;
  readonly setAsideUntil: Date | undefined;
}
