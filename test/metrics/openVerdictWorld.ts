import type pg from 'pg';
import { rollOutages } from '../../indexer/metrics/reliability/rollOutages.js';
import { rollWindows } from '../../indexer/metrics/reliability/rollWindows.js';
import { type RollContext, toFound } from '../../indexer/metrics/roll/RollStep.js';
import { ensureHours } from '../../indexer/telemetry/beats/partitions.js';
import { sql as rollupSql } from '../../indexer/telemetry/rollup/sql.js';
import { createPool } from '../../schema/database.js';
import { createTestDatabase } from '../testDatabase.js';

/** What was judged of a slot; absent: it was not expected. */
export type Slot = 'up' | 'down' | 'unknown' | 'absent' | 'upInMaintenance' | 'downInMaintenance';

export const NETWORK = 'net';

/** Verdicts as telemetry leaves them, without beats: of any node and hour, changed at will. */
export interface VerdictWorld {
  readonly pool: pg.Pool;
  /** Sixty slots of a node's hour, by minute. */
  judge(nodeKey: number, hour: number, slots: readonly Slot[]): void;
  /** All hours from one up to another are closed, whether or not anybody was expected in them. */
  close(fromHour: number, toHour: number): Promise<void>;
  /** Writes what was judged since, with the days of it. */
  flush(): Promise<readonly number[]>;
  /** Both steps, in a transaction of their own. */
  roll(options: { hours: readonly number[]; headHour: number; isRebuild?: boolean }): Promise<readonly number[]>;
  /** What the steps made, without numbers of subjects. */
  dump(): Promise<{ readonly outages: unknown[]; readonly windows: unknown[] }>;
  /** Empties what the steps made. */
  clear(): Promise<void>;
  /** The slots of a node in order, from the first hour up to another, as far as there are any. */
  line(nodeKey: number, toHour: number): readonly { readonly slot: number; readonly verdict: Slot }[];
  end(): Promise<void>;
}

export async function openVerdictWorld({
  nodes,
  firstHour,
}: {
  readonly nodes: number;
  readonly firstHour: number;
}): Promise<VerdictWorld> {
  const database = await createTestDatabase();
  const pool = createPool(database.url, { role: 'test', max: 2 });
  await pool.query(
    `insert into heartbeat_node (node_id, network_id, provider_id, first_slot)
     select '${NETWORK}:n' || n, '${NETWORK}', '${NETWORK}:p' || n % 3, $2 from generate_series(1, $1) n`,
    [nodes, firstHour * 60],
  );
  const verdicts = new Map<number, Map<number, readonly Slot[]>>();
  let changed = new Map<string, { nodeKey: number; hour: number; slots: readonly Slot[] }>();
  return {
    pool,
    judge(nodeKey, hour, slots) {
      const hours = verdicts.get(nodeKey) ?? new Map();
      verdicts.set(nodeKey, hours.set(hour, slots));
      changed.set(`${nodeKey} ${hour}`, { nodeKey, hour, slots });
    },
    async close(fromHour, toHour) {
      await pool.query(
        `insert into network_hour (network_id, hour, observer, receipts, healthy)
         select '${NETWORK}', hour, 1, '{}', 0 from generate_series($1::int, $2::int - 1) hour on conflict do nothing`,
        [fromHour, toHour],
      );
    },
    async flush() {
      const rows = [...changed.values()];
      changed = new Map();
      await writeVerdicts(pool, rows);
      return [...new Set(rows.map(({ hour }) => hour))].sort((one, other) => one - other);
    },
    roll: ({ hours, headHour, isRebuild = false }) => roll(pool, { hours, headHour, isRebuild }),
    dump: async () => ({
      outages: (await pool.query('select * from outage order by node_key, from_slot')).rows,
      windows: (await pool.query(dumpWindows)).rows,
    }),
    async clear() {
      await pool.query('truncate outage, uptime_window, window_end, metric_subject');
    },
    line: (nodeKey, toHour) =>
      [...(verdicts.get(nodeKey) ?? [])]
        .filter(([hour]) => hour < toHour)
        .sort(([one], [other]) => one - other)
        .flatMap(([hour, slots]) => slots.map((verdict, at) => ({ slot: hour * 60 + at, verdict }))),
    async end() {
      await pool.end();
      await database.drop();
    },
  };
}

const dumpWindows = `
  select s.kind, s.id, w.* from uptime_window w join metric_subject s using (subject_key)
  join window_end e using (network_id) order by s.kind, s.id, w.days
`.replace(
  'w.*',
  `w.days, e.to_hour, w.nodes, w.up, w.known, w.expected, w.maintenance, w.maintenance_up, w.failures, w.repairs,
  w.repaired_down, w.outage_down, w.longest_down, w.effective_n, w.lower, w.upper`,
);

async function writeVerdicts(
  pool: pg.Pool,
  rows: readonly { readonly nodeKey: number; readonly hour: number; readonly slots: readonly Slot[] }[],
): Promise<void> {
  if (rows.length === 0) return;
  const hours = rows.map(({ hour }) => hour);
  const [first, last] = [Math.min(...hours), Math.max(...hours)];
  await ensureHours(pool, first, last);
  const bits = (slots: readonly Slot[], isSet: (slot: Slot) => boolean) =>
    String(slots.reduce((sum, slot, at) => (isSet(slot) ? sum | (1n << BigInt(at)) : sum), 0n));
  const isUp = (slot: Slot) => slot === 'up' || slot === 'upInMaintenance';
  const isKnown = (slot: Slot) => slot !== 'unknown' && slot !== 'absent';
  await pool.query(
    `with given as (
       select * from unnest($1::int[], $2::int[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[])
         as given (node_key, hour, up, known, expected, maintenance)
     ), gone as (
       delete from node_verdict v using given g where v.node_key = g.node_key and v.hour = g.hour and g.expected = 0
     )
     insert into node_verdict (node_key, hour, up, known, expected, maintenance)
     select node_key, hour, up, known, expected, nullif(maintenance, 0) from given where expected <> 0
     on conflict (node_key, hour) do update set
       up = excluded.up, known = excluded.known, expected = excluded.expected, maintenance = excluded.maintenance`,
    [
      rows.map(({ nodeKey }) => nodeKey),
      hours,
      rows.map(({ slots }) => bits(slots, isUp)),
      rows.map(({ slots }) => bits(slots, isKnown)),
      rows.map(({ slots }) => bits(slots, (slot) => slot !== 'absent')),
      rows.map(({ slots }) => bits(slots, (slot) => slot.endsWith('Maintenance'))),
    ],
  );
  await pool.query(rollupSql.sumNodeDays, [NETWORK, Math.floor(first / 24), Math.floor(last / 24)]);
}

async function roll(
  pool: pg.Pool,
  { hours, headHour, isRebuild }: { hours: readonly number[]; headHour: number; isRebuild: boolean },
): Promise<readonly number[]> {
  const client = await pool.connect();
  try {
    await client.query('begin isolation level repeatable read');
    const head = { height: 1, time: new Date(headHour * 3_600_000), hour: headHour };
    // The steps look at the network's id alone.
    const network = { id: NETWORK } as RollContext['network'];
    const context = { client, network, manifest: {} as RollContext['manifest'], head, hours, isRebuild };
    const found = [await rollOutages(context), await rollWindows(context)];
    const further = found.flatMap((one) => toFound(one).hours);
    await client.query('commit');
    return further;
  } catch (thrown) {
    await client.query('rollback');
    throw thrown;
  } finally {
    client.release();
  }
}
