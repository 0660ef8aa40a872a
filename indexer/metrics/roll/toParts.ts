import { HOURS_PER_DAY } from '../../../schema/heartbeat/slots.js';
import type { MetricDefinition } from '../../../schema/metrics/MetricDefinition.js';
import { toWholeDays } from './detail.js';
import type { RollFamily } from './RollPlan.js';
import { fill, type Range, toRanges } from './toRanges.js';

export interface FamilyTurn {
  readonly family: RollFamily;
  readonly metrics: readonly MetricDefinition[];
  /** That are due, ascending. */
  readonly hours: readonly number[];
  readonly since: Since;
}

/** By what a family carries on, the hour from which on all of its buckets are made. */
export type Since = Readonly<Record<NonNullable<RollFamily['carries']>, number>>;

/** What is made and written at a time: hours, and the families that are asked for the same ones. */
export interface Part {
  /** Hours; of families of days, whole days. */
  readonly range: Range;
  /** Hours of which those of many kinds of subject are not kept: whole days. */
  readonly isCoarse: boolean;
  readonly families: readonly Pick<FamilyTurn, 'family' | 'metrics'>[];
}

/** The hours of families of one grain in parts, each family's in the order of time. */
export function toParts(
  turns: readonly FamilyTurn[],
  { lot, detailHour }: { readonly lot: number; readonly detailHour: number },
): readonly Part[] {
  const parts = new Map<string, Part>();
  for (const { family, metrics, hours, since } of turns) {
    for (const range of toFamilyRanges(family, hours, { lot, since, detailHour })) {
      const key = `${range.from} ${range.to}`;
      const isCoarse = family.grain === 'hour' && range.to <= detailHour;
      const families = [...(parts.get(key)?.families ?? []), { family, metrics }];
      parts.set(key, { range, isCoarse, families });
    }
  }
  return [...parts.values()].sort((one, other) => one.range.from - other.range.from);
}

function toFamilyRanges(
  { grain, carries, longestDays = Number.POSITIVE_INFINITY }: RollFamily,
  hours: readonly number[],
  { lot, since, detailHour }: Pick<FamilyTurn, 'since'> & { readonly lot: number; readonly detailHour: number },
): readonly Range[] {
  const from = carries ? since[carries] : Number.POSITIVE_INFINITY;
  const all = [...hours.filter((hour) => hour < from), ...fill(hours.filter((hour) => hour >= from))];
  if (grain === 'hour') {
    const whole = toWholeDays(all, detailHour);
    const [coarse, detailed] = [whole.filter((hour) => hour < detailHour), whole.filter((hour) => hour >= detailHour)];
    return [coarse, detailed].flatMap((part) =>
      toRanges(part, { longest: toWholeLot(Math.min(lot, longestDays * HOURS_PER_DAY)) }),
    );
  }
  const days = [...new Set(all.map((hour) => Math.floor(hour / HOURS_PER_DAY)))];
  const ranges = toRanges(days, { longest: Math.min(Math.ceil(lot / HOURS_PER_DAY), longestDays) });
  return ranges.map(({ from, to }) => ({ from: from * HOURS_PER_DAY, to: to * HOURS_PER_DAY }));
}

/** Ranges of whole days end with one, as their sums ask for. */
function toWholeLot(lot: number): number {
  return Math.ceil(lot / HOURS_PER_DAY) * HOURS_PER_DAY;
}
