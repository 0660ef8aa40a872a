import type { AcceptedBatch, BatchOutcome } from '../beats/AcceptedBatch.js';
import type { AliveSeconds } from '../beats/writeAlive.js';

/**
 * Between gateways and writers. What `publish` has answered is durable: committed to Postgres, or stored by a stream that
 * hands it out until a writer has committed it. A batch may be handed out more than once; writing it again changes nothing.
 */
export interface TelemetryBus {
  /** Resolves once the batch is durable. Throws BusyError when no more fits, RetryableError when it is out of reach. */
  publish(batch: AcceptedBatch): Promise<BatchOutcome>;
  /** Hands batches to a writer, several at a time, from now on. A handler that fails gets the same ones again. */
  consume(handler: BatchHandler): Promise<void>;
  /** Takes no more, waits for what is under way, for so long at most (three seconds, if nothing is said), and ends. */
  close(withinMs?: number): Promise<void>;
}

/** Of a bus that records its observer's seconds: what a gateway answers before the bus is asked counts for them, too. */
export interface Attendance {
  /** Something was taken. */
  take(): void;
  /** Something was turned away for want of room or of the database. */
  refuse(): void;
}

/** Beside the time that a gateway takes for its last answers this keeps a stop below ten seconds. */
export const DRAIN_MS = 3_000;

/**
 * Resolves once all of them are committed, with an outcome for each, together with the seconds in which observers could have
 * taken more.
 */
export type BatchHandler = (
  batches: readonly AcceptedBatch[],
  alive?: readonly AliveSeconds[],
) => Promise<readonly BatchOutcome[]>;

/** No more fits for now; the sender is told when to come again. */
export class BusyError extends Error {
  override readonly name = 'BusyError';
}
