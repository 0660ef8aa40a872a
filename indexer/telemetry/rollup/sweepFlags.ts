import type pg from 'pg';
import { toSlot } from '../../../schema/heartbeat/slots.js';
import type { Runtime } from '../../lib/runtime.js';
import { flagHardware } from './flagHardware.js';
import { rollupSettings } from './planner.js';
import { sql } from './sql.js';
import { transactUntil } from './transactUntil.js';

export interface SweepOptions {
  readonly pool: pg.Pool;
  /** Unix ms. */
  readonly now: number;
  /** What the sweep before gave back; left out, the slots are looked at of which batches are kept. */
  readonly swept?: Swept;
  /** The first slot that is looked at, instead. */
  readonly fromSlot?: number;
  /** By it the sweep rests after each piece for as long as that took; left out, it does not rest. */
  readonly runtime?: Runtime;
  /** Ends it between two pieces, or with an outage within one. */
  readonly signal?: AbortSignal;
}

export interface Swept {
  /** The last slot that was looked at. */
  readonly toSlot: number;
  /** The slot at which it was then. */
  readonly atSlot: number;
  /** How many batches ended in a slot when it was looked at: those that are looked at again if more have come. */
  readonly batches: ReadonlyMap<number, number>;
}

/**
 * Flags what is odd about the beats of slots that ended 150 s ago or more: each is looked at once, and once more where batches came
 * late. Batches of shared keys are looked for two minutes after their slot, too, so that these are named soon. All of it is
 * found again from what is stored, and slots are only ever added: to look twice, or at the same time as another process,
 * changes nothing. A piece is a slot of some nodes, in a transaction of its own, on one core.
 */
export async function sweepFlags(options: SweepOptions): Promise<Swept> {
  const { now, swept, fromSlot, signal } = options;
  const current = toSlot(now);
  const last = toSlot(now - GRACE_MS) - 1;
  // After a pause it looks at all of it, but no further back than hours are closed anyway.
  const first = Math.max(fromSlot ?? (swept ? swept.toSlot + 1 : current - KEPT_SLOTS), current - MAX_SWEPT);
  const batches = new Map(swept?.batches);
  await run(options, (client) =>
    flagHardware(client, { fromSlot: Math.min(first, (swept?.atSlot ?? current) - KEPT_SLOTS), toSlot: current }),
  );
  await sweepBatches(options, current - 2);
  for (let slot = first; slot <= last && !signal?.aborted; slot += 1) {
    // Counted before: what comes in between is noticed.
    batches.set(slot, await countBatches(options, slot));
    await sweepSlot(options, slot);
  }
  const again = new Set<number>();
  for (const [slot, before] of batches) {
    if (slot >= current - RECOUNT_SLOTS) continue;
    batches.delete(slot);
    if ((await countBatches(options, slot)) <= before) continue;
    for (let late = slot - MAX_SPAN + 1; late <= slot; late += 1) again.add(late);
  }
  for (const slot of again) if (!signal?.aborted) await sweepSlot(options, slot);
  return { toSlot: Math.max(last, swept?.toSlot ?? last), atSlot: current, batches };
}

/** After the end of its slot; a beat may travel for two minutes. */
const GRACE_MS = 150_000;
/** So long batches are kept that could be sent again, slots. */
const KEPT_SLOTS = 10;
/** Just before they are forgotten. */
const RECOUNT_SLOTS = KEPT_SLOTS - 1;
/** Two hours, slots. */
const MAX_SWEPT = 120;
/** Slots of one batch. */
const MAX_SPAN = 4;

async function sweepSlot(options: SweepOptions, slot: number): Promise<void> {
  for (const [from, to] of await listPieces(options, 'select max(node_key) as key from heartbeat_node')) {
    await run(options, (client) => client.query(sql.flagSlot, [slot, from, to]));
  }
  await sweepBatches(options, slot);
}

interface OddBatch {
  readonly delegationKey: number;
  readonly counter: number;
  readonly firstSlot: number;
  readonly lastSlot: number;
}

/**
 * One machine gives later slots higher counters. Where a batch has a higher counter than one of a later slot, and says something
 * else of a node than was said under a lower one, another machine counts for itself.
 */
async function sweepBatches(options: SweepOptions, slot: number): Promise<void> {
  const { rows: observers } = await options.pool.query<{ several: boolean }>(
    'select count(*) > 1 as several from observer',
  );
  for (const piece of await listPieces(options, 'select max(delegation_key) as key from beat_batch')) {
    const ask = <Row extends pg.QueryResultRow>(text: string, values: readonly unknown[]) =>
      run(options, async (client) => (await client.query<Row>(text, [...values])).rows);
    const back = await ask<Omit<OddBatch, 'lastSlot'>>(sql.listBack, [slot, ...piece]);
    const firstSlot = Math.min(slot, ...back.map((batch) => batch.firstSlot));
    const clones = back.length === 0 ? [] : await ask<OddBatch>(sql.listClones, [...toKeys(back), firstSlot, slot]);
    const odd = clones.length === 0 ? [] : await ask<OddBatch>(sql.listOdd, [...toKeys(clones), slot]);
    await flagBatches(options, odd, { reason: 'clone', slot });
    // One observer alone compares them itself.
    if (!observers[0]?.several) continue;
    await flagBatches(options, await ask<OddBatch>(sql.listReused, [slot, ...piece]), {
      reason: 'counterReused',
      slot,
    });
  }
}

async function flagBatches(
  options: SweepOptions,
  batches: readonly OddBatch[],
  { reason, slot }: { readonly reason: 'clone' | 'counterReused'; readonly slot: number },
): Promise<void> {
  for (let near = slot - KEPT_SLOTS; near <= slot + KEPT_SLOTS; near += 1) {
    const there = batches.filter(({ firstSlot, lastSlot }) => firstSlot <= near && near <= lastSlot);
    if (there.length === 0) continue;
    await run(options, (client) => client.query(sql.flagBatches, [...toKeys(there), near, reason]));
  }
}

function toKeys(batches: readonly Pick<OddBatch, 'delegationKey' | 'counter'>[]): readonly [number[], number[]] {
  return [batches.map(({ delegationKey }) => delegationKey), batches.map(({ counter }) => counter)];
}

async function countBatches({ pool }: SweepOptions, slot: number): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    'select count(*)::int as count from beat_batch where last_slot = $1',
    [slot],
  );
  return rows[0]?.count ?? 0;
}

/** Ranges of keys, both ends included. */
async function listPieces({ pool }: SweepOptions, maxSql: string): Promise<readonly (readonly [number, number])[]> {
  const { rows } = await pool.query<{ key: number | null }>(maxSql);
  const count = Math.ceil(((rows[0]?.key ?? -1) + 1) / KEYS_PER_PIECE);
  return Array.from({ length: count }, (_, at) => [at * KEYS_PER_PIECE, (at + 1) * KEYS_PER_PIECE - 1]);
}

/** Of 600,000 beats in a slot a piece takes 100 ms. */
const KEYS_PER_PIECE = 100_000;

/** One piece. Those who wait for a commit come first. */
async function run<T>(options: SweepOptions, work: (client: pg.ClientBase) => Promise<T>): Promise<T> {
  const { pool, runtime, signal } = options;
  const startedAt = runtime?.now() ?? 0;
  const result = await transactUntil(pool, signal, async (client) => {
    await client.query(rollupSettings);
    return work(client);
  });
  const tookMs = (runtime?.now() ?? 0) - startedAt;
  if (runtime && tookMs >= REST_FROM_MS) await runtime.sleep(tookMs, signal);
  return result;
}

const REST_FROM_MS = 20;
