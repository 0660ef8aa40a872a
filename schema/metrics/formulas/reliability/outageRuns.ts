import { assert } from '../../../lib/assert.js';

/** A run of down slots, of at least two: shorter ones are no outage. */
export interface OutageRun {
  readonly fromSlot: number;
  /** The last slot that was down; UNKNOWN ones may follow. */
  readonly lastSlot: number;
  /** Slots that were down; UNKNOWN ones within the run are not counted. */
  readonly down: number;
  /** An up slot has followed. */
  readonly ended: boolean;
}

/** Down slots since the last up slot, as yet of any length. */
export interface DownRun {
  readonly fromSlot: number;
  readonly lastSlot: number;
  readonly down: number;
}

/** Thirty slots from one on, as bits: a number of JavaScript holds them whole. Nothing of the last two bits. */
export interface HalfHour {
  readonly fromSlot: number;
  readonly up: number;
  readonly known: number;
}

export const MIN_OUTAGE_SLOTS = 2;

/**
 * Goes on with a node's run over thirty slots, the next ones in time. An outage is a maximal run of at least two down slots
 * (metrics.md A1.3); an UNKNOWN slot neither starts nor ends one, and does not count. Outages that end are told to `emit`.
 */
export function foldHalfHour(
  run: DownRun | null,
  { fromSlot, up, known }: HalfHour,
  emit: (outage: OutageRun) => void,
): DownRun | null {
  assert((up & ~known) === 0, `up slots that are known, got ${up} of ${known}`);
  let current = run;
  let left = known;
  while (left !== 0) {
    const low = lowestBit(left);
    const isUp = ((up >>> low) & 1) === 1;
    // All that comes before the first slot of the other kind is one run.
    const others = (isUp ? left & ~up : left & up) >>> 0;
    const part = others === 0 ? left : left & ((1 << lowestBit(others)) - 1);
    if (isUp) {
      const ended = toOutage(current, true);
      if (ended) emit(ended);
      current = null;
    } else {
      current = {
        fromSlot: current?.fromSlot ?? fromSlot + low,
        lastSlot: fromSlot + highestBit(part),
        down: (current?.down ?? 0) + countOnes(part),
      };
    }
    left &= ~part;
  }
  return current;
}

/** The outage that a run is, if it is long enough. */
export function toOutage(run: DownRun | null, ended: boolean): OutageRun | null {
  return run && run.down >= MIN_OUTAGE_SLOTS ? { ...run, ended } : null;
}

export function lowestBit(bits: number): number {
  return 31 - Math.clz32(bits & -bits);
}

function highestBit(bits: number): number {
  return 31 - Math.clz32(bits);
}

function countOnes(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}
