import { assert } from '../../../lib/assert.js';

export interface Observation {
  /** How long it went on, from its beginning; seconds or any other unit. */
  readonly t: number;
  /** How it ended; null: it had not by then. */
  readonly end: 'complete' | 'fail' | null;
}

export type End = NonNullable<Observation['end']>;

export interface ObservedTime {
  readonly t: number;
  /** All that had not ended before, and were looked at until then or longer. */
  readonly atRisk: number;
  readonly ends: ReadonlyMap<End, number>;
}

/** Each time at which one ended or was lost sight of, ascending. */
export function groupByTime(observations: readonly Observation[]): readonly ObservedTime[] {
  const groups = new Map<number, { count: number; ends: Map<End, number> }>();
  for (const { t, end } of observations) {
    assert(t >= 0 && Number.isFinite(t), `a time of zero or more, got ${t}`);
    const group = groups.get(t) ?? { count: 0, ends: new Map<End, number>() };
    group.count += 1;
    if (end) group.ends.set(end, (group.ends.get(end) ?? 0) + 1);
    groups.set(t, group);
  }
  let atRisk = observations.length;
  return [...groups]
    .sort(([one], [other]) => one - other)
    .map(([t, { count, ends }]) => {
      const time = { t, atRisk, ends };
      atRisk -= count;
      return time;
    });
}
