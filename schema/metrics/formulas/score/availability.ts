import { effectiveSampleSize } from '../reliability/effectiveSampleSize.js';
import { wilsonInterval } from '../statistics/wilsonInterval.js';
import type { SlotsRecord } from './NetworkRecord.js';
import { DAY, scoreMethod } from './scoreMethod.js';

/** Pooled slots of a provider in the window, without maintenance. */
export interface PooledSlots {
  readonly up: number;
  readonly known: number;
  readonly failures: number;
  readonly repairs: number;
}

/** Of the thirty whole days before `at` and the one it lies in. `days` are in order; null where nothing is known. */
export function poolSlots(days: readonly SlotsRecord[], at: number): PooledSlots | null {
  const last = Math.ceil(at / DAY) - 1;
  const first = Math.floor(at / DAY) - scoreMethod.availability.days;
  const pooled = { up: 0, known: 0, failures: 0, repairs: 0 };
  for (const slots of days) {
    if (slots.day < first || slots.day > last) continue;
    pooled.up += Math.max(0, slots.up - slots.maintenanceUp);
    pooled.known += Math.max(0, slots.known - slots.maintenance);
    pooled.failures += slots.failures;
    pooled.repairs += slots.repairs;
  }
  return pooled.known === 0 ? null : { ...pooled, up: Math.min(pooled.up, pooled.known) };
}

/** Slots follow each other, so they are fewer trials than they are many (`REL-08`). Between 0 and n. */
export function effectiveSlots({ up, known, failures, repairs }: PooledSlots): number {
  return effectiveSampleSize({ slots: known, up, down: known - up, failures, repairs });
}

/** Wilson's lower bound (95 %) of the share of slots up, at the effective number of them. */
export function availabilityLower(slots: PooledSlots): number {
  const n = effectiveSlots(slots);
  return wilsonInterval({ successes: Math.min(n, (n * slots.up) / slots.known), n }).lower;
}

/** The lower quartile of what peers reach, in order; null of fewer than three. */
export function lowerQuartile(sorted: readonly number[]): number | null {
  if (sorted.length < scoreMethod.panel.minPeers) return null;
  return sorted[Math.ceil(sorted.length / 4) - 1] ?? null;
}
