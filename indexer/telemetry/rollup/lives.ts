import { FULL_HOUR } from '../../../schema/heartbeat/slots.js';

/**
 * What is expected of whom: a node from its first beat in time and its registration on, wherever no version of it says that it is
 * not active. A subject that the chain knows nothing of (it is being read again) is judged by its beats alone. `away` and
 * `maintained` have the slots of an hour in which it was not registered, and those of announced maintenance.
 */
export function toLives(filter = 'true'): string {
  return `
  life as (
    select n.node_key, n.node_id, f.id is not null as is_node,
      greatest(n.first_slot, ceil(extract(epoch from coalesce(f.time, p.time)) / 60)::int) as from_slot
    from heartbeat_node n
    left join node f on f.id = n.node_id
    left join provider p on p.id = n.node_id
    where n.network_id = $1 and n.first_slot is not null and ${filter}
  ), pause as (
    select l.node_key, v.chain_id, v.height_from, v.height_to
    from life l join node_version v on v.node_id = l.node_id and not v.active
    where l.is_node
    union all
    select l.node_key, v.chain_id, v.height_from, v.height_to
    from life l join provider_version v on v.provider_id = l.node_id and not v.active
    where not l.is_node
  ), away as (
    select p.node_key, e.hour, ${orRange('p.from_slot', 'p.to_slot')} as slots
    from (
      select node_key, floor(extract(epoch from ${timeOf('height_from')}) / 60)::int as from_slot,
        coalesce(ceil(extract(epoch from ${timeOf('height_to')}) / 60)::int, 2147483647) as to_slot
      from pause
    ) as p
    join electorate e on p.from_slot < (e.hour + 1) * 60 and p.to_slot > e.hour * 60
    group by p.node_key, e.hour
  ), maintained as (
    select m.node_key, e.hour, ${orRange('m.from_slot', 'm.to_slot')} as slots
    from maintenance_notice m
    join life l on l.node_key = m.node_key
    join electorate e on m.from_slot < (e.hour + 1) * 60 and m.to_slot > e.hour * 60
    group by m.node_key, e.hour
  )
`;
}

/** Of a row of `life` (l), an hour (e) and what there may be in `away` (a). */
export const expectedSlots = `~coalesce(a.slots, 0) & case when l.from_slot <= e.hour * 60 then ${FULL_HOUR}
  when l.from_slot >= (e.hour + 1) * 60 then 0
  else ${FULL_HOUR} & ~((1::bigint << (l.from_slot - e.hour * 60)) - 1) end`;

/** Of a row of `pause`. One look at the key for each: a join would read the blocks of all chains. */
function timeOf(height: string): string {
  return `(select b.time from block b where b.chain_id = pause.chain_id and b.height = pause.${height})`;
}

/** The bits of slots `[from, to)` within hour `e.hour`. */
function orRange(from: string, to: string): string {
  const low = `greatest(${from} - e.hour * 60, 0)`;
  const high = `least(${to} - e.hour * 60, 60)`;
  return `bit_or(((1::bigint << (${high} - ${low})) - 1) << ${low})`;
}
