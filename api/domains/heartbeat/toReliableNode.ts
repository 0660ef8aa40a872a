import type { ReliableNode } from './ReliableNode.js';
import { toDaysKnown } from './slotCounts.js';
import type { StandingRow } from './standingQueries.js';
import { toCounted } from './toDays.js';
import { toTime } from './toReliability.js';

/** As node_standing sums up. */
const STANDING_DAYS = 30;

/** What fields of their own need to know besides. */
export type ReliableNodeAnswer = ReliableNode & { readonly providerId: string | null };

export function toReliableNode(row: StandingRow): ReliableNodeAnswer {
  const { id, providerId, toHour } = row;
  return {
    ...toCounted(row),
    ...{ id, providerId, nativeId: id.slice(id.indexOf(':') + 1), to: toTime(toHour) },
    days: toDaysKnown(row.known, STANDING_DAYS),
    ofDays: STANDING_DAYS,
  };
}
