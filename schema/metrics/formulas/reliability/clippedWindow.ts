import { assert } from '../../../lib/assert.js';

/** Any unit of time, the same for all. */
export interface WindowInput {
  readonly now: number;
  readonly length: number;
  /** When the node's life began. */
  readonly registeredAt: number;
  /** `[from, to)`, none of which meet; null: it is open still, and counts up to now. */
  readonly outages: readonly { readonly from: number; readonly to: number | null }[];
}

export interface ClippedWindow {
  /** What of the window lies within the node's life. */
  readonly eligible: number;
  readonly down: number;
  /** Null: none of the window lies within its life. */
  readonly uptime: number | null;
  /** Shown beside it: below 1 the figure is of a part of the window, "3 of 30 days". */
  readonly coverage: number;
}

/**
 * Uptime over the time before now, clipped to the node's life; outages are cut at the window's edge (`REL-02`). Dividing by the
 * whole window, as others do, would let a node that is a day old and was down all day show 96.7 % of a month.
 */
export function clippedWindow({ now, length, registeredAt, outages }: WindowInput): ClippedWindow {
  assert(length > 0, `a window of some length, got ${length}`);
  const from = Math.max(now - length, registeredAt);
  const eligible = Math.max(0, now - from);
  const cuts = outages.map((outage) => Math.max(0, Math.min(outage.to ?? now, now) - Math.max(outage.from, from)));
  const down = cuts.reduce((sum, cut) => sum + cut, 0);
  return { eligible, down, uptime: eligible > 0 ? 1 - down / eligible : null, coverage: eligible / length };
}
