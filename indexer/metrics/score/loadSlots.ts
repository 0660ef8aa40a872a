import type pg from 'pg';
import { SLOTS_PER_DAY, SLOTS_PER_HOUR, toDay } from '../../../schema/heartbeat/slots.js';
import type { SlotsRecord } from '../../../schema/metrics/formulas/score/NetworkRecord.js';
import { createSlotSums } from './createSlotSums.js';
import { readRows } from './readRows.js';
import type { Scope } from './Scope.js';

/**
 * By provider and day what its machines were, from what is rolled up: whole days, of the last one its hours, and outages. An
 * outage counts on the day of its second minute and its end on that of the first minute up again, for nobody knows of either
 * before: a score as of midnight does not change by what the next day says.
 */
export async function loadSlots(client: pg.ClientBase, scope: Scope): Promise<readonly SlotsRecord[]> {
  const { network, beforeHour } = scope;
  const today = toDay(beforeHour);
  const sums = createSlotSums();
  const counts = ([provider, day, up, known, maintenance, maintenanceUp]: readonly [string, ...number[]]) =>
    sums.add(provider, day ?? 0, { up, known, maintenance, maintenanceUp });
  await readRows<[string, number, number, number, number, number]>(
    client,
    { text: daysSql, values: [network.id, today] },
    counts,
  );
  await readRows<[string, number, number, number, number, number]>(
    client,
    { text: hoursSql, values: [network.id, today, beforeHour] },
    counts,
  );
  const ends = beforeHour * SLOTS_PER_HOUR;
  await readRows<[string, number | null, number | null]>(
    client,
    { text: outagesSql, values: [network.id] },
    ([provider, failedAt, repairedAt]) => {
      if (failedAt !== null && failedAt < ends)
        sums.add(provider, Math.floor(failedAt / SLOTS_PER_DAY), { failures: 1 });
      if (repairedAt !== null && repairedAt < ends)
        sums.add(provider, Math.floor(repairedAt / SLOTS_PER_DAY), { repairs: 1 });
    },
  );
  return sums.list();
}

const daysSql = `
  select n.provider_id, d.day, sum(d.up)::int, sum(d.known)::int, sum(d.maintenance)::int, sum(d.maintenance_up)::int
  from node_day d
  join heartbeat_node n on n.node_key = d.node_key and n.network_id = $1 and n.provider_id is not null
  where d.day < $2
  group by 1, 2
`;

/** The day that is not over, up to an hour. */
const hoursSql = `
  select n.provider_id, $2::int, sum(bit_count(v.up::bit(64)))::int, sum(bit_count(v.known::bit(64)))::int,
    coalesce(sum(bit_count((v.known & v.maintenance)::bit(64))), 0)::int,
    coalesce(sum(bit_count((v.up & v.maintenance)::bit(64))), 0)::int
  from node_verdict v
  join heartbeat_node n on n.node_key = v.node_key and n.network_id = $1 and n.provider_id is not null
  where v.hour >= $2::int * 24 and v.hour < $3
  group by 1
`;

/**
 * Where no minute of an outage is unknown its second one is the next; where none of the day after it is, it ended with the next.
 * The rest, which are few, are looked up in the verdicts.
 */
const outagesSql = `
  select n.provider_id,
    case when o.down = o.last_slot - o.from_slot + 1 then o.from_slot + 1 else ${findSlot('known & ~v.up', 'o.from_slot')} end,
    case when not o.ended then null when d.known = 1440 then o.last_slot + 1 else ${findSlot('up', 'o.last_slot')} end
  from outage o
  join heartbeat_node n on n.node_key = o.node_key and n.network_id = $1 and n.provider_id is not null
  left join node_day d on d.node_key = o.node_key and d.day = (o.last_slot + 1) / 1440
`;

/** The first slot after one that has a bit. */
function findSlot(bits: string, after: string): string {
  return `(
    select v.hour * 60 + bit
    from node_verdict v cross join generate_series(0, 59) as bit
    where v.node_key = o.node_key and v.hour >= (${after} + 1) / 60 and v.hour * 60 + bit > ${after}
      and ((v.${bits}) >> bit) & 1 = 1
    order by v.hour, bit limit 1)`;
}
