import type pg from 'pg';
import { nodes, providers } from '../../devnet/computeMarket/cast.js';
import { type BeatScript, createBeatScript } from '../../devnet/heartbeats/createBeatScript.js';
import { type HistoryBatch, listBeatHistory } from '../../devnet/heartbeats/listBeatHistory.js';
import { listBeatNotices } from '../../devnet/heartbeats/listBeatNotices.js';
import { listBeatSessions, networkId, toNodeId } from '../../devnet/heartbeats/listBeatSessions.js';
import type { DevnetOrigin } from '../../devnet/heartbeats/listLives.js';
import { systemRuntime } from '../../indexer/lib/systemRuntime.js';
import type { AcceptedBatch } from '../../indexer/telemetry/beats/AcceptedBatch.js';
import { createBeatStore } from '../../indexer/telemetry/beats/createBeatStore.js';
import { ensureHours, ensureSlots } from '../../indexer/telemetry/beats/partitions.js';
import { registerNodes, registerObserver } from '../../indexer/telemetry/beats/registerNodes.js';
import { writeAlive } from '../../indexer/telemetry/beats/writeAlive.js';
import { type HourBits, writeHours } from '../../indexer/telemetry/beats/writeHours.js';
import { transact } from '../../indexer/writer/transact.js';
import { createPool } from '../../schema/database.js';
import { toBytes } from '../../schema/lib/hex.js';
import { computeMarketDevnet } from '../../schema/protocols/computeMarketDevnet.js';
import { createTestDatabase } from '../testDatabase.js';

export interface DevnetWorld {
  readonly pool: pg.Pool;
  readonly script: BeatScript;
  readonly observer: number;
  /** The providers and nodes of the devnet, as the indexer writes them. */
  writeFacts(): Promise<void>;
  /** `node_key` by position in the cast; made for all of them at first use. */
  register(): Promise<readonly number[]>;
  /** The past of all heartbeats, as a telemetry process writes it. */
  writePast(rawDays: number): Promise<void>;
  end(): Promise<void>;
}

const { chainId } = computeMarketDevnet;

/** A database in which there is nothing of the devnet yet. */
export async function openDevnetWorld(origin: DevnetOrigin): Promise<DevnetWorld> {
  const database = await createTestDatabase();
  const pool = createPool(database.url, { role: 'test', max: 8 });
  const script = createBeatScript(origin);
  const observer = await registerObserver(pool, { name: 'here', networkGroup: 'here' });
  const register = async () => {
    const { rows } = await pool.query<{ id: string; provider_id: string }>('select id, provider_id from node');
    const owners = new Map(rows.map((row) => [row.id, row.provider_id]));
    const all = nodes.map((_, position) => toNodeId(position));
    return await registerNodes(
      pool,
      all.map((nodeId) => ({ nodeId, networkId, providerId: owners.get(nodeId) ?? null })),
    );
  };
  return {
    ...{ pool, script, observer, register },
    writeFacts: () => writeFacts(pool, script),
    writePast: async (rawDays) => writePast({ pool, origin, observer, keys: await register(), rawDays }),
    async end() {
      await pool.end();
      await database.drop();
    },
  };
}

