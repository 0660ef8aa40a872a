/** What was said for a slot before, as far as this gateway knows. */
export type Seen = 'new' | 'same' | 'other';

/**
 * The digest of each node's beat in the last few slots: 8 bytes a node and slot. It only counts answers; what is true says
 * the writer.
 */
export interface SeenBeats {
  /** Keeps the first digest. */
  mark(nodeKey: number, slot: number, digest: bigint): Seen;
  /** Forgets the slots before this one. */
  prune(firstSlot: number): void;
}

export function createSeenBeats(): SeenBeats {
  const slots = new Map<number, Map<number, BigInt64Array>>();
  return {
    mark(nodeKey, slot, digest) {
      const page = getPage(slot, Math.floor(nodeKey / PAGE));
      const position = nodeKey % PAGE;
      // 0 stands for nothing.
      const value = digest === 0n ? 1n : digest;
      const known = page[position];
      if (known === value) return 'same';
      if (known !== 0n) return 'other';
      page[position] = value;
      return 'new';
    },
    prune(firstSlot) {
      for (const slot of slots.keys()) if (slot < firstSlot) slots.delete(slot);
    },
  };

  function getPage(slot: number, number: number): BigInt64Array {
    let pages = slots.get(slot);
    if (!pages) {
      pages = new Map();
      slots.set(slot, pages);
    }
    let page = pages.get(number);
    if (!page) {
      page = new BigInt64Array(PAGE);
      pages.set(number, page);
    }
    return page;
  }
}

/** Node keys are dense, so pages fill. */
const PAGE = 1_024;
