import { RetryableError } from '../../../schema/lib/errors.js';

/**
 * network: no connection, or it broke; timeout: the deadline passed; tooLarge: more bytes than allowed; rateLimited:
 * HTTP 429, or 503 with a time to come back; refused: another HTTP status; malformed: not JSON-RPC, or HTML; aborted:
 * the caller gave it up.
 */
export type TransportFault = 'network' | 'timeout' | 'tooLarge' | 'rateLimited' | 'refused' | 'malformed' | 'aborted';

/** A request that came to no answer; another endpoint, or the same one later, may do better. */
export class TransportError extends RetryableError {
  constructor(
    readonly fault: TransportFault,
    message: string,
    /** What the endpoint asked for by `Retry-After`. */
    readonly retryAfterMs?: number,
  ) {
    super(message);
  }
}
