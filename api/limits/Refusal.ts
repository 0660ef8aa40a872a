import type { ThrottleStatus, Verdict } from './throttle/Throttle.js';
import { toThrottleHeaders } from './throttle/toThrottleHeaders.js';

/** A request that is turned away before GraphQL sees it, or by the bucket: what its client is told. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    message: string,
    readonly told: {
      readonly status: number;
      readonly code: string;
      readonly headers?: Readonly<Record<string, string>>;
      /** What stands beside the code in the extensions of the error. */
      readonly details?: Readonly<Record<string, unknown>>;
    },
  ) {
    super(message);
  }
}

/** 429 with when to come again; 400 where no waiting helps. */
export function refuseByBucket(
  verdict: Exclude<Verdict, { kind: 'OK' }>,
  { requested, status: throttleStatus }: { readonly requested: number; readonly status: ThrottleStatus },
): Refusal {
  const details = { cost: { requested }, throttleStatus };
  const headers = toThrottleHeaders(throttleStatus);
  const { maximumAvailable, currentlyAvailable, restoreRate } = throttleStatus;
  if (verdict.kind === 'MAX_COST_EXCEEDED') {
    return new Refusal(
      `Expected a query that costs at most ${maximumAvailable}, got one of ${requested}: ask for fewer with \`first\`, or in several queries.`,
      { status: 400, code: 'MAX_COST_EXCEEDED', headers, details },
    );
  }
  const seconds = Math.max(1, Math.ceil(verdict.retryAfterSeconds));
  return new Refusal(
    `Expected ${requested} points for this query, ${currentlyAvailable} of ${maximumAvailable} are left: come again in ${seconds} s, as ${restoreRate} are restored a second, or ask with an API key.`,
    { status: 429, code: 'THROTTLED', headers: { ...headers, 'retry-after': String(seconds) }, details },
  );
}

export function refuseInFlight(limit: number): Refusal {
  return new Refusal(
    `Expected at most ${limit} requests at a time, got one more: wait for the answer to one of them before the next.`,
    { status: 429, code: 'TOO_MANY_IN_FLIGHT', headers: { 'retry-after': '1' }, details: { limit } },
  );
}
