import { SLOTS_PER_DAY } from '../../../schema/heartbeat/slots.js';
import type { Database } from '../../database/createDatabase.js';
import { type ChildRow, type ParentKey, perParent, toParentParameters } from '../../database/perParent.js';
import type { SlotCounts } from './slotCounts.js';

export interface StandingRow extends SlotCounts {
  /** Public id of the node, or of the provider where the protocol names no machines. */
  readonly id: string;
  readonly providerId: string | null;
  readonly toHour: number;
}

/** A node that was known for less than a day could lead the list by an hour's luck. */
export const MIN_KNOWN = SLOTS_PER_DAY;

/**
 * The best nodes of networks over 30 days, in the order of index node_standing_uptime. Left out are those that were known for
 * less than a day, those of which nothing was due in the last hour that is settled (they have left), and all where that
 * hour lies before `sinceHour`.
 */
export function listMostReliableNodes(
  database: Database,
  keys: readonly ParentKey[],
  sinceHour: number,
): Promise<ChildRow<StandingRow>[]> {
  return database.query(
    perParent(`
      select h.node_id as id, coalesce(n.provider_id, h.provider_id) as "providerId", best.to_hour as "toHour", best.up, best.known, best.expected,
        best.maintenance, best.maintenance_up as "maintenanceUp"
      from (
        select * from node_standing st
        where st.network_id = k.parent and st.known >= ${MIN_KNOWN} and st.to_hour > $3
          and exists (
            select 1 from node_verdict v
            where v.node_key = st.node_key and v.hour = st.to_hour - 1 and v.hour >= $3 and v.expected <> 0
          )
        order by st.uptime_ppm desc nulls last, st.known desc, st.node_key limit k.first
      ) as best
      join heartbeat_node h on h.node_key = best.node_key
      left join node n on n.id = h.node_id
      order by best.uptime_ppm desc nulls last, best.known desc, best.node_key
    `),
    [...toParentParameters(keys), sinceHour],
  );
}
