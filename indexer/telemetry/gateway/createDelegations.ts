import type pg from 'pg';
import { type Hex, toBytes, toHex } from '../../../schema/lib/hex.js';
import type { Network } from '../../../schema/protocols/protocols.js';
import { BusyError } from '../bus/TelemetryBus.js';
import { type DelegationRow, type KnownDelegation, toKnownDelegation } from './KnownDelegation.js';
import type { GatewayLimits } from './limits.js';

/** Delegations by id, from memory or, on first sight, from the database. */
export interface Delegations {
  peek(id: string): KnownDelegation | undefined;
  /** Undefined: there is none of this gateway's networks. Throws BusyError when too many are looked for. */
  find(id: Hex): Promise<KnownDelegation | undefined>;
  /** As the database has it now; what is remembered of its use stays. */
  reload(id: Hex): Promise<KnownDelegation | undefined>;
  /** Takes up what other gateways revoked. */
  refreshRevocations(unixMs: number): Promise<void>;
  /** Lets go of those that nobody used lately, where there are too many. */
  prune(): void;
}

export function createDelegations(options: {
  readonly pool: pg.Pool;
  readonly networks: ReadonlyMap<string, Network>;
  readonly macKey: string;
  readonly limits: GatewayLimits;
  /** Milliseconds that only grow. */
  readonly now: () => number;
}): Delegations {
  const { pool, networks, macKey, limits, now } = options;
  const known = new Map<string, KnownDelegation>();
  /** Ids that nobody has, and until when nobody looks again. */
  const absent = new Map<string, number>();
  const sought = new Map<Hex, Promise<KnownDelegation | undefined>>();
  let waiting: Seeker[] = [];
  let active = 0;
  return {
    peek: (id) => known.get(id),
    async find(id) {
      const found = known.get(id);
      if (found) {
        if (found.loadedAt + RELOAD_MS < now()) renew(found);
        return found;
      }
      if ((absent.get(id) ?? 0) > now()) return undefined;
      return sought.get(id) ?? seek(id);
    },
    async reload(id) {
      absent.delete(id);
      const [row] = await listRows(pool, [toBytes(id)]);
      return row ? keep(row) : undefined;
    },
    async refreshRevocations(unixMs) {
      const rows = await listRevoked(pool, Math.floor(unixMs / 1_000));
      for (const { id, revoked_at } of rows) {
        const delegation = known.get(toHex(id));
        if (delegation) delegation.revokedAtMs = Number(revoked_at) * 1_000;
      }
    },
    prune() {
      if (known.size <= limits.sessions) return;
      const byUse = [...known.values()].sort((one, other) => one.usedAt - other.usedAt);
      for (const { id } of byUse.slice(0, known.size - limits.sessions)) known.delete(id);
    },
  };

  /** Beside the batch that asked: nodes may have gone to another owner meanwhile. */
  function renew(delegation: KnownDelegation): void {
    if (sought.has(delegation.id) || waiting.length >= limits.waitingLookups) return;
    // What fails now is tried again with the next batch.
    seek(delegation.id).catch(() => undefined);
  }

  function seek(id: Hex): Promise<KnownDelegation | undefined> {
    if (waiting.length >= limits.waitingLookups) {
      throw new BusyError(`Expected fewer than ${limits.waitingLookups} sessions to be looked for.`);
    }
    const promise = new Promise<KnownDelegation | undefined>((resolve, reject) =>
      waiting.push({ id, resolve, reject }),
    ).finally(() => sought.delete(id));
    sought.set(id, promise);
    pump();
    return promise;
  }

  function pump(): void {
    while (active < limits.activeLookups && waiting.length > 0) {
      const some = waiting.slice(0, LOOKUPS_PER_QUERY);
      waiting = waiting.slice(LOOKUPS_PER_QUERY);
      active += 1;
      void settle(some).finally(() => {
        active -= 1;
        pump();
      });
    }
  }

  async function settle(some: readonly Seeker[]): Promise<void> {
    try {
      const rows = await listRows(
        pool,
        some.map(({ id }) => toBytes(id)),
      );
      const found = new Map(rows.map((row) => [toHex(row.id), row]));
      for (const { id, resolve } of some) {
        const row = found.get(id);
        const delegation = row && keep(row);
        if (!delegation) remember(id);
        resolve(delegation);
      }
    } catch (thrown) {
      for (const { reject } of some) reject(thrown);
    }
  }

  function remember(id: Hex): void {
    if (absent.size >= MAX_ABSENT) absent.clear();
    absent.set(id, now() + ABSENT_MS);
  }

  /** Undefined: a delegation of a network that this gateway does not serve. */
  function keep(row: DelegationRow): KnownDelegation | undefined {
    const network = networks.get(row.network_id);
    if (!network) return undefined;
    const read = toKnownDelegation(row, { network, macKey });
    const old = known.get(read.id);
    if (old) {
      // Batches that are under way hold on to it.
      old.revokedAtMs = read.revokedAtMs;
      old.macKey = read.macKey;
      old.foreign = read.foreign;
      old.loadedAt = now();
      if (read.highest > old.highest) Object.assign(old, { highest: read.highest, highestSlot: read.highestSlot });
      return old;
    }
    read.usedAt = now();
    read.loadedAt = now();
    known.set(read.id, read);
    return read;
  }
}

