import type { BeatHardware } from '../../../schema/heartbeat/parseBatch.js';

/** A batch whose signature, times and scope hold: what a gateway hands to a writer, in its own process or another one. */
export interface AcceptedBatch {
  readonly delegationKey: number;
  readonly counter: number;
  readonly firstSlot: number;
  readonly lastSlot: number;
  /** First 16 bytes of the SHA-256 of what was signed. */
  readonly digest: Buffer;
  /** Who received it, as a key of `observer`. */
  readonly observer: number;
  readonly beats: readonly AcceptedBeat[];
}

export interface AcceptedBeat {
  readonly nodeKey: number;
  readonly slot: number;
  /** Received after the grace: kept, never up. */
  readonly late: boolean;
  readonly digest: bigint;
  /** Since the start of the slot, in hundredths of a second; what was received early is below 0. */
  readonly sentCs: number;
  readonly receivedCs: number;
  readonly rttUs?: number;
  readonly utilPermille?: number;
  readonly memoryPermille?: number;
  readonly jobs?: number;
  readonly hardware?: BeatHardware;
}

/**
 * - `written`: its rows are committed;
 * - `duplicate`: the same batch was committed before, and nothing was written now;
 * - `conflict`: another batch bears this counter; nothing was written, and its nodes are flagged.
 */
export type BatchOutcome = 'written' | 'duplicate' | 'conflict';
