/** How much a client may ask for: `capacity` points at once, and `perSecond` points a second in the long run. */
export interface Limit {
  readonly capacity: number;
  readonly perSecond: number;
}

/** Whoever pays from one bucket: an address, or an API key. */
export interface Client {
  readonly id: string;
  /** Absent: that of everybody. */
  readonly limit?: Limit;
}

export type Verdict =
  | { readonly kind: 'OK'; readonly available: number }
  | { readonly kind: 'THROTTLED'; readonly available: number; readonly retryAfterSeconds: number }
  /** More than the bucket ever holds. */
  | { readonly kind: 'MAX_COST_EXCEEDED'; readonly available: number };

/** In points; whole ones, rounded down. */
export interface ThrottleStatus {
  readonly maximumAvailable: number;
  readonly currentlyAvailable: number;
  /** Points a second. */
  readonly restoreRate: number;
}

/** What HTTP, WebSocket and SSE pay from. Nothing of it waits: it says yes, or when to come again. */
export interface Throttle {
  /** Takes the points out of the client's bucket, or none of them. */
  admit(client: Client, cost: number): Verdict;
  /** Puts back what was taken for more than was used. */
  refund(client: Client, points: number): void;
  /** One more request that runs; false: as many run as may. Each that enters leaves again. */
  enter(client: Client): boolean;
  leave(client: Client): void;
  getStatus(client: Client): ThrottleStatus;
}
