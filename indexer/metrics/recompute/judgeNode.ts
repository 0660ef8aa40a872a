import { judgeSlot } from '../../../schema/heartbeat/judgeSlots.js';
import { FULL_HOUR, SLOTS_PER_HOUR } from '../../../schema/heartbeat/slots.js';

/** What one observer says of an hour: in which slots it was healthy, and in which of them it heard the node. */
export interface HourVote {
  readonly networkGroup: string;
  readonly healthy: bigint;
  readonly heard: bigint;
}

export interface HourVerdict {
  readonly up: bigint;
  readonly known: bigint;
}

/** A node's slots of an hour, by what all observers say of them; slot by slot where they are several. */
export function judgeNode(votes: readonly HourVote[], minObservers: number): HourVerdict {
  const [only] = votes;
  if (!only) return { up: 0n, known: 0n };
  if (votes.length === 1)
    return minObservers > 1 ? { up: 0n, known: 0n } : { up: only.heard & only.healthy, known: only.healthy };
  let up = 0n;
  let known = 0n;
  for (let slot = 0; slot < SLOTS_PER_HOUR; slot += 1) {
    const bit = 1n << BigInt(slot);
    const present = votes.filter(({ healthy }) => (healthy & bit) !== 0n);
    const verdict = judgeSlot(
      present.map(({ networkGroup, heard }) => ({ networkGroup, isUp: (heard & bit) !== 0n })),
      { minObservers },
    );
    if (verdict === 'UP') up |= bit;
    if (verdict !== 'UNKNOWN') known |= bit;
  }
  return { up, known };
}

/** The bits of slots `[from, to)` within an hour. */
export function toRangeBits(hour: number, from: number, to: number): bigint {
  const low = Math.max(from - hour * SLOTS_PER_HOUR, 0);
  const high = Math.min(to - hour * SLOTS_PER_HOUR, SLOTS_PER_HOUR);
  return low >= high ? 0n : (FULL_HOUR >> BigInt(SLOTS_PER_HOUR - (high - low))) << BigInt(low);
}
