import { assert } from '../../../lib/assert.js';

export interface SlotRecord {
  /** Slots that are known. */
  readonly slots: number;
  readonly up: number;
  /** Slots of outages. Single slots that make none belong to neither. */
  readonly down: number;
  /** Outages that began within them, and that ended. */
  readonly failures: number;
  readonly repairs: number;
}

/**
 * How many independent trials slots are worth that follow each other: a two-state Markov chain with `a = failures / up` and
 * `b = repairs / down` has the autocorrelation `rho = 1 - a - b`, and n slots of it tell as much as `n (1 - rho) / (1 + rho)`
 * independent ones (`REL-08`). 1,440 slots with two outages are worth 38: an interval over all of them would be false precision.
 *
 * What never happened is taken for half an event (Jeffreys), and what could not happen, for want of time in that state, for the
 * most there is by the definition of an outage: every second slot, as the shortest one has two. So a node that was never down is
 * worth a third of its slots, about as much as one with a single short outage, and not infinitely more. Never above n.
 */
export function effectiveSampleSize({ slots, up, down, failures, repairs }: SlotRecord): number {
  assert(
    slots >= 0 && up >= 0 && down >= 0 && up + down <= slots,
    `up and down within ${slots}, got ${up} and ${down}`,
  );
  assert(failures >= 0 && repairs >= 0, `counts of outages, got ${failures} and ${repairs}`);
  const leaving = toRate(failures, up) + toRate(repairs, down);
  const rho = Math.max(0, 1 - leaving);
  return (slots * (1 - rho)) / (1 + rho);
}

function toRate(events: number, time: number): number {
  return time > 0 ? Math.min(1, Math.max(events, 0.5) / time) : 0.5;
}
