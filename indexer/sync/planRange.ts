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

/**
 * Halves after a failure, grows by half after a success, and does not go back to a size that has failed: a node's
 * limits are learned, not configured.
 */
export function createRangeSize(options: { readonly first: number; readonly max: number }): {
  readonly blocks: number;
  shrink(): void;
  grow(): void;
} {
  let blocks = options.first;
  let ceiling = options.max;
  return {
    get blocks() {
      return blocks;
    },
    shrink() {
      // Not below a range that any node answers: a node that is away refuses every size.
      ceiling = Math.max(LEAST_CEILING, Math.min(ceiling, blocks - 1));
      blocks = Math.max(1, Math.floor(blocks / 2));
    },
    grow() {
      blocks = Math.min(options.max, ceiling, Math.ceil(blocks * 1.5));
    },
  };
}

const LEAST_CEILING = 100;
