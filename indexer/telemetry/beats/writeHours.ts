import type pg from 'pg';
import { SLOTS_PER_HOUR, toBit, toHour } from '../../../schema/heartbeat/slots.js';
import type { AcceptedBatch } from './AcceptedBatch.js';
import { toInt4Array, toInt8Array } from './binaryArrays.js';

/** Bits of slots that an observer has of a node in an hour; bit 0 is the hour's first minute. */
export interface HourBits {
  readonly nodeKey: number;
  readonly hour: number;
  readonly observer: number;
  readonly up: bigint;
  /** Came after the grace: stored, never up. */
  readonly late: bigint;
}

/**
 * Adds bits to the open hours. Bits are ORed, so that neither order nor repeats nor the number of writers matter. Rows may
 * name an hour of a node more than once.
 */
export async function writeHours(client: pg.ClientBase, rows: readonly HourBits[]): Promise<void> {
  const merged = merge(rows).sort(byKey);
  for (let from = 0; from < merged.length; from += CHUNK_ROWS)
    await upsert(client, merged.slice(from, from + CHUNK_ROWS));
}

/** What the beats of these batches add, one row for an hour of a node. */
export function toHourBits(batches: readonly Pick<AcceptedBatch, 'observer' | 'beats'>[]): readonly HourBits[] {
  return merge(listBits(batches));
}

function* listBits(batches: readonly Pick<AcceptedBatch, 'observer' | 'beats'>[]): Iterable<HourBits> {
  for (const { observer, beats } of batches) {
    for (const { nodeKey, slot, late } of beats) {
      const bit = bits[slot % SLOTS_PER_HOUR] ?? 0n;
      yield { nodeKey, hour: toHour(slot), observer, up: late ? 0n : bit, late: late ? bit : 0n };
    }
  }
}

/** One statement must not touch a row twice. */
function merge(rows: Iterable<HourBits>): HourBits[] {
  const observers = new Map<number, Map<number, Mutable>>();
  for (const row of rows) {
    const hours = observers.get(row.observer) ?? new Map<number, Mutable>();
    observers.set(row.observer, hours);
    // A node's number is below 2^31, an hour below 2^22.
    const key = row.nodeKey * 2 ** 22 + row.hour;
    const known = hours.get(key);
    if (known) {
      known.up |= row.up;
      known.late |= row.late;
    } else hours.set(key, { ...row });
  }
  return [...observers.values()].flatMap((hours) => [...hours.values()]);
}

type Mutable = { -readonly [K in keyof HourBits]: HourBits[K] };

/** In one order everywhere: two writers that touch the same rows wait for each other, but never both ways. */
function byKey(one: HourBits, other: HourBits): number {
  return one.nodeKey - other.nodeKey || one.hour - other.hour || one.observer - other.observer;
}

async function upsert(client: pg.ClientBase, rows: readonly HourBits[]): Promise<void> {
  await client.query(
    `insert into node_hour_open as open (node_key, hour, observer, up, late)
     select * from unnest($1::int[], $2::int[], $3::int[], $4::bigint[], $5::bigint[])
     on conflict (node_key, hour, observer) do update set up = open.up | excluded.up, late = open.late | excluded.late`,
    [
      toInt4Array(rows, (row) => row.nodeKey),
      toInt4Array(rows, (row) => row.hour),
      toInt4Array(rows, (row) => row.observer),
      toInt8Array(rows, (row) => row.up),
      toInt8Array(rows, (row) => row.late),
    ],
  );
}

const bits = Array.from({ length: SLOTS_PER_HOUR }, (_, slot) => toBit(slot));
/** Of a distributed table each statement costs much, each row little. */
const CHUNK_ROWS = 10_000;
