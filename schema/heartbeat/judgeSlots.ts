import { FULL_HOUR } from './slots.js';

/** What one healthy observer says of a node in one slot. */
export interface Vote {
  /** Observers of one network group have one vote together: the node is up for them when one of them heard it. */
  readonly networkGroup: string;
  readonly isUp: boolean;
}

export type SlotVerdict = 'UP' | 'DOWN' | 'UNKNOWN';

/** A strict majority of the votes, where there are at least `minObservers` of them; otherwise nobody knows. */
export function judgeSlot(votes: readonly Vote[], { minObservers }: { readonly minObservers: number }): SlotVerdict {
  const groups = new Map<string, boolean>();
  for (const { networkGroup, isUp } of votes) groups.set(networkGroup, isUp || groups.get(networkGroup) === true);
  if (groups.size < minObservers) return 'UNKNOWN';
  const up = [...groups.values()].filter(Boolean).length;
  if (2 * up > groups.size) return 'UP';
  return 2 * (groups.size - up) > groups.size ? 'DOWN' : 'UNKNOWN';
}

/** How many votes of `voters` make a slot up, and below how many it is down; between the two it is UNKNOWN. */
export function toThresholds(voters: number): { readonly up: number; readonly down: number } {
  return { up: Math.floor(voters / 2) + 1, down: Math.ceil(voters / 2) };
}

/**
 * The same for the slots of an hour at once. `groups` has for each network group in which slots it was healthy; the result, at
 * `k - 1`, those in which exactly k of them were. Slots with fewer than `minObservers` are in none.
 */
export function countVoters(
  groups: readonly bigint[],
  { minObservers }: { readonly minObservers: number },
): readonly bigint[] {
  // At k the slots in which k groups or more were healthy.
  const atLeast = [FULL_HOUR, ...groups.map(() => 0n)];
  for (const healthy of groups) {
    for (let count = groups.length; count > 0; count -= 1) {
      atLeast[count] = (atLeast[count] ?? 0n) | ((atLeast[count - 1] ?? 0n) & healthy);
    }
  }
  return groups.map((_, index) => {
    const count = index + 1;
    return count < minObservers ? 0n : (atLeast[count] ?? 0n) & ~(atLeast[count + 1] ?? 0n);
  });
}
