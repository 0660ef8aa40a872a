/** A moment of the past: of each chain a block, and a time for what has no block. */
export interface AsOf {
  readonly chains: readonly ChainPoint[];
  /** Readings and metrics are taken as of then. */
  readonly time: Date;
}

/** The last block of a chain that counts, which is stored. */
export interface ChainPoint {
  readonly chainId: number;
  /** -1: before the first block. */
  readonly height: number;
  readonly hash: Buffer | null;
  readonly time: Date | null;
  /** Deadlines are judged by it: blocks without facts are not stored, and bear times as well. */
  readonly judgedAt: Date | null;
  /** How far the facts have come by now. */
  readonly headHeight: number;
  /** Where the range of the far past begins that the block lies within, but for its end: what it added to providers is one row. */
  readonly rangeFrom: number | null;
  /** So little has happened to jobs since that it is best looked at on its own. */
  readonly isRecent: boolean;
}
