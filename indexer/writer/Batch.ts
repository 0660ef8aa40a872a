import type { AdaptedLog, BrokenLog, Header } from '../events/logs.js';

/** The last block whose facts are written; none: the chain has not been begun. */
export interface Cursor {
  readonly height: number;
  readonly hash: Header['hash'];
}

/** Everything of the heights after `after` up to `last`, to be written whole or not at all. */
export interface Batch {
  readonly chainId: number;
  readonly from: number;
  readonly after: Cursor | undefined;
  readonly last: Header;
  /** Headers of at least the blocks that hold logs; all of them near the head. */
  readonly headers: readonly Header[];
  readonly logs: readonly AdaptedLog[];
  readonly broken: readonly BrokenLog[];
}
