import type { AdaptedLog } from '../events/logs.js';

/** Why Postgres would refuse a log's values, as far as that is seen without asking it. */
export function findRefusal({ events }: AdaptedLog): string | undefined {
  for (const event of events) {
    if (event.kind !== 'jobCreated' || !event.deadline) continue;
    const ms = event.deadline.getTime();
    if (!(ms >= FIRST_TIME_MS)) return `The deadline of job ${event.job} is no time that a calendar has.`;
  }
  return undefined;
}

/** Postgres knows no time before 4713 BC; its last is beyond the last of a Date. */
const FIRST_TIME_MS = Date.UTC(-4_712, 0, 1);
