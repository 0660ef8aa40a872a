import type { RollContext } from '../roll/RollStep.js';
import { createLoadedRecord, type LoadedRecord } from './LoadedRecord.js';

/**
 * What a process has loaded for the scores of a network, kept from one of its turns to the next. It holds only where nobody else has
 * written in between, and only what a turn has committed:
 *
 * - A turn leaves its record under the number of its transaction. `metric_progress` is written by every turn, rebuild and
 *   `forget` there is, so its row bears that number (`xmin`) if, and only if, the turn was committed and no other one came after it.
 *   Else the record is dropped: a turn that failed, another roller and another server leave nothing. A rebuild drops it, and leaves
 *   the one that it made.
 * - While a turn makes use of the record nobody has it; it is put back changed.
 * - What changed since is known by hours: a turn's context has all hours in which an event lies that is new or was taken back, in
 *   which machines were judged, and from or up to which an outcome that changed was known; for hours after the head, of which it
 *   has none, stands the head's. All that the record has of the first of
 *   those hours and later is loaded anew. Turns that need no scores only note that hour.
 *
 * Per outcome it takes about 70 bytes, so a million of them take 70 MB, and a payment or account that is told of once a few more.
 * Outcomes that count no more are let go of with the record, every quarter.
 */
const kept = new Map<string, Kept>();

interface Kept {
  readonly loaded: LoadedRecord;
  /** Transactions by any of which `metric_progress` may have been written. */
  readonly transactions: readonly string[];
  /** The first hour of unix time that may have changed since. */
  readonly since: number;
}

export interface KeptTurn {
  readonly loaded: LoadedRecord;
  /** The first hour that is to be loaded anew. */
  readonly since: number;
  /** Leaves it to the next turn. */
  readonly keep: () => void;
}

/** The record of the turns before, if it holds, or an empty one; `fromHour`: the first hour as of which scores are asked for. */
export async function takeKept(context: RollContext, fromHour: number): Promise<KeptTurn> {
  const { key, transaction, found } = await find(context);
  kept.delete(key);
  const isUsable = found !== undefined && !context.isRebuild && found.loaded.isFor(fromHour);
  const loaded = isUsable ? found.loaded : createLoadedRecord();
  return {
    loaded,
    since: isUsable ? Math.min(found.since, toFirst(context)) : 0,
    keep: () => put(key, { loaded, transactions: [transaction], since: Number.POSITIVE_INFINITY }),
  };
}

/** A turn that has no use for it: only what changed is noted, which holds whether it is committed or not. */
export async function passKept(context: RollContext): Promise<void> {
  const { key, transaction, found, written } = await find(context);
  kept.delete(key);
  if (found === undefined || context.isRebuild) return;
  put(key, {
    loaded: found.loaded,
    transactions: written === null ? [transaction] : [written, transaction],
    since: Math.min(found.since, toFirst(context)),
  });
}

function toFirst({ hours, head }: RollContext): number {
  return Math.min(hours[0] ?? head.hour, head.hour);
}

/** The oldest goes where there are more networks than any process rolls. */
function put(key: string, record: Kept): void {
  kept.set(key, record);
  const [oldest] = kept.keys();
  if (kept.size > MOST && oldest !== undefined) kept.delete(oldest);
}

const MOST = 16;

interface Found {
  readonly key: string;
  readonly transaction: string;
  readonly written: string | null;
  readonly found: Kept | undefined;
}

async function find({ client, network }: RollContext): Promise<Found> {
  const { rows } = await client.query<{ server: string; transaction: string; written: string | null }>(
    `select format('%s %s', pg_postmaster_start_time(), (select oid from pg_database where datname = current_database())) as server,
       pg_current_xact_id()::xid::text as transaction,
       (select xmin::text from metric_progress where network_id = $1) as written`,
    [network.id],
  );
  const { server = '', transaction = '', written = null } = rows[0] ?? {};
  const key = `${server} ${network.id}`;
  const known = kept.get(key);
  const holds = known !== undefined && written !== null && known.transactions.includes(written);
  return { key, transaction, written, found: holds ? known : undefined };
}
