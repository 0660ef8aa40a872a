import { HOURS_PER_DAY } from '../../../schema/heartbeat/slots.js';
import type { SubjectKind } from '../../../schema/metrics/MetricDefinition.js';

/**
 * Of these there are many: their hours are kept for the head's day and the one before, which is where people look at hours, and
 * their days for ever. A thousand providers over a quarter are fifteen million hours of a few figures otherwise.
 */
export const detailedKinds: readonly SubjectKind[] = ['provider', 'operator', 'node', 'buyer'];

/** The first hour of which theirs are kept, where the head lies in this one. */
export function toDetailHour(headHour: number): number {
  return (Math.floor(headHour / HOURS_PER_DAY) - 1) * HOURS_PER_DAY;
}

/** Hours before the first that is kept in detail become whole days, so that these can be summed without what was stored of them. */
export function toWholeDays(hours: readonly number[], detailHour: number): readonly number[] {
  const whole = new Set<number>();
  for (const hour of hours) {
    const first = hour - (hour % HOURS_PER_DAY);
    const [from, to] = hour < detailHour ? [first, first + HOURS_PER_DAY] : [hour, hour + 1];
    for (let one = from; one < to; one++) whole.add(one);
  }
  return [...whole].sort((one, other) => one - other);
}
