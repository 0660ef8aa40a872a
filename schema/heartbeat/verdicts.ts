/**
 * Every answer that a gateway may give, with its HTTP status and what the sender is to do. Batches and single beats share the
 * codes: `ACCEPTED` to `SLOT_MISMATCH` may also be said of one beat of a batch.
 */
export const verdicts = {
  ACCEPTED: { status: 200, next: 'done' },
  /** The same again: no effect. */
  DUPLICATE: { status: 200, next: 'done' },
  /** Another body for a slot that has one, or for a counter that was used: kept, flagged, and what was first known stays. */
  CONFLICT: { status: 409, next: 'drop' },
  /** Stored and counted, but its slot does not become up. */
  LATE: { status: 200, next: 'done' },
  /** Taken for uptime, and flagged: the counter went back while time went on, as with two machines that share a key. */
  SEQ_REGRESSION: { status: 200, next: 'done' },
  FUTURE: { status: 422, next: 'drop' },
  /** Older than the window; final. */
  STALE: { status: 422, next: 'drop' },
  /** `sentAt` lies outside the slot it is said to be of. */
  SLOT_MISMATCH: { status: 422, next: 'drop' },
  /** Not wholly within the time in which its node is registered. */
  INELIGIBLE: { status: 422, next: 'drop' },
  TOO_LARGE: { status: 413, next: 'drop' },
  MALFORMED: { status: 400, next: 'drop' },
  UNSUPPORTED: { status: 415, next: 'drop' },
  UNREGISTERED: { status: 404, next: 'drop' },
  UNKNOWN_SESSION: { status: 401, next: 'reopen' },
  BAD_SIGNATURE: { status: 401, next: 'drop' },
  /** The key has no right to this at this time: not yet valid, expired, revoked, another node's. */
  UNAUTHORISED: { status: 403, next: 'reopen' },
  /** The block is more than 128 blocks behind: take a newer one and sign again. */
  BEACON_OLD: { status: 409, next: 'resign' },
  /** No block of this chain has that hash. */
  BEACON_UNKNOWN: { status: 409, next: 'resign' },
  TOO_SOON: { status: 422, next: 'drop' },
  LIMIT: { status: 422, next: 'drop' },
  RATE_LIMITED: { status: 429, next: 'retry' },
  BUSY: { status: 503, next: 'retry' },
  INTERNAL: { status: 500, next: 'retry' },
} as const satisfies Readonly<Record<string, { readonly status: number; readonly next: NextStep }>>;

/**
 * - `done`: nothing is left to do;
 * - `drop`: final, sending it again changes nothing;
 * - `resign`: take the beacon of the answer, sign again, send again;
 * - `reopen`: open a session, then send again under it;
 * - `retry`: the same bytes again, after `Retry-After` or with back-off.
 */
export type NextStep = 'done' | 'drop' | 'resign' | 'reopen' | 'retry';
export type VerdictCode = keyof typeof verdicts;

/** What has become of the beats of a batch; the four add up to its length. As far as the answering gateway knows. */
export interface BatchCounts {
  /** In time and new: their slots are up now. */
  readonly written: number;
  readonly duplicate: number;
  readonly late: number;
  /** With a reason each, in `refusals`. */
  readonly refused: number;
}

export interface BatchAnswer extends BatchCounts {
  readonly code: VerdictCode;
  /** Beats that were refused, kept under protest (CONFLICT) or late, by their position in the batch. */
  readonly refusals: readonly { readonly beat: number; readonly code: VerdictCode }[];
  /** Of the newest block that the gateway knows: the beacon for what is sent next. */
  readonly beacon: string;
  /** Unix ms, by which a sender may see that its clock is wrong. */
  readonly serverTime: number;
}

export interface ErrorAnswer {
  readonly code: VerdictCode;
  readonly next: NextStep;
  /** What was expected, what came, what to do. */
  readonly message: string;
  readonly counts?: BatchCounts;
  readonly beacon?: string;
  readonly serverTime: number;
}
