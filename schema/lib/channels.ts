/** Channels of Postgres's NOTIFY: whoever writes says so in the transaction that it is part of. */

/** A chain's cursor has moved; the payload is a `BlockNotice` as JSON. */
export const BLOCK_CHANNEL = 'computescan_block';

/** Where a chain's facts went from and to; null: before the first block. Backwards where blocks were taken back. */
export interface BlockNotice {
  readonly chain: number;
  readonly from: number | null;
  readonly height: number | null;
  /** Of the block at `height`, with 0x. */
  readonly hash: string | null;
}

/** Figures of a network were rolled; the payload is a `MetricNotice` as JSON. */
export const METRIC_CHANNEL = 'computescan_metric';

/** How far the figures of a network go; null: as far as nothing. */
export interface MetricNotice {
  readonly network: string;
  readonly height: number | null;
}
