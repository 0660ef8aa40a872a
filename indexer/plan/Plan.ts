import type { VerificationPolicy } from '../source/verification/chainRules.js';

/** What a sync of a chain from its start will take, by what was sampled of it. */
export interface Plan {
  readonly chainId: number;
  readonly networks: readonly string[];
  readonly madeAt: Date;
  readonly from: number;
  /** The head of that moment. */
  readonly to: number;
  readonly policy: VerificationPolicy;
  /** Most blocks that the endpoint answers at once, as far as it was seen to refuse. */
  readonly maxRangeBlocks: number;
  readonly expected: Amounts;
  /** Half the width of the interval that holds the number of events nineteen times in twenty. */
  readonly eventsMargin: number;
  /** Of the heights that were asked for. */
  readonly seenShare: number;
  /** What the planning itself took. */
  readonly sampled: { readonly requests: number; readonly bytes: number; readonly logs: number };
}

export interface Amounts {
  readonly events: number;
  readonly requests: number;
  readonly bytes: number;
  readonly seconds: number;
  readonly diskBytes: number;
}
