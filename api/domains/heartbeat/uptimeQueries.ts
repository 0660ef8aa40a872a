import type { Database } from '../../database/createDatabase.js';
import { type ChildRow, type ParentKey, perParent, toParentParameters } from '../../database/perParent.js';
import type { SlotCounts } from './slotCounts.js';
import { type Subject, subjects } from './subjects.js';

/** One UTC day, by its number. */
export interface DayRow extends SlotCounts {
  readonly day: number;
  readonly nodes: number;
}

/** Days of subjects of one kind from `fromDay` on, oldest first; days of which there is nothing are absent. */
export function listUptimeByDay(
  database: Database,
  { kind, ids, fromDay }: { readonly kind: Subject['kind']; readonly ids: readonly string[]; readonly fromDay: number },
): Promise<ChildRow<DayRow>[]> {
  return database.query(
    `with subject as (${subjects[kind]})
    select s.ordinal, d.day, count(*) filter (where d.expected > 0) as nodes, sum(d.up) as up, sum(d.known) as known,
      sum(d.expected) as expected, sum(d.maintenance) as maintenance, sum(d.maintenance_up) as "maintenanceUp"
    from subject s join node_day d on d.node_key = s.node_key and d.day >= $2
    group by s.ordinal, d.day order by s.ordinal, d.day`,
    [ids, fromDay],
  );
}

/** Networks' days up to `today`, each over as many as its key's `first`, oldest first; by the key of network_day. */
export function listNetworkDays(
  database: Database,
  keys: readonly ParentKey[],
  today: number,
): Promise<ChildRow<DayRow>[]> {
  return database.query(
    perParent(`
      select d.day, d.nodes, d.up, d.known, d.expected, d.maintenance, d.maintenance_up as "maintenanceUp"
      from network_day d where d.network_id = k.parent and d.day > $3 - k.first and d.day <= $3
      order by d.day
    `),
    [...toParentParameters(keys), today],
  );
}

/** Of the networks, those of which a node has opened a session. */
export function listSendingNetworks(
  database: Database,
  ids: readonly string[],
): Promise<{ readonly id: string; readonly sends: boolean }[]> {
  return database.query(
    `select k.id, exists (select 1 from heartbeat_node h where h.network_id = k.id) as sends
    from unnest($1::text[]) as k (id)`,
    [ids],
  );
}
