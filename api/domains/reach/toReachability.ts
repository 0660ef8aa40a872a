import { slotStartMs } from '../../../schema/heartbeat/slots.js';
import { divide } from '../../../schema/heartbeat/uptime.js';
import { toMean } from '../heartbeat/slotCounts.js';
import { toTime } from '../heartbeat/toReliability.js';
import type { WindowSpan } from '../heartbeat/windows.js';
import type { Reachability } from './Reachability.js';
import type { ReachRow } from './reachQueries.js';

export function toReachability(row: ReachRow, span: WindowSpan): Reachability {
  const { probe, targets, targetsKnown, targetsReached, asked, known, reached, lastReached } = row;
  return {
    ...{ probe, targets, from: toTime(span.fromHour), targetsReached: targetsKnown > 0 ? targetsReached : null },
    ...{ asked: String(asked), known: String(known), reached: String(reached) },
    ...{ reachedShare: row.share, coverage: divide(known, asked) },
    // A window of hours may touch one day more than it is long.
    ...{ days: Math.min(row.days, span.days), ofDays: span.days },
    lastReached: lastReached === null ? null : new Date(slotStartMs(lastReached)),
    latencyMeanUs: toMean(row.latencySumUs, row.latencyCount),
    latencyMaxUs: row.latencyMaxUs,
  };
}
