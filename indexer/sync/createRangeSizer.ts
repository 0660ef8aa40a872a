/** How many blocks to ask for at a time. Learned from answers and refusals, so no node's limits are configured. Pure. */
export interface RangeSizer {
  /** Blocks of the next range. */
  readonly blocks: number;
  /** Bytes that a range of so many blocks is likely to bring; 0 before anything is known. */
  toExpectedBytes(blocks: number): number;
  /** An answer came: the density of logs is known better, and the range may grow. */
  noteFetched(answer: { readonly blocks: number; readonly logs: number; readonly bytes: number }): void;
  /**
   * The node refused this many blocks; with a suggestion, that is what it takes. Returns how many to ask for instead,
   * always fewer, unless a single block was refused.
   */
  noteRefused(refusal: { readonly blocks: number; readonly suggested?: number | undefined }): number;
}

export interface RangeSizerOptions {
  readonly maxBlocks: number;
  /** Logs that a range should hold; more per answer gain nothing and cost memory. */
  readonly targetLogs?: number;
  readonly targetBytes?: number;
}

export function createRangeSizer({
  maxBlocks,
  targetLogs = TARGET_LOGS,
  targetBytes = 8 * 1024 * 1024,
}: RangeSizerOptions): RangeSizer {
  let blocks = Math.min(FIRST_BLOCKS, maxBlocks);
  let ceiling = maxBlocks;
  let sinceRefusal = 0;
  let density: { readonly logs: number; readonly bytes: number } | undefined;
  return {
    get blocks() {
      return blocks;
    },
    toExpectedBytes: (count) => (density?.bytes ?? 0) * count,
    noteFetched(answer) {
      const logs = answer.logs / answer.blocks;
      const bytes = answer.bytes / answer.blocks;
      density = density ? { logs: smooth(density.logs, logs), bytes: smooth(density.bytes, bytes) } : { logs, bytes };
      sinceRefusal += 1;
      // A limit may have been the moment's: after many good answers a little more is tried.
      if (sinceRefusal % PROBE_EVERY === 0) ceiling = Math.min(maxBlocks, ceiling + Math.ceil(ceiling / PROBE_PART));
      // A range with more than the last ones held gives warning of what follows; one with fewer is caught up with slowly.
      const dense = { logs: Math.max(logs, density.logs), bytes: Math.max(bytes, density.bytes) };
      const wanted = Math.min(targetLogs / Math.max(dense.logs, 1e-9), targetBytes / Math.max(dense.bytes, 1e-9));
      blocks = clamp(Math.min(Math.floor(wanted), blocks * MAX_GROWTH), ceiling);
    },
    noteRefused({ blocks: refused, suggested }) {
      sinceRefusal = 0;
      const fewer = Math.max(1, Math.min(suggested ?? Math.floor(refused / 2), refused - 1));
      // What a node suggests is its rule; a range that was too large for it may only have been a dense one.
      ceiling = suggested === undefined ? Math.max(fewer, Math.min(ceiling, refused - 1)) : fewer;
      blocks = clamp(Math.min(blocks, fewer), ceiling);
      return fewer;
    },
  };
}

/** Small, for the first answer may be the densest; it grows fast. */
const FIRST_BLOCKS = 10;
/** Not ten: where all blocks are alike, round numbers of logs would look like the caps that some nodes keep silent about. */
const MAX_GROWTH = 9;
/** Below the 10,000 at which many providers cut off or refuse. */
const TARGET_LOGS = 9_990;
const PROBE_EVERY = 25;
const PROBE_PART = 10;

function smooth(old: number, now: number): number {
  return old + (now - old) * 0.3;
}

function clamp(blocks: number, ceiling: number): number {
  return Math.max(1, Math.min(Math.floor(blocks), ceiling));
}
