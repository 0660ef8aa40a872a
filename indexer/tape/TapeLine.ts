import type { RpcAnswer, RpcCall } from '../source/rpc/Transport.js';
import type { VerificationPolicy } from '../source/verification/chainRules.js';

/**
 * A tape is gzipped NDJSON: a header, a line per answered call in the order of the answers, and an end. One without an
 * end was cut short.
 */
export type TapeLine = TapeHeader | TapeCall | TapeEnd;

export interface TapeHeader {
  /** Version of this format. */
  readonly tape: 1;
  readonly chainId: number;
  /** Ids of the networks that were indexed while it ran. */
  readonly networks: readonly string[];
  /** What the operator asked for; a replay must ask for the same, for a tape holds what was looked at. */
  readonly verify?: VerificationPolicy | undefined;
  readonly madeAt: string;
  /** Name and version of what recorded it. */
  readonly madeBy: string;
}

export interface TapeCall extends RpcCall {
  readonly answer: RpcAnswer;
}

export interface TapeEnd {
  readonly end: {
    /** The last block that was indexed while it ran: the head of a replay. */
    readonly height: number;
    readonly calls: number;
  };
}
