import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { listBeatHistory } from '../../devnet/heartbeats/listBeatHistory.js';
import { listBeatNotices } from '../../devnet/heartbeats/listBeatNotices.js';
import { listBeatSessions } from '../../devnet/heartbeats/listBeatSessions.js';
import { startDevnet } from '../../devnet/main.js';
import { startIndexer } from '../../indexer/main.js';
import { writeBeatPast } from '../../indexer/telemetry/history/main.js';
import { closeHours } from '../../indexer/telemetry/rollup/closeHours.js';
import { createPool } from '../../schema/database.js';
import { silentLog } from '../silentLog.js';
import { createTestDatabase } from '../testDatabase.js';

export const networkId = 'compute-market-devnet';

export interface ScoreWorld {
  readonly pool: pg.Pool;
  readonly databaseUrl: string;
  readonly chainId: number;
  readonly head: number;
  /** Unix s. */
  readonly endsAt: number;
  close(): Promise<void>;
}

/**
 * The devnet's ComputeMarket on a real chain, indexed, with the heartbeats of its machines written through the store of gateways
 * and closed: everything that scores are made from, and nothing that is rolled up from it.
 */
export async function openScoreWorld({ historyDays }: { readonly historyDays: number }): Promise<ScoreWorld> {
  const dataDir = await mkdtemp(join(tmpdir(), 'computescan-score-'));
  const devnet = await startDevnet({
    ...{ network: networkId, dataDir, seed: 1, startTime: 1_790_000_000, historyDays, live: false },
  });
  const database = await createTestDatabase();
  const pool = createPool(database.url, { role: 'test', max: 4 });
  const { chainId, origin } = devnet;
  await devnet.history;
  const head = await readHead(devnet.rpcUrl);
  const indexer = await startIndexer({
    ...{ databaseUrl: database.url, networks: [networkId], endpoints: { [chainId]: [{ url: devnet.rpcUrl }] } },
    ...{ pollMs: 50, maxRangeBlocks: 10_000, log: silentLog },
  });
  await Promise.race([reached(pool, { chainId, height: head }), indexer.done]);
  await indexer.stop();
  await devnet.stop();
  await rm(dataDir, { recursive: true, force: true });
  await writeBeatPast({
    ...{ databaseUrl: database.url, observer: { name: 'here', networkGroup: 'here' }, log: silentLog },
    signal: new AbortController().signal,
    past: {
      ...{ networkId, chainId, startsAt: origin.startsAt, endsAt: origin.endsAt },
      sessions: (await listBeatSessions(origin)).map((session) => ({
        ...session,
        providerId: `${networkId}:${session.account}`,
      })),
      notices: listBeatNotices(origin),
      listHours: () => listBeatHistory({ ...origin, rawDays: 1 }),
    },
  });
  await closeHours({ pool, now: (origin.endsAt + 3_600) * 1_000, minObservers: 1 });
  return {
    ...{ pool, databaseUrl: database.url, chainId, head, endsAt: origin.endsAt },
    async close() {
      await pool.end();
      await database.drop();
    },
  };
}

async function readHead(url: string): Promise<number> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_blockNumber', params: [] }),
  });
  return Number(((await response.json()) as { readonly result: string }).result);
}

async function reached(
  pool: pg.Pool,
  { chainId, height }: { readonly chainId: number; readonly height: number },
): Promise<void> {
  for (;;) {
    const { rows } = await pool.query<{ height: number | null; phase: string }>(
      'select height, phase from chain where chain_id = $1',
      [chainId],
    );
    if (rows[0]?.height === height && rows[0].phase === 'live') return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
