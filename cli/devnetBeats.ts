import { setTimeout as sleep } from 'node:timers/promises';
import { listBeatHistory, listBeatNotices, listBeatSessions, startBeatAgents } from '../devnet/main.js';
import { type BeatPast, writeBeatPast } from '../indexer/telemetry/history/main.js';
import { createPool } from '../schema/database.js';
import { toNounId } from '../schema/lib/ids.js';
import type { Log } from '../schema/lib/log.js';
import { computeMarketDevnet } from '../schema/protocols/computeMarketDevnet.js';
import type { BeatsSettings, Running } from './roles.js';

const NETWORK = 'compute-market-devnet';
const POLL_MS = 500;

/**
 * Waits until the index knows the machines, writes the past of their heartbeats once, and beats from then on. Where machines
 * are registered decides from when on they are expected, so the past comes after the chain's.
 */
export function startDevnetBeats(options: {
  readonly settings: BeatsSettings;
  readonly databaseUrl: string;
  readonly observer: { readonly name: string; readonly networkGroup: string };
  readonly log: Log;
}): Running {
  const { settings, databaseUrl, observer, log } = options;
  const { origin, gatewayUrl } = settings;
  const stopping = new AbortController();
  const { signal } = stopping;
  const work = async () => {
    if (!(await untilIndexed(databaseUrl, { until: origin.endsAt, signal }))) return;
    const past = await toPast(origin);
    if (!(await writeBeatPast({ databaseUrl, observer, past, log, signal }))) return;
    await startBeatAgents({ ...origin, gatewayUrl, log, signal }).done;
  };
  const done = work();
  done.catch(() => undefined);
  return {
    done,
    async stop() {
      stopping.abort();
      await done;
    },
  };
}

/** False: the signal was first. */
async function untilIndexed(
  databaseUrl: string,
  { until, signal }: { readonly until: number; readonly signal: AbortSignal },
): Promise<boolean> {
  const pool = createPool(databaseUrl, { role: 'beats', max: 1 });
  try {
    while (!signal.aborted) {
      const { rowCount } = await pool.query(
        `select 1 from chain where chain_id = $1 and phase = 'live' and block_time >= to_timestamp($2) - interval '1 hour'`,
        [computeMarketDevnet.chainId, until],
      );
      if (rowCount === 1) return true;
      await sleep(POLL_MS, undefined, { signal }).catch(() => undefined);
    }
    return false;
  } finally {
    await pool.end();
  }
}

async function toPast(origin: BeatsSettings['origin']): Promise<BeatPast> {
  const sessions = await listBeatSessions(origin);
  return {
    ...{ networkId: NETWORK, startsAt: origin.startsAt, endsAt: origin.endsAt },
    sessions: sessions.map((session) => ({ ...session, providerId: toNounId(NETWORK, session.account) })),
    notices: listBeatNotices(origin),
    hours: listBeatHistory(origin),
  };
}
