import type pg from 'pg';
import { createPool } from '../../../schema/database.js';
import { toMessage } from '../../../schema/lib/errors.js';
import { type Hex, toBytes } from '../../../schema/lib/hex.js';
import type { Log } from '../../../schema/lib/log.js';
import { createBackoff } from '../../lib/backoff.js';
import { systemRuntime } from '../../lib/systemRuntime.js';
import { isOutage } from '../../writer/outage.js';
import { CommitLostError, transact } from '../../writer/transact.js';
import type { AcceptedBatch, AcceptedBeat } from '../beats/AcceptedBatch.js';
import { createBeatStore } from '../beats/createBeatStore.js';
import { ensureHours, ensureSlots } from '../beats/partitions.js';
import { registerNodes, registerObserver } from '../beats/registerNodes.js';
import { type AliveSeconds, writeAlive } from '../beats/writeAlive.js';
import { type HourBits, writeHours } from '../beats/writeHours.js';

/** A past of heartbeats that nobody received: a devnet's own, with public ids in place of numbers. */
export interface BeatPast {
  readonly networkId: string;
  readonly chainId: number;
  /** Unix s. */
  readonly startsAt: number;
  readonly endsAt: number;
  readonly sessions: readonly PastSession[];
  readonly notices: readonly PastNotice[];
  /** Oldest first; asked for again where the database went away meanwhile. */
  readonly listHours: () => AsyncIterable<PastHour>;
}

export interface PastSession {
  readonly delegation: Hex;
  readonly account: Hex;
  readonly publicKey: Hex;
  readonly validFrom: number;
  readonly validTo: number;
  readonly providerId: string;
  readonly nodeIds: readonly string[];
}

export interface PastNotice {
  readonly nodeId: string;
  readonly fromSlot: number;
  readonly toSlot: number;
  readonly account: Hex;
  readonly receivedAt: Date;
}

export interface PastHour {
  readonly alive: readonly Omit<AliveSeconds, 'observer'>[];
  readonly nodes: readonly (Omit<HourBits, 'nodeKey' | 'observer'> & { readonly nodeId: string })[];
  readonly batches: readonly PastBatch[];
}

type PastBatch = Omit<AcceptedBatch, 'delegationKey' | 'observer' | 'beats'> & {
  readonly delegation: Hex;
  readonly beats: readonly (Omit<AcceptedBeat, 'nodeKey'> & { readonly nodeId: string })[];
};

