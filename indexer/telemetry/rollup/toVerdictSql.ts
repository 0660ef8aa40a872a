import { toThresholds } from '../../../schema/heartbeat/judgeSlots.js';
import { FULL_HOUR } from '../../../schema/heartbeat/slots.js';

/**
 * The statement that judges all nodes of a network ($1) in hours from $2 to $3, for as many network groups as there are. Slots are
 * judged sixty at a time: `t<j>` holds those in which j groups or more heard the node, and of the slots in which exactly
 * k groups were healthy (`m<k>`) those are up that a strict majority of k heard. `judgeSlot` says the same of one slot.
 *
 * $4-$7 health of observers: hour, observer, number of its group from 1, slots. $8 the hours, from $9 on m1, m2, ….
 */
export function toVerdictSql(groups: number): string {
  const numbers = Array.from({ length: groups }, (_, index) => index + 1);
  const ups = numbers.map((k) => `(e.m${k} & v${groups}.t${toThresholds(k).up})`);
  const downs = numbers.map((k) => `(e.m${k} & ~v${groups}.t${toThresholds(k).down})`);
  return `
    with health as (
      select * from unnest($4::int[], $5::int[], $6::int[], $7::bigint[]) as given (hour, observer, place, healthy)
    ), electorate as (
      select * from unnest($8::int[]${numbers.map((k) => `, $${8 + k}::bigint[]`).join('')})
        as given (hour${numbers.map((k) => `, m${k}`).join('')})
    ), heard as (
      select h.node_key, h.hour, ${numbers
        .map((place) => `coalesce(bit_or(h.up & e.healthy) filter (where e.place = ${place}), 0) as x${place}`)
        .join(', ')}
      from node_hour h
      join health e on e.hour = h.hour and e.observer = h.observer
      join heartbeat_node n on n.node_key = h.node_key and n.network_id = $1
      where h.hour between $2 and $3
      group by h.node_key, h.hour
    ), ${lives}, judged as (
      select l.node_key, e.hour, expected.slots as expected, (${ups.join(' | ')}) & expected.slots as up,
        (${[...ups, ...downs].join(' | ')}) & expected.slots as known,
        nullif(coalesce(m.slots, 0) & expected.slots, 0) as maintenance
      from life l
      join electorate e on l.from_slot < (e.hour + 1) * 60
      left join away a on a.node_key = l.node_key and a.hour = e.hour
      left join maintained m on m.node_key = l.node_key and m.hour = e.hour
      left join heard h on h.node_key = l.node_key and h.hour = e.hour
      ${countVotes(groups)}
      cross join lateral (
        select ~coalesce(a.slots, 0) & case when l.from_slot <= e.hour * 60 then ${FULL_HOUR}
          else ${FULL_HOUR} & ~((1::bigint << (l.from_slot - e.hour * 60)) - 1) end as slots
      ) as expected
    ), gone as (
      delete from node_verdict v
      using heartbeat_node n, electorate e
      where n.node_key = v.node_key and n.network_id = $1 and v.hour = e.hour and v.hour between $2 and $3
        and not exists (
          select from judged j where j.node_key = v.node_key and j.hour = v.hour and j.expected <> 0)
    )
    insert into node_verdict as v (node_key, hour, up, known, expected, maintenance)
    select node_key, hour, up, known, expected, maintenance from judged where expected <> 0 order by node_key, hour
    on conflict (node_key, hour) do update set
      up = excluded.up, known = excluded.known, expected = excluded.expected, maintenance = excluded.maintenance
    where (v.up, v.known, v.expected, v.maintenance)
      is distinct from (excluded.up, excluded.known, excluded.expected, excluded.maintenance)
  `;
}

/**
 * Each group's slots are added to what those before it come to: j heard the node, or j - 1 and this one. `offset 0` keeps each
 * step from being written out in the next, which would double its length every time.
 */
function countVotes(groups: number): string {
  const steps = ['cross join lateral (select coalesce(h.x1, 0) as t1) as v1'];
  for (let place = 2; place <= groups; place += 1) {
    const before = `v${place - 1}`;
    const counts = Array.from({ length: place }, (_, index) => {
      const same = index + 1 < place ? `${before}.t${index + 1} | ` : '';
      const fewer = index > 0 ? `${before}.t${index} & ` : '';
      return `${same}(${fewer}coalesce(h.x${place}, 0)) as t${index + 1}`;
    });
    steps.push(`cross join lateral (select ${counts.join(', ')} offset 0) as v${place}`);
  }
  return steps.join('\n      ');
}

/**
 * What is expected of whom: a node from its first beat in time and its registration on, wherever no version of it says that it is
 * not active. A subject that the chain knows nothing of (it is being read again) is judged by its beats alone. `away` and
 * `maintained` have the slots of an hour in which it was not registered, and those of announced maintenance.
 */
const lives = `
  life as (
    select n.node_key, n.node_id, f.id is not null as is_node,
      greatest(n.first_slot, ceil(extract(epoch from coalesce(f.time, p.time)) / 60)::int) as from_slot
    from heartbeat_node n
    left join node f on f.id = n.node_id
    left join provider p on p.id = n.node_id
    where n.network_id = $1 and n.first_slot is not null
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
      select p.node_key, floor(extract(epoch from b.time) / 60)::int as from_slot,
        coalesce(ceil(extract(epoch from u.time) / 60)::int, 2147483647) as to_slot
      from pause p
      join block b on b.chain_id = p.chain_id and b.height = p.height_from
      left join block u on u.chain_id = p.chain_id and u.height = p.height_to
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

/** The bits of slots `[from, to)` within hour `e.hour`. */
function orRange(from: string, to: string): string {
  const low = `greatest(${from} - e.hour * 60, 0)`;
  const high = `least(${to} - e.hour * 60, 60)`;
  return `bit_or(((1::bigint << (${high} - ${low})) - 1) << ${low})`;
}
