export interface RangePlan {
  readonly from: number;
  readonly to: number;
}

/** The next heights to fetch, both ends included; undefined when the cursor is at the head. Pure. */
export function planRange(options: {
  readonly cursorHeight: number | undefined;
  readonly headHeight: number;
  readonly startHeight: number;
  readonly maxBlocks: number;
}): RangePlan | undefined {
  const from = options.cursorHeight === undefined ? options.startHeight : options.cursorHeight + 1;
  if (from > options.headHeight) return undefined;
  return { from, to: Math.min(options.headHeight, from + options.maxBlocks - 1) };
}

/** Halves after a failure, grows by half after a success: a node's limits are learned, not configured. */
export function createRangeSize(options: { readonly first: number; readonly max: number }): {
  readonly blocks: number;
  shrink(): void;
  grow(): void;
} {
  let blocks = options.first;
  return {
    get blocks() {
      return blocks;
    },
    shrink() {
      blocks = Math.max(1, Math.floor(blocks / 2));
    },
    grow() {
      blocks = Math.min(options.max, Math.ceil(blocks * 1.5));
    },
  };
}
