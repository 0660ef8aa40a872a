import type pg from 'pg';
import { ensureSlots } from '../../indexer/telemetry/beats/partitions.js';
import { registerNodes, registerObserver } from '../../indexer/telemetry/beats/registerNodes.js';
import { closeHours } from '../../indexer/telemetry/rollup/closeHours.js';
import { createPool } from '../../schema/database.js';
import { SLOTS_PER_DAY } from '../../schema/heartbeat/slots.js';
import { createTestDatabase } from '../testDatabase.js';

/** A beat that a gateway has taken, as the tables of a writer hold it. */
export interface StoredBeat {
  readonly nodeKey: number;
  readonly slot: number;
  readonly observer: number;
  readonly late?: boolean;
  readonly digest: bigint;
  readonly rttUs?: number;
  readonly utilPermille?: number;
  readonly memoryPermille?: number;
  readonly delegationKey?: number;
  readonly counter?: number;
}

export interface RollupWorld {
  readonly pool: pg.Pool;
  /** Nodes of one network; their keys. */
  register(networkId: string, count: number): Promise<readonly number[]>;
  observe(name: string, networkGroup?: string): Promise<number>;
  /** The observer could take beats in all 60 seconds of these slots. */
  keepAlive(observer: number, slots: readonly number[], seconds?: number): Promise<void>;
  /** In one transaction, as a writer does it. */
  write(beats: readonly StoredBeat[]): Promise<void>;
  close(options: { readonly atHour: number; readonly minObservers?: number }): Promise<void>;
  /** All rows of the tables that must come out the same, as one text for each. */
  dump(): Promise<Readonly<Record<string, string>>>;
  end(): Promise<void>;
}

export async function openRollupWorld(): Promise<RollupWorld> {
  const database = await createTestDatabase();
  const pool = createPool(database.url, { role: 'test', max: 4 });
  return {
    pool,
    register: (networkId, count) =>
      registerNodes(
        pool,
        Array.from({ length: count }, (_, index) => ({
          nodeId: `${networkId}:${String(index).padStart(4, '0')}`,
          networkId,
          providerId: null,
        })),
      ),
    observe: (name, networkGroup = name) => registerObserver(pool, { name, networkGroup }),
    async keepAlive(observer, slots, seconds = 60) {
      const alive = String((1n << BigInt(seconds)) - 1n);
      await pool.query(
        `insert into observer_slot (observer, slot, alive) select $1, slot, $3::bigint from unnest($2::int[]) as slot
         on conflict (observer, slot) do update set alive = observer_slot.alive | excluded.alive`,
        [observer, slots, alive],
      );
    },
    async write(beats) {
      const days = new Set(beats.map(({ slot }) => Math.floor(slot / SLOTS_PER_DAY)));
      for (const day of days) await ensureSlots(pool, day * SLOTS_PER_DAY, day * SLOTS_PER_DAY);
      await writeBeats(pool, beats);
    },
    async close({ atHour, minObservers = 1 }) {
      // Eleven minutes after the end of the hour.
      await closeHours({ pool, now: (atHour + 1) * 3_600_000 + 660_000, minObservers });
    },
    dump: () => dumpTables(pool),
    async end() {
      await pool.end();
      await database.drop();
    },
  };
}

async function writeBeats(pool: pg.Pool, beats: readonly StoredBeat[]): Promise<void> {
  if (beats.length === 0) return;
  const columns = [
    beats.map(({ digest }) => String(digest)),
    beats.map(({ nodeKey }) => nodeKey),
    beats.map(({ slot }) => slot),
    beats.map(({ observer }) => observer),
    beats.map(({ late }) => late === true),
    beats.map(({ rttUs }) => rttUs ?? null),
    beats.map(({ utilPermille }) => utilPermille ?? null),
    beats.map(({ memoryPermille }) => memoryPermille ?? null),
    beats.map(({ delegationKey }) => delegationKey ?? 1),
    beats.map(({ counter }) => counter ?? 1),
  ];
  const given = `unnest($1::bigint[], $2::int[], $3::int[], $4::int[], $5::bool[], $6::int[], $7::int[], $8::int[], $9::int[],
    $10::int[]) as b (digest, node_key, slot, observer, late, rtt_us, util, memory, delegation_key, counter)`;
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query(
      `insert into heartbeat (digest, node_key, slot, observer, delegation_key, counter, sent_cs, received_cs, rtt_us,
         util_permille, memory_permille)
       select digest, node_key, slot, observer, delegation_key, counter, 100, case when late then 9100 else 200 end, rtt_us,
         util, memory
       from ${given}`,
      columns,
    );
    await client.query(
      `insert into node_hour_open as o (node_key, hour, observer, up, late)
       select node_key, slot / 60, observer,
         coalesce(bit_or(1::bigint << (slot % 60)) filter (where not late), 0),
         coalesce(bit_or(1::bigint << (slot % 60)) filter (where late), 0)
       from ${given}
       where $6::int[] is not null and $7::int[] is not null and $8::int[] is not null and $9::int[] is not null
         and $10::int[] is not null and $1::bigint[] is not null
       group by 1, 2, 3 order by 1, 2, 3
       on conflict (node_key, hour, observer) do update set up = o.up | excluded.up, late = o.late | excluded.late`,
      columns,
    );
    await client.query('commit');
  } finally {
    client.release();
  }
}

const dumped = {
  node_hour: 'node_key, hour, observer',
  node_verdict: 'node_key, hour',
  node_day: 'node_key, day',
  network_day: 'network_id, day',
  network_hour: 'network_id, hour, observer',
  node_standing: 'node_key',
  heartbeat_node: 'node_key',
  beat_flag: 'node_key, hour, reason',
} as const;

export type DumpedTable = keyof typeof dumped;

async function dumpTables(pool: pg.Pool): Promise<Readonly<Record<string, string>>> {
  const dump: Record<string, string> = {};
  for (const [table, key] of Object.entries(dumped)) {
    const { rows } = await pool.query<{ count: number; digest: string }>(
      `select count(*) as count, coalesce(md5(string_agg(t::text, E'\\n' order by ${key})), '') as digest from ${table} t`,
    );
    dump[table] = `${rows[0]?.count} ${rows[0]?.digest}`;
  }
  return dump;
}

/** All slots of hours `[fromHour, toHour)`. */
export function listSlots(fromHour: number, toHour: number): readonly number[] {
  return Array.from({ length: (toHour - fromHour) * 60 }, (_, index) => fromHour * 60 + index);
}