interface Seeker {
  readonly id: Hex;
  resolve(delegation: KnownDelegation | undefined): void;
  reject(thrown: unknown): void;
}

const LOOKUPS_PER_QUERY = 64;
/** So long somebody may still speak for a node that has gone to another owner. */
const RELOAD_MS = 600_000;
/** A session that was opened elsewhere a moment ago must be found soon. */
const ABSENT_MS = 2_000;
const MAX_ABSENT = 10_000;
/**
 * No revocation counts from longer ago than MAX_AGE_MS when it comes in; the rest is for gateways that were cut off. One of a
 * time to come is taken up when that is near.
 */
const REVOCATION_WINDOW_SECONDS = 3_600;

async function listRows(pool: pg.Pool, ids: readonly Buffer[]): Promise<readonly DelegationRow[]> {
  const { rows } = await pool.query<DelegationRow>(
    `select delegation_key, id, network_id, account, public_key, valid_from, valid_to, revoked_at, mac, nodes,
       registered, "foreign", counter, last_slot
     from delegation
     left join lateral (
       select
         array_agg(extract(epoch from coalesce(node.time, provider.time))::float8 * 1000 order by position) as registered,
         array_agg(
           coalesce(node.id, provider.id) is not null and coalesce('0x' || encode(account, 'hex') not in (
             lower(coalesce(node.native_id, '')), lower(coalesce(provider.native_id, '')), lower(coalesce(provider.owner, ''))
           ), true) order by position
         ) as "foreign"
       from unnest(nodes) with ordinality as scope (node_key, position)
       left join heartbeat_node using (node_key)
       left join node on node.id = heartbeat_node.node_id
       left join provider on provider.id = coalesce(node.provider_id, heartbeat_node.node_id)
     ) as lives on true
     left join lateral (
       select counter, last_slot from beat_batch
       where beat_batch.delegation_key = delegation.delegation_key order by counter desc limit 1
     ) as highest on true
     where id = any($1)`,
    [ids],
  );
  return rows;
}

async function listRevoked(
  pool: pg.Pool,
  now: number,
): Promise<readonly { readonly id: Buffer; readonly revoked_at: number | string }[]> {
  const { rows } = await pool.query<{ id: Buffer; revoked_at: number | string }>(
    'select id, revoked_at from delegation where revoked_at between $1 and $2',
    [now - REVOCATION_WINDOW_SECONDS, now + REVOCATION_WINDOW_SECONDS],
  );
  return rows;
}
