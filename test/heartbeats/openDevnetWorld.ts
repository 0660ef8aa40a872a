import type pg from 'pg';
import { gpus, nodes, providers } from '../../devnet/computeMarket/cast.js';
import { type BeatScript, createBeatScript } from '../../devnet/heartbeats/createBeatScript.js';
import { listBeatHistory } from '../../devnet/heartbeats/listBeatHistory.js';
import { listBeatNotices } from '../../devnet/heartbeats/listBeatNotices.js';
import { listBeatSessions, networkId, toNodeId } from '../../devnet/heartbeats/listBeatSessions.js';
import type { DevnetOrigin } from '../../devnet/heartbeats/listLives.js';
import { registerNodes, registerObserver } from '../../indexer/telemetry/beats/registerNodes.js';
import { type BeatPast, writeBeatPast } from '../../indexer/telemetry/history/main.js';
import { createPool } from '../../schema/database.js';
import { computeMarketDevnet } from '../../schema/protocols/computeMarketDevnet.js';
import { silentLog } from '../silentLog.js';
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
  const place = { name: 'here', networkGroup: 'here' };
  const observer = await registerObserver(pool, place);
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
    async writePast(rawDays) {
      const past = await toPast(origin, rawDays);
      const { signal } = new AbortController();
      // The index has all of the chain.
      await pool.query(
        `insert into chain (chain_id, name, recorded, phase, block_time) values ($1, 'devnet', false, 'live', to_timestamp($2))
         on conflict do nothing`,
        [chainId, origin.endsAt],
      );
      await writeBeatPast({ databaseUrl: database.url, observer: place, past, log: silentLog, signal });
    },
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
  for (const [position, { id, provider, gpu, gpuCount, vramMib }] of nodes.entries()) {
    const { from, to } = lives[position] ?? { from: 0, to: 0 };
    const isRetired = Number.isFinite(to);
    const providerId = `${networkId}:${sessions[provider]?.account}`;
    await pool.query(
      `insert into node
         (id, network_id, chain_id, native_id, provider_id, active, height, time, gpu_model, gpu_count, vram_mb)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        ...[toNodeId(position), networkId, chainId, id, providerId, !isRetired, toHeight(from), toTime(from)],
        ...[gpus[gpu].name, gpuCount, vramMib],
      ],
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

async function toPast(origin: DevnetOrigin, rawDays: number): Promise<BeatPast> {
  const sessions = await listBeatSessions(origin);
  return {
    ...{ networkId, chainId, startsAt: origin.startsAt, endsAt: origin.endsAt },
    sessions: sessions.map((session) => ({ ...session, providerId: `${networkId}:${session.account}` })),
    notices: listBeatNotices(origin),
    listHours: () => listBeatHistory({ ...origin, rawDays }),
  };
}
