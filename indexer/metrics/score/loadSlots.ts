import type pg from 'pg';
import { SLOTS_PER_HOUR, toDay } from '../../../schema/heartbeat/slots.js';
import type { SlotsRecord } from '../../../schema/metrics/formulas/score/NetworkRecord.js';
import { createSlotSums } from './createSlotSums.js';
import { readRows } from './readRows.js';
import type { Scope } from './Scope.js';

/**
 * By provider and day what its machines were, from what is rolled up: whole days, of the last one its hours, and outages. An
 * outage counts on the day of its second minute and its end on that of the first minute up again, for nobody knows of either
 * before: a score as of midnight does not change by what the next day says.
 */
export async function loadSlots(
  client: pg.ClientBase,
  { network, beforeHour }: Scope,
  { fromDay = 0 }: { readonly fromDay?: number } = {},
): Promise<readonly SlotsRecord[]> {
  const today = toDay(beforeHour);
  const sums = createSlotSums();
  const counts = ([provider, day, up, known, maintenance, maintenanceUp]: readonly [string, ...number[]]) =>
    sums.add(provider, day ?? 0, { up, known, maintenance, maintenanceUp });
  await readRows<[string, number, number, number, number, number]>(
    client,
    { text: daysSql, values: [network.id, today, fromDay] },
    counts,
  );
  await readRows<[string, number, number, number, number, number]>(
    client,
    { text: hoursSql, values: [network.id, today, beforeHour] },
    counts,
  );
  const outages = toOutagesSql(fromDay > 0);
  const values = [network.id, beforeHour * SLOTS_PER_HOUR, ...(fromDay > 0 ? [fromDay] : [])];
  await readRows<[string, number, number, number]>(
    client,
    { text: outages, values },
    ([provider, day, failed, repaired]) => sums.add(provider, day, { failures: failed, repairs: repaired }),
  );
  return sums.list();
}

const daysSql = `
  select n.provider_id, d.day, sum(d.up)::int, sum(d.known)::int, sum(d.maintenance)::int, sum(d.maintenance_up)::int
  from node_day d
  join heartbeat_node n on n.node_key = d.node_key and n.network_id = $1 and n.provider_id is not null
  where d.day >= $3 and d.day < $2
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
 * By provider and day how many began and how many ended. Where no minute of an outage is unknown its second one is the next, and so it is
 * of the same day where all of the outage is; where none of the day after it is unknown, or one of the same hour is up, it ended
 * with the next. The rest, which are few, are looked up in the verdicts.
 */
function toOutagesSql(isWindow: boolean): string {
  return `
    with timed as (
      select n.provider_id,
        case when o.down = o.last_slot - o.from_slot + 1
            or (o.from_slot / 1440 = o.last_slot / 1440 and o.last_slot < $2) then o.from_slot + 1
          else ${findSlot('known & ~v.up', 'o.from_slot')} end as failed_slot,
        case when not o.ended then null when d.known = 1440 then o.last_slot + 1
          else coalesce(${findInHour}, ${findSlot('up', 'o.last_slot')}) end as repaired_slot
      from ${isWindow ? windowSql : 'outage o'}
      join heartbeat_node n on n.node_key = o.node_key and n.network_id = $1 and n.provider_id is not null
      left join node_day d on d.node_key = o.node_key and d.day = (o.last_slot + 1) / 1440
    )
    select provider_id, day, sum(failed)::int, sum(repaired)::int
    from (
      select provider_id, failed_slot / 1440 as day, count(*) as failed, 0 as repaired from timed
      where failed_slot < $2 group by 1, 2
      union all
      select provider_id, repaired_slot / 1440, 0, count(*) from timed where repaired_slot < $2 group by 1, 2
    ) as counted
    ${isWindow ? 'where day >= $3' : ''}
    group by 1, 2
  `;
}

/** Those that can have to do with days from $3 on: of the ones before, a node's last one may have ended there. */
const windowSql = `(
  select * from outage where last_slot >= $3::int * 1440 - 1
  union all
  select old.* from heartbeat_node one
  cross join lateral (
    select * from outage o where o.node_key = one.node_key and o.from_slot < $3::int * 1440 and o.last_slot < $3::int * 1440 - 1
    order by o.from_slot desc limit 1
  ) as old
  where one.network_id = $1
) as o`;

/** The minute after it, where in the same hour one is up: an hour counts as a whole. */
const findInHour = `(
  select o.last_slot + 1 from node_verdict v
  where v.node_key = o.node_key and v.hour = (o.last_slot + 1) / 60 and v.up >> ((o.last_slot + 1) % 60) <> 0)`;

/** The first slot after one that has a bit. */
function findSlot(bits: string, after: string): string {
  return `(
    select v.hour * 60 + bit
    from node_verdict v cross join generate_series(0, 59) as bit
    where v.node_key = o.node_key and v.hour >= (${after} + 1) / 60 and v.hour * 60 + bit > ${after}
      and ((v.${bits}) >> bit) & 1 = 1
    order by v.hour, bit limit 1)`;
}
