import type pg from 'pg';
import type { HourRange } from './HourRange.js';
import { expectedSlots, toLives } from './lives.js';

/**
 * Closed hours in which something else is expected by now than was: the chain may be read later than the beats come, and a node
 * that left it is not down from then on.
 */
export async function findStale(
  client: pg.ClientBase,
  { networkId, watched }: { readonly networkId: string; readonly watched: HourRange },
): Promise<readonly number[]> {
  const { rows } = await client.query<{ hour: number }>(staleSql, [networkId, watched.fromHour, watched.toHour]);
  return rows.map(({ hour }) => hour);
}

/**
 * Only nodes of which the chain said something in these hours are looked at. Of each chain the first block of them is found in
 * the index of its times; heights grow with time.
 */
export const staleSql = `
  with electorate as (
    select distinct hour from network_hour where network_id = $1 and hour between $2 and $3
  ), recent as (
    select c.chain_id, b.height
    from chain c
    cross join lateral (
      select height from block where chain_id = c.chain_id and time >= to_timestamp($2 * 3600::bigint)
      order by time, height limit 1
    ) as b
  ), changed as (
    select v.node_id as id from node_version v join recent r on r.chain_id = v.chain_id and r.height <= v.height_from
    union
    select v.provider_id from provider_version v join recent r on r.chain_id = v.chain_id and r.height <= v.height_from
  ), ${toLives('n.node_id in (select id from changed)')}
  select distinct e.hour
  from life l
  cross join electorate e
  left join away a on a.node_key = l.node_key and a.hour = e.hour
  left join node_verdict v on v.node_key = l.node_key and v.hour = e.hour and v.hour between $2 and $3
  where coalesce(v.expected, 0) <> (${expectedSlots})
  order by e.hour
`;