export interface PastOptions {
  readonly databaseUrl: string;
  readonly observer: { readonly name: string; readonly networkGroup: string };
  readonly past: BeatPast;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/**
 * Waits until the index has the chain up to the past's end, for nodes are expected from when they are registered; then writes it
 * through the store that gateways write by, once. An interrupted run, also by an outage of the database, is taken up from its
 * beginning, which changes nothing that is there. False where the signal has aborted before all of it was written.
 */
export async function writeBeatPast(options: PastOptions): Promise<boolean> {
  const { databaseUrl, log, signal } = options;
  const pool = createPool(databaseUrl, { role: 'beats', max: 2 });
  const backoff = createBackoff({ firstMs: 500, maxMs: 10_000, runtime: systemRuntime });
  try {
    while (!signal.aborted) {
      try {
        if (await attempt(pool, options)) return true;
        await systemRuntime.sleep(POLL_MS, signal);
      } catch (thrown) {
        if (!(thrown instanceof CommitLostError || isOutage(thrown))) throw thrown;
        log.warn({ reason: toMessage(thrown) }, 'the database is out of reach; the past of heartbeats waits');
        await backoff.wait(signal);
      }
    }
    return false;
  } finally {
    await pool.end();
  }
}

const POLL_MS = 500;

/** False: not yet. */
async function attempt(pool: pg.Pool, { observer, past, log, signal }: PastOptions): Promise<boolean> {
  if (!(await isIndexed(pool, past))) return false;
  const number = await registerObserver(pool, observer);
  if (await isWritten(pool, number, past)) return true;
  const began = performance.now();
  const places = await writePlaces(pool, past);
  if (!(await writeHoursOf(pool, { past, observer: number, places, signal }))) return false;
  log.info({ ms: Math.round(performance.now() - began) }, 'the past of heartbeats is written');
  return true;
}

async function isIndexed(pool: pg.Pool, { chainId, endsAt }: BeatPast): Promise<boolean> {
  const { rowCount } = await pool.query(
    `select 1 from chain where chain_id = $1 and phase = 'live' and block_time >= to_timestamp($2) - interval '1 hour'`,
    [chainId, endsAt],
  );
  return rowCount === 1;
}

/** Hours are written oldest first, so the last one says that all are there. No gateway could write it: it was over before. */
async function isWritten(pool: pg.Pool, observer: number, { endsAt }: BeatPast): Promise<boolean> {
  const lastSlot = Math.floor(endsAt / 60) - 1;
  const { rowCount } = await pool.query('select 1 from observer_slot where observer = $1 and slot = $2', [
    observer,
    lastSlot,
  ]);
  return rowCount === 1;
}

interface Places {
  readonly nodes: ReadonlyMap<string, number>;
  readonly delegations: ReadonlyMap<string, number>;
}

async function writePlaces(pool: pg.Pool, { networkId, sessions, notices }: BeatPast): Promise<Places> {
  const all = sessions.flatMap(({ nodeIds, providerId }) =>
    nodeIds.map((nodeId) => ({ nodeId, networkId, providerId })),
  );
  const keys = await registerNodes(pool, all);
  const nodes = new Map(all.map(({ nodeId }, index) => [nodeId, keys[index] ?? 0]));
  const getKey = (nodeId: string) => nodes.get(nodeId) ?? 0;
  const delegations = new Map<string, number>();
  for (const session of sessions) {
    const { delegation, account, publicKey, validFrom, validTo, nodeIds } = session;
    const { rows } = await pool.query<{ delegation_key: number }>(
      `insert into delegation as d (id, kind, network_id, account, public_key, valid_from, valid_to, nodes, opened_at)
       values ($1, 'session', $2, $3, $4, $5, $6, $7, $8)
       on conflict (id) do update set id = d.id returning delegation_key`,
      [
        ...[toBytes(delegation), networkId, toBytes(account), toBytes(publicKey), validFrom, validTo],
        ...[nodeIds.map(getKey), new Date(validFrom * 1_000)],
      ],
    );
    delegations.set(delegation, rows[0]?.delegation_key ?? 0);
  }
  for (const { nodeId, fromSlot, toSlot, account, receivedAt } of notices) {
    await pool.query(
      `insert into maintenance_notice (node_key, from_slot, to_slot, account, received_at)
       values ($1, $2, $3, $4, $5) on conflict do nothing`,
      [getKey(nodeId), fromSlot, toSlot, toBytes(account), receivedAt],
    );
  }
  return { nodes, delegations };
}

/** In transactions of a few days each; single beats with their hour. */
async function writeHoursOf(
  pool: pg.Pool,
  options: {
    readonly past: BeatPast;
    readonly observer: number;
    readonly places: Places;
    readonly signal: AbortSignal;
  },
): Promise<boolean> {
  const { past, observer, places, signal } = options;
  await ensureHours(pool, Math.floor(past.startsAt / 3_600), Math.ceil(past.endsAt / 3_600));
  const store = createBeatStore({ pool, runtime: systemRuntime });
  const nodeKey = (nodeId: string) => places.nodes.get(nodeId) ?? 0;
  let rows: HourBits[] = [];
  let alive: AliveSeconds[] = [];
  const flush = () =>
    transact(pool, async (client) => {
      await writeHours(client, rows);
      await writeAlive(client, alive);
      [rows, alive] = [[], []];
    });
  for await (const hour of past.listHours()) {
    if (signal.aborted) return false;
    rows.push(...hour.nodes.map(({ nodeId, ...bits }) => ({ ...bits, nodeKey: nodeKey(nodeId), observer })));
    alive.push(...hour.alive.map((seconds) => ({ ...seconds, observer })));
    if (hour.batches.length > 0) {
      await ensureSlots(
        pool,
        Math.min(...hour.batches.map(({ firstSlot }) => firstSlot)),
        Math.max(...hour.batches.map(({ lastSlot }) => lastSlot)),
      );
      await store.write(
        hour.batches.map(({ delegation, beats, ...batch }) => ({
          ...{ ...batch, observer, delegationKey: places.delegations.get(delegation) ?? 0 },
          beats: beats.map(({ nodeId, ...beat }) => ({ ...beat, nodeKey: nodeKey(nodeId) })),
        })),
      );
    }
    if (rows.length >= FLUSH_ROWS) await flush();
  }
  await flush();
  // So much at once is more than the planner has heard of, and the roller comes next.
  await pool.query('analyze node_hour_open, observer_slot, heartbeat, heartbeat_node');
  return true;
}

const FLUSH_ROWS = 10_000;
