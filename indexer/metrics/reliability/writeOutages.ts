import type pg from 'pg';
import type { OutageRun } from '../../../schema/metrics/formulas/reliability/outageRuns.js';

/** What was looked at anew of a node, and all outages that begin in it. Slots `[fromSlot, toSlot)`. */
export interface Rederived {
  readonly nodeKey: number;
  readonly fromSlot: number;
  readonly toSlot: number;
  readonly outages: readonly OutageRun[];
}

/** Beyond all slots there are. */
export const LAST_SLOT = 2_147_483_647;

/**
 * Writes what differs, and tells in which hours outages begin or end now that did not, or did before, and an hour of each day that
 * an outage has come to hold, or holds no more. What an outage has held all along is as it was.
 */
export async function writeOutages(client: pg.ClientBase, rederived: readonly Rederived[]): Promise<readonly number[]> {
  const hours = new Set<number>();
  for (let from = 0; from < rederived.length; from += NODES_AT_ONCE) {
    const nodes = rederived.slice(from, from + NODES_AT_ONCE);
    const outages = nodes.flatMap(({ nodeKey, outages }) => outages.map((outage) => ({ nodeKey, ...outage })));
    const { rows } = await client.query<{ hour: number }>(replaceSql, [
      nodes.map(({ nodeKey }) => nodeKey),
      nodes.map(({ fromSlot }) => fromSlot),
      nodes.map(({ toSlot }) => toSlot),
      ...toColumns(outages),
    ]);
    for (const { hour } of rows) hours.add(hour);
  }
  return [...hours];
}

const NODES_AT_ONCE = 1_000;

/** Where the network has none. */
export async function insertOutages(client: pg.ClientBase, rederived: readonly Rederived[]): Promise<void> {
  const outages = rederived.flatMap(({ nodeKey, outages }) => outages.map((outage) => ({ nodeKey, ...outage })));
  await client.query(
    `insert into outage (node_key, from_slot, last_slot, down, ended)
     select * from unnest($1::int[], $2::int[], $3::int[], $4::int[], $5::boolean[])`,
    toColumns(outages),
  );
}

function toColumns(outages: readonly (OutageRun & { readonly nodeKey: number })[]): unknown[] {
  return [
    outages.map(({ nodeKey }) => nodeKey),
    outages.map(({ fromSlot }) => fromSlot),
    outages.map(({ lastSlot }) => lastSlot),
    outages.map(({ down }) => down),
    outages.map(({ ended }) => ended),
  ];
}

const replaceSql = `
  with stale as (
    select o.ctid as place, o.node_key, o.from_slot, o.last_slot, o.down, o.ended
    from unnest($1::int[], $2::int[], $3::int[]) as span (node_key, from_slot, to_slot)
    cross join lateral (
      -- One node after the other by the index, whatever the planner takes the table for.
      select o.ctid, o.* from outage o
      where o.node_key = span.node_key and o.from_slot >= span.from_slot and o.from_slot < span.to_slot
      offset 0
    ) as o
  ), given as (
    select * from unnest($4::int[], $5::int[], $6::int[], $7::int[], $8::boolean[])
      as given (node_key, from_slot, last_slot, down, ended)
  ), changed as (
    select coalesce(g.node_key, s.node_key) as node_key, coalesce(g.from_slot, s.from_slot) as from_slot, g.last_slot,
      g.down, g.ended, s.last_slot as stale_last, s.ended as stale_ended, s.place
    from stale s
    full join given g on g.node_key = s.node_key and g.from_slot = s.from_slot
    where (g.last_slot, g.down, g.ended) is distinct from (s.last_slot, s.down, s.ended)
  ), gone as (
    -- By where they lie: of a table that grows within the transaction nothing is known, and a join may read all of it for each.
    delete from outage where ctid = any (array(select place from changed where last_slot is null))
  ), put as (
    insert into outage (node_key, from_slot, last_slot, down, ended)
    select node_key, from_slot, last_slot, down, ended from changed where last_slot is not null
    order by node_key, from_slot
    on conflict (node_key, from_slot) do update set
      last_slot = excluded.last_slot, down = excluded.down, ended = excluded.ended
  ), noted as (
    insert into outage_node (node_key) select distinct node_key from changed
  ), held as (
    -- From one slot to another, both included: all of an outage that is new or gone, else where it ends now and where it ended. Of one
    -- that goes on within a day nothing stands in the hour in which it went on before.
    select case when last_slot is null or stale_last is null then from_slot
        when stale_ended or last_slot / 1440 <> stale_last / 1440 then least(last_slot, stale_last) else last_slot end as from_slot,
      case when last_slot is null or stale_last is null or stale_ended or last_slot / 1440 <> stale_last / 1440
        then greatest(last_slot, stale_last) else last_slot end as to_slot
    from changed
  )
  select from_slot / 60 as hour from held
  union
  select to_slot / 60 from held
  union
  select generate_series(from_slot / 1440 + 1, to_slot / 1440 - 1) * 24 from held
`;