/** A block for each moment in which nodes come or go. */
async function writeFacts(pool: pg.Pool, script: BeatScript): Promise<void> {
  const sessions = await listBeatSessions(script.origin);
  const lives = nodes.map((_, node) => script.getLife(node));
  const ends = lives.flatMap(({ from, to }) => [from, to]).filter(Number.isFinite);
  const slots = [...new Set(ends)].sort((one, other) => one - other);
  const toHeight = (slot: number) => slots.indexOf(slot) + 1;
  const toTime = (slot: number) => new Date(slot * 60_000);
  for (const slot of slots) {
    await pool.query('insert into block (chain_id, height, hash, time) values ($1, $2, $3, $4)', [
      ...[chainId, toHeight(slot)],
      ...[Buffer.alloc(32, toHeight(slot)), toTime(slot)],
    ]);
  }
  for (const [position, { name }] of providers.entries()) {
    const { account = '0x' } = sessions[position] ?? {};
    const { from = 0 } = lives[nodes.findIndex(({ provider }) => provider === position)] ?? {};
    await pool.query(
      `insert into provider (id, network_id, chain_id, native_id, name, owner, active, height, time, last_height, last_time)
       values ($1, $2, $3, $4, $5, $4, true, $6, $7, $6, $7)`,
      [`${networkId}:${account}`, networkId, chainId, account, name, toHeight(from), toTime(from)],
    );
  }
  for (const [position, { id, provider }] of nodes.entries()) {
    const { from, to } = lives[position] ?? { from: 0, to: 0 };
    const isRetired = Number.isFinite(to);
    const providerId = `${networkId}:${sessions[provider]?.account}`;
    await pool.query(
      `insert into node (id, network_id, chain_id, native_id, provider_id, active, height, time)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [toNodeId(position), networkId, chainId, id, providerId, !isRetired, toHeight(from), toTime(from)],
    );
    const versions = isRetired
      ? [
          [toHeight(from), toHeight(to), true],
          [toHeight(to), null, false],
        ]
      : [[toHeight(from), null, true]];
    for (const [heightFrom, heightTo, active] of versions) {
      await pool.query(
        `insert into node_version (node_id, height_from, height_to, chain_id, provider_id, active)
         values ($1, $2, $3, $4, $5, $6)`,
        [toNodeId(position), heightFrom, heightTo, chainId, providerId, active],
      );
    }
  }
}

interface PastOptions {
  readonly pool: pg.Pool;
  readonly origin: DevnetOrigin;
  readonly observer: number;
  readonly keys: readonly number[];
  readonly rawDays: number;
}

async function writePast({ pool, origin, observer, keys, rawDays }: PastOptions): Promise<void> {
  const byId = new Map(keys.map((key, position) => [toNodeId(position), key]));
  const getKey = (nodeId: string) => byId.get(nodeId) ?? 0;
  const delegations = await writeDelegations(pool, origin, getKey);
  const [first, last] = [Math.floor(origin.startsAt / 3_600), Math.ceil(origin.endsAt / 3_600)];
  await ensureHours(pool, first, last);
  await ensureSlots(pool, Math.floor(origin.endsAt / 60) - rawDays * 1_440 - 1_440, Math.ceil(origin.endsAt / 60));
  const store = createBeatStore({ pool, runtime: systemRuntime });
  let rows: HourBits[] = [];
  let alive: { observer: number; slot: number; bits: bigint }[] = [];
  const flush = () =>
    transact(pool, async (client) => {
      await writeHours(client, rows);
      await writeAlive(client, alive);
      [rows, alive] = [[], []];
    });
  for await (const hour of listBeatHistory({ ...origin, rawDays })) {
    rows.push(...hour.nodes.map(({ nodeId, ...bits }) => ({ ...bits, nodeKey: getKey(nodeId), observer })));
    alive.push(...hour.alive.map((seconds) => ({ ...seconds, observer })));
    if (rows.length > 10_000) await flush();
    if (hour.batches.length > 0) {
      await store.write(hour.batches.map((batch) => toAccepted(batch, { observer, getKey, delegations })));
    }
  }
  await flush();
  // So much at once is more than the planner has heard of: closing the hours takes fifteen times as long without.
  await pool.query('analyze node_hour_open, observer_slot, heartbeat, beat_batch');
  for (const { nodeId, fromSlot, toSlot, account, receivedAt } of listBeatNotices(origin)) {
    await pool.query(
      `insert into maintenance_notice (node_key, from_slot, to_slot, account, received_at) values ($1, $2, $3, $4, $5)`,
      [getKey(nodeId), fromSlot, toSlot, toBytes(account), receivedAt],
    );
  }
}

function toAccepted(
  { delegation, beats, ...batch }: HistoryBatch,
  to: {
    readonly observer: number;
    readonly getKey: (nodeId: string) => number;
    readonly delegations: ReadonlyMap<string, number>;
  },
): AcceptedBatch {
  return {
    ...batch,
    delegationKey: to.delegations.get(delegation) ?? 0,
    observer: to.observer,
    beats: beats.map(({ nodeId, ...beat }) => ({ ...beat, nodeKey: to.getKey(nodeId) })),
  };
}

/** As opening the devnet's sessions would have made them. */
async function writeDelegations(
  pool: pg.Pool,
  origin: DevnetOrigin,
  getKey: (nodeId: string) => number,
): Promise<ReadonlyMap<string, number>> {
  const keys = new Map<string, number>();
  for (const session of await listBeatSessions(origin)) {
    const { delegation, account, publicKey, validFrom, validTo, nodeIds } = session;
    const { rows } = await pool.query<{ delegation_key: number }>(
      `insert into delegation (id, kind, network_id, account, public_key, valid_from, valid_to, nodes, opened_at)
       values ($1, 'session', $2, $3, $4, $5, $6, $7, $8) returning delegation_key`,
      [
        ...[toBytes(delegation), networkId, toBytes(account), toBytes(publicKey), validFrom, validTo],
        ...[nodeIds.map(getKey), new Date(validFrom * 1_000)],
      ],
    );
    keys.set(delegation, rows[0]?.delegation_key ?? 0);
  }
  return keys;
}
