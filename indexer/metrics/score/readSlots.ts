import type pg from 'pg';
import { readRows } from './readRows.js';

/** What the machines of a provider were, in a day or an hour. */
export interface SlotCounts {
  readonly up: number;
  readonly known: number;
  readonly maintenance: number;
  readonly maintenanceUp: number;
}

type CountsRow = readonly [provider: string, unit: number, ...counts: number[]];

type OnCounts = (provider: string, unit: number, counts: SlotCounts) => void;

/** By provider and day, of whole days `[fromDay, toDay)`. */
export async function readDays(
  client: pg.ClientBase,
  of: { readonly networkId: string; readonly fromDay: number; readonly toDay: number },
  onDay: OnCounts,
): Promise<void> {
  if (of.fromDay >= of.toDay) return;
  await readRows<CountsRow>(client, { text: daysSql, values: [of.networkId, of.fromDay, of.toDay] }, hand(onDay));
}

/** By provider and hour, of hours `[fromHour, toHour)`. */
export async function readHours(
  client: pg.ClientBase,
  of: { readonly networkId: string; readonly fromHour: number; readonly toHour: number },
  onHour: OnCounts,
): Promise<void> {
  if (of.fromHour >= of.toHour) return;
  await readRows<CountsRow>(client, { text: hoursSql, values: [of.networkId, of.fromHour, of.toHour] }, hand(onHour));
}

function hand(onCounts: OnCounts) {
  return ([provider, unit, up = 0, known = 0, maintenance = 0, maintenanceUp = 0]: CountsRow) =>
    onCounts(provider, unit, { up, known, maintenance, maintenanceUp });
}

const daysSql = `
  select n.provider_id, d.day, sum(d.up)::int, sum(d.known)::int, sum(d.maintenance)::int, sum(d.maintenance_up)::int
  from node_day d
  join heartbeat_node n on n.node_key = d.node_key and n.network_id = $1 and n.provider_id is not null
  where d.day >= $2 and d.day < $3
  group by 1, 2
`;

const hoursSql = `
  select n.provider_id, v.hour, sum(bit_count(v.up::bit(64)))::int, sum(bit_count(v.known::bit(64)))::int,
    coalesce(sum(bit_count((v.known & v.maintenance)::bit(64))), 0)::int,
    coalesce(sum(bit_count((v.up & v.maintenance)::bit(64))), 0)::int
  from node_verdict v
  join heartbeat_node n on n.node_key = v.node_key and n.network_id = $1 and n.provider_id is not null
  where v.hour >= $2 and v.hour < $3
  group by 1, 2
`;

export interface OutageCounts {
  /** Outages that began, and that ended. */
  readonly failures: number;
  readonly repairs: number;
}

/**
 * By provider how many outages began and how many ended in slots `[fromSlot, toSlot)`: by the hour from `hourlyFrom` on, by the day before.
 * An outage counts at its second minute and its end at the first minute up again, for nobody knows of either before: a score as of
 * midnight does not change by what the next day says.
 */
export async function readOutages(
  client: pg.ClientBase,
  of: {
    readonly networkId: string;
    readonly fromSlot: number;
    readonly toSlot: number;
    readonly hourlyFrom: number;
  },
  onOutages: (at: { provider: string; day: number | null; hour: number | null }, counts: OutageCounts) => void,
): Promise<void> {
  await readRows<[string, number | null, number | null, number, number]>(
    client,
    { text: outagesSql, values: [of.networkId, of.fromSlot, of.toSlot, of.hourlyFrom] },
    ([provider, day, hour, failures, repairs]) => onOutages({ provider, day, hour }, { failures, repairs }),
  );
}

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

/** Minutes of an outage that has an index of its own, so that the others are found by their beginning. */
const LONG = 360;

/**
 * Of outages that were over an hour before the first slot a node's last one alone can have to do with it, and only where nobody knows
 * the node to have been up in that hour: then it may have ended since.
 */
const candidatesSql = `(
  select * from outage where from_slot >= $2::int - 60 - ${LONG} and last_slot >= $2::int - 60
  union all
  select * from outage
  where last_slot - from_slot >= ${LONG} and last_slot >= $2::int - 60 and from_slot < $2::int - 60 - ${LONG}
  union all
  select old.* from heartbeat_node one
  cross join lateral (
    select * from outage o where o.node_key = one.node_key and o.from_slot < $2::int - 60 and o.last_slot < $2::int - 60
    order by o.from_slot desc limit 1
  ) as old
  where one.network_id = $1 and $2::int > 0 and not exists (
    select from node_verdict v where v.node_key = one.node_key and v.hour = $2::int / 60 - 1 and v.up <> 0
  )
)`;

/**
 * Where no minute of an outage is unknown its second one is the next. Where it lies within a day, so does that, which is enough for
 * those of days. Where none of the day after it is unknown, or one of the same hour is up, it ended with the next. The rest, which are few,
 * are looked up in the verdicts.
 */
const outagesSql = `
  with timed as (
    select n.provider_id,
      case when o.down = o.last_slot - o.from_slot + 1
          or (o.from_slot / 1440 = o.last_slot / 1440 and o.last_slot < least($3::int, $4::int)) then o.from_slot + 1
        else ${findSlot('known & ~v.up', 'o.from_slot')} end as failed_slot,
      case when not o.ended then null when d.known = 1440 then o.last_slot + 1
        else coalesce(${findInHour}, ${findSlot('up', 'o.last_slot')}) end as repaired_slot
    from ${candidatesSql} as o
    join heartbeat_node n on n.node_key = o.node_key and n.network_id = $1 and n.provider_id is not null
    left join node_day d on d.node_key = o.node_key and d.day = (o.last_slot + 1) / 1440
  ), counted as (
    select provider_id, failed_slot as slot, 1 as failed, 0 as repaired from timed
    union all
    select provider_id, repaired_slot, 0, 1 from timed
  )
  select provider_id, case when slot < $4 then slot / 1440 end, case when slot >= $4 then slot / 60 end,
    sum(failed)::int, sum(repaired)::int
  from counted
  where slot >= $2 and slot < $3
  group by 1, 2, 3
`;
