import type { Beat } from './parseBatch.js';
import type { RecentSlot, SenderState } from './SenderOptions.js';
import { SLOTS_PER_DAY } from './slots.js';

/** After this many slots back a clock was not set back but put right. */
const MAX_STEP_SLOTS = SLOTS_PER_DAY;

export interface SlotMemory {
  /** Beats whose node has none in their slot yet; from now on it has. */
  take(beats: readonly Beat[]): { readonly fresh: readonly Beat[]; readonly again: readonly Beat[] };
  /** The gateway has never had them: their slots are free again. */
  free(beats: readonly Beat[]): void;
  /** The gateway has beats of it. */
  noteTaken(slot: number): void;
  recent(): readonly RecentSlot[];
  /** The newest slot of which the gateway has beats. */
  newestTaken(): number | undefined;
}

/**
 * Which nodes have a beat in which of the slots used last. A second one would be another body for the same minute, for which
 * a node is flagged; so what was sent before a restart counts, too, and so does what was sent before the clock was set back.
 */
export function createSlotMemory(
  nodes: readonly string[],
  before: Pick<SenderState, 'nodes' | 'recent' | 'newestTaken'> | undefined,
): SlotMemory {
  let newestTaken = before?.newestTaken;
  const positions = new Map(nodes.map((node, position) => [node, position]));
  const slots = new Map<number, Set<number>>();
  for (const { slot, nodes: held } of before?.recent ?? []) {
    // Positions are of the list that was in force then.
    const known = held.map((position) => positions.get(before?.nodes[position] ?? ''));
    slots.set(slot, new Set(known.filter((position) => position !== undefined)));
  }

  /** Long past, and yet not so long that the clock must have been wrong before. */
  function isBehind(slot: number): boolean {
    if (newestTaken === undefined || slots.has(slot)) return false;
    return slot < newestTaken - KEPT_SLOTS && slot > newestTaken - MAX_STEP_SLOTS;
  }

  function isFirst({ slot, node }: Beat): boolean {
    if (isBehind(slot)) return false;
    const held = slots.get(slot) ?? begin(slot);
    const first = !held.has(node);
    held.add(node);
    return first;
  }

  function begin(slot: number): Set<number> {
    const held = new Set<number>();
    slots.set(slot, held);
    for (const [oldest] of slots) if (slots.size > KEPT_SLOTS) slots.delete(oldest);
    return held;
  }

  return {
    take(beats) {
      const fresh = beats.filter(isFirst);
      if (fresh.length === beats.length) return { fresh, again: [] };
      const isFresh = new Set(fresh);
      return { fresh, again: beats.filter((beat) => !isFresh.has(beat)) };
    },
    free(beats) {
      for (const { slot, node } of beats) slots.get(slot)?.delete(node);
    },
    noteTaken(slot) {
      if (newestTaken === undefined || slot > newestTaken || slot < newestTaken - MAX_STEP_SLOTS) newestTaken = slot;
    },
    newestTaken: () => newestTaken,
    recent: () => [...slots].map(([slot, held]) => ({ slot, nodes: [...held] })),
  };
}

/** A gateway takes nothing older than three slots. */
const KEPT_SLOTS = 6;
