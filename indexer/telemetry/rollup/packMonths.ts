import type pg from 'pg';
import { toHour, toSlot } from '../../../schema/heartbeat/slots.js';

/**
 * Builds the indexes of past months anew where they are loose: hours come one after the other and their nodes in between each
 * other, so that pages are left two thirds full. What is kept for ever takes an eighth less by it. Readers and writers go
 * on meanwhile; one process does it. Returns the indexes by name. An abort ends it as an outage does.
 */
export async function packMonths(pool: pg.Pool, now: Date, signal?: AbortSignal): Promise<readonly string[]> {
  if (signal?.aborted) return [];
  const client = await pool.connect();
  let broken = true;
  // It may take a minute, and is begun anew another time.
  const cancel = () => {
    void pool
      .query('select pg_cancel_backend($1)', [(client as { processID?: number }).processID])
      .catch(() => undefined);
  };
  signal?.addEventListener('abort', cancel);
  try {
    const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [PACK_LOCK]);
    const packed = rows[0]?.mine ? await packAll(client, toHour(toSlot(now.getTime())) - SETTLED_HOURS) : [];
    await client.query('select pg_advisory_unlock($1)', [PACK_LOCK]);
    broken = false;
    return packed;
  } finally {
    signal?.removeEventListener('abort', cancel);
    // A connection that is closed lets go of its locks by itself.
    client.release(broken);
  }
}

async function packAll(client: pg.ClientBase, beforeHour: number): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string; unfinished: boolean }>(listLoose, [beforeHour]);
  const packed: string[] = [];
  for (const { name, unfinished } of rows) {
    // Names are quoted by the server.
    if (unfinished) await client.query(`drop index concurrently if exists ${name}`);
    else {
      await client.query(`reindex index concurrently ${name}`);
      packed.push(name);
    }
  }
  return packed;
}

/**
 * Entries take 28 bytes of `node_hour` and 20 of `node_verdict`, in pages nine tenths full. A partition's bounds end with its first
 * hour that is another month's. What an earlier attempt left unfinished is not valid, and goes.
 */
const listLoose = `
  select i.indexrelid::regclass::text as name, not i.indisvalid as unfinished
  from pg_inherits p
  join pg_class c on c.oid = p.inhrelid
  join pg_index i on i.indrelid = c.oid
  where p.inhparent in ('node_hour'::regclass, 'node_verdict'::regclass)
    and substring(pg_get_expr(c.relpartbound, c.oid) from 'TO \\(''?(\\d+)''?\\)')::int <= $1
    and (not i.indisvalid or (i.indisprimary and pg_relation_size(i.indexrelid) > 1048576
      and pg_relation_size(i.indexrelid) > 1.15 / 0.9 * c.reltuples
        * case p.inhparent when 'node_hour'::regclass then 28 else 20 end
      and c.reltuples > 0))
  order by i.indisvalid, c.relname
`;

/** After the end of its month hours are seldom opened again. */
const SETTLED_HOURS = 48;
const PACK_LOCK = 7_264_034;
