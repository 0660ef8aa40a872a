import type pg from 'pg';
import { assert } from '../../../schema/lib/assert.js';
import { type DownRun, foldHalfHour } from '../../../schema/metrics/formulas/reliability/outageRuns.js';
import type { OpenRuns } from './verdictRuns.js';

/** The last hour before a time in which anything is known of a node; null: all there was to look at is unknown. */
interface LastHour {
  readonly node_key: number;
  /** Nothing later than this hour is known of it; null: nothing at all. */
  readonly before: number | null;
  readonly hour: number | null;
  readonly up_low: number;
  readonly up_high: number;
  readonly known_low: number;
  readonly known_high: number;
}

/**
 * The runs of down slots that nodes of a network are in when an hour begins, by what lies before it. Of outages that are written
 * down the beginning is taken from there: what lies before that hour has not changed since.
 */
export async function findTrailingRuns(
  client: pg.ClientBase,
  { networkId, hour }: { readonly networkId: string; readonly hour: number },
): Promise<OpenRuns> {
  const runs: OpenRuns = new Map();
  const begun: { nodeKey: number; run: DownRun }[] = [];
  let { rows } = await client.query<LastHour>(hourBefore, [networkId, hour]);
  while (rows.length > 0) {
    const further = rows.filter((row) => row.hour === null && row.before !== null);
    for (const row of rows) {
      if (row.hour === null) continue;
      const { run, hasUp } = toTail(row, row.hour);
      if (run && hasUp) runs.set(row.node_key, run);
      else if (run) begun.push({ nodeKey: row.node_key, run });
    }
    if (further.length === 0) break;
    const values = [further.map(({ node_key }) => node_key), further.map(({ before }) => before)];
    ({ rows } = await client.query<LastHour>(lastHours, values));
  }
  for (const [nodeKey, run] of await completeRuns(client, { hour, begun })) runs.set(nodeKey, run);
  return runs;
}

const bits = `(v.up & 1073741823)::int as up_low, (v.up >> 30)::int as up_high, (v.known & 1073741823)::int as known_low,
  (v.known >> 30)::int as known_high`;

/** $1 network, $2 hour. Nodes that the hour before it ends with a down slot of, and those that nothing is known of in it. */
const hourBefore = `
  select n.node_key, $2::int - 1 as before, v.hour, ${bits}
  from heartbeat_node n
  left join node_verdict v on v.node_key = n.node_key and v.hour = $2::int - 1 and v.known <> 0
  where n.network_id = $1 and n.first_slot < $2::int * 60 and (v.hour is null or v.known & ~v.up > v.up)
`;

/** $1 nodes, $2 hours. Of each the last hour before it that is known, as far as the last day goes in which one is. */
const lastHours = `
  select k.node_key, d.day * 24 as before, v.*
  from unnest($1::int[], $2::int[]) as k (node_key, before)
  left join lateral (
    select d.day from node_day d
    where d.node_key = k.node_key and d.day <= (k.before - 1) / 24 and d.known > 0
    order by d.day desc limit 1
  ) as d on true
  left join lateral (
    select v.hour, ${bits}
    from node_verdict v
    where v.node_key = k.node_key and v.hour >= d.day * 24 and v.hour < least(k.before, (d.day + 1) * 24) and v.known <> 0
    order by v.hour desc limit 1
  ) as v on true
`;

/** The down slots at the end of an hour, and whether an up slot comes before them within it. */
function toTail(row: LastHour, hour: number): { readonly run: DownRun | null; readonly hasUp: boolean } {
  const ignore = () => undefined;
  const low = { fromSlot: hour * 60, up: row.up_low, known: row.known_low };
  const high = { fromSlot: hour * 60 + 30, up: row.up_high, known: row.known_high };
  const run = foldHalfHour(foldHalfHour(null, low, ignore), high, ignore);
  return { run, hasUp: row.up_low !== 0 || row.up_high !== 0 };
}

/** Runs that go back beyond the hour that was looked at: an outage that is written down, or a single slot. */
async function completeRuns(
  client: pg.ClientBase,
  {
    hour,
    begun,
  }: { readonly hour: number; readonly begun: readonly { readonly nodeKey: number; readonly run: DownRun }[] },
): Promise<readonly (readonly [number, DownRun])[]> {
  if (begun.length === 0) return [];
  const { rows } = await client.query<{ node_key: number; from_slot: number; down: number }>(outagesOf, [
    begun.map(({ nodeKey }) => nodeKey),
    begun.map(({ run }) => run.fromSlot),
    hour,
  ]);
  const outages = new Map(rows.map((row) => [row.node_key, row]));
  return begun.map(({ nodeKey, run }) => {
    const outage = outages.get(nodeKey);
    assert(outage || run.down === 1, `an outage of node ${nodeKey} that holds slot ${run.fromSlot}`);
    return [nodeKey, outage ? { ...run, fromSlot: outage.from_slot, down: outage.down } : run];
  });
}

/**
 * $1 nodes, $2 a down slot of each, $3 hour. The outage that holds the slot, and how much of it lies before the hour: within an
 * outage everything that is known is down, so that whole days can be taken as such.
 */
const outagesOf = `
  select k.node_key, o.from_slot, case when o.last_slot < $3::int * 60 then o.down else (
      select coalesce(sum(d.known), 0) from node_day d
      where d.node_key = k.node_key and d.day > o.from_slot / 1440 and d.day < $3::int / 24
    ) + (
      select coalesce(sum(bit_count((v.known >> case when v.hour = o.from_slot / 60 then o.from_slot % 60 else 0 end)::bit(64))), 0)
      from node_verdict v
      where v.node_key = k.node_key and v.hour >= o.from_slot / 60 and v.hour < $3::int
        and (v.hour < (o.from_slot / 1440 + 1) * 24 or v.hour >= $3::int / 24 * 24)
    ) end::int as down
  from unnest($1::int[], $2::int[]) as k (node_key, slot)
  cross join lateral (
    select o.from_slot, o.last_slot, o.down from outage o
    where o.node_key = k.node_key and o.from_slot <= k.slot
    order by o.from_slot desc limit 1
  ) as o
  where o.last_slot >= k.slot
`;
