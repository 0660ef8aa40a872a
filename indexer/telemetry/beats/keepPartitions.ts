import type pg from 'pg';
import { HOURS_PER_DAY, SLOTS_PER_DAY, toDay, toHour, toSlot } from '../../../schema/heartbeat/slots.js';
import { toMessage } from '../../../schema/lib/errors.js';
import type { Log } from '../../../schema/lib/log.js';
import { isOutage } from '../../writer/outage.js';
import { ensureHours, ensureSlots, toPartitionDay } from './partitions.js';

export interface KeptPartitions {
  readonly made: readonly string[];
  readonly dropped: readonly string[];
}

/**
 * Makes partitions from yesterday to three days ahead, and months as far back as raw beats are kept; drops days of raw beats
 * that are older, unless an hour of them is not closed yet. Called before a gateway opens and from then on a few times a day;
 * of several processes one drops. A drop that would hold up others is left to the next call.
 */
export async function keepPartitions(
  pool: pg.Pool,
  { now, rawDays, log }: { readonly now: Date; readonly rawDays: number; readonly log?: Log },
): Promise<KeptPartitions> {
  const slot = toSlot(now.getTime());
  const ahead = slot + AHEAD_DAYS * SLOTS_PER_DAY;
  const days = await ensureSlots(pool, slot - SLOTS_PER_DAY, ahead);
  const months = await ensureHours(pool, toHour(slot - (rawDays + 1) * SLOTS_PER_DAY), toHour(ahead));
  const dropped = await dropOld(pool, { firstDay: toDay(toHour(slot)) - rawDays, log });
  return { made: [...days, ...months], dropped };
}

interface DropOptions {
  /** The first day that is kept. */
  readonly firstDay: number;
  readonly log?: Log;
}

/** The lock belongs to the connection, for what follows cannot be done in a transaction. */
async function dropOld(pool: pg.Pool, options: DropOptions): Promise<readonly string[]> {
  const client = await pool.connect();
  let broken: Error | undefined;
  // A connection that breaks says so by an event, too; the next query fails with it.
  const note = () => undefined;
  client.on('error', note);
  try {
    const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [DROP_LOCK]);
    if (!rows[0]?.mine) return [];
    await client.query(`set lock_timeout = ${LOCK_TIMEOUT_MS}`);
    const dropped = await dropAll(client, options);
    await client.query('reset lock_timeout');
    await client.query('select pg_advisory_unlock($1)', [DROP_LOCK]);
    return dropped;
  } catch (thrown) {
    broken = thrown instanceof Error ? thrown : new Error(toMessage(thrown));
    throw thrown;
  } finally {
    client.off('error', note);
    // A connection that is closed lets go of its locks by itself.
    client.release(broken);
  }
}

async function dropAll(client: pg.ClientBase, { firstDay, log }: DropOptions): Promise<readonly string[]> {
  const dropped: string[] = [];
  for (const partition of await listOld(client, firstDay)) {
    try {
      if (partition.attached) await detach(client, partition);
      await client.query(`drop table if exists ${partition.name}`);
      dropped.push(partition.name);
    } catch (thrown) {
      if (!isLockTimeout(thrown)) throw thrown;
      log?.info({ partition: partition.name, reason: toMessage(thrown) }, 'old beats are in use and are dropped later');
    }
  }
  return dropped;
}

interface OldPartition {
  readonly name: string;
  readonly attached: boolean;
  /** Someone began to detach it and did not end. */
  readonly pending: boolean;
}

/** Days before the first kept one, with those that were detached and are still there; none with an hour that is open. */
async function listOld(client: pg.ClientBase, firstDay: number): Promise<readonly OldPartition[]> {
  const { rows: open } = await client.query<{ day: number }>(
    'select distinct hour / $2::int as day from node_hour_open where hour < $1',
    [firstDay * HOURS_PER_DAY, HOURS_PER_DAY],
  );
  const openDays = new Set(open.map(({ day }) => day));
  const { rows } = await client.query<OldPartition>(
    `select relname as name, inhrelid is not null as attached, coalesce(inhdetachpending, false) as pending
     from pg_class left join pg_inherits on inhrelid = pg_class.oid
     where relkind = 'r' and relname ~ '^heartbeat_[0-9]{8}$' and relnamespace = (
       select relnamespace from pg_class where oid = 'heartbeat'::regclass)
     order by relname`,
  );
  return rows.filter(({ name }) => {
    const day = toPartitionDay(name);
    return day < firstDay && !openDays.has(day);
  });
}

/** Concurrently: writers go on. Where the server cannot do that, it takes a moment in which they wait. */
async function detach(client: pg.ClientBase, { name, pending }: OldPartition): Promise<void> {
  try {
    await client.query(`alter table heartbeat detach partition ${name} ${pending ? 'finalize' : 'concurrently'}`);
  } catch (thrown) {
    if ((thrown as { code?: unknown }).code !== NOT_SUPPORTED) throw thrown;
    await client.query(`alter table heartbeat detach partition ${name}`);
  }
}

function isLockTimeout(thrown: unknown): boolean {
  return isOutage(thrown) && (thrown as { code?: unknown }).code === LOCK_NOT_AVAILABLE;
}

const AHEAD_DAYS = 3;
const LOCK_TIMEOUT_MS = 2_000;
const DROP_LOCK = 7_264_032;
const NOT_SUPPORTED = '0A000';
const LOCK_NOT_AVAILABLE = '55P03';
