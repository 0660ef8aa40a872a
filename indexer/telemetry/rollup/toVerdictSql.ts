import { toThresholds } from '../../../schema/heartbeat/judgeSlots.js';
import { expectedSlots, toLives } from './lives.js';

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
    ), ${toLives()}, judged as (
      select l.node_key, e.hour, expected.slots as expected, (${ups.join(' | ')}) & expected.slots as up,
        (${[...ups, ...downs].join(' | ')}) & expected.slots as known,
        nullif(coalesce(m.slots, 0) & expected.slots, 0) as maintenance
      from life l
      join electorate e on l.from_slot < (e.hour + 1) * 60
      left join away a on a.node_key = l.node_key and a.hour = e.hour
      left join maintained m on m.node_key = l.node_key and m.hour = e.hour
      left join heard h on h.node_key = l.node_key and h.hour = e.hour
      ${countVotes(groups)}
      cross join lateral (select ${expectedSlots} as slots) as expected
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
