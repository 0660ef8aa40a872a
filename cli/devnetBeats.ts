import { listBeatHistory, listBeatNotices, listBeatSessions, startBeatAgents } from '../devnet/main.js';
import { type BeatPast, writeBeatPast } from '../indexer/telemetry/history/main.js';
import { toNounId } from '../schema/lib/ids.js';
import type { Log } from '../schema/lib/log.js';
import { computeMarketDevnet } from '../schema/protocols/computeMarketDevnet.js';
import type { BeatsSettings, Running } from './roles.js';

const NETWORK = 'compute-market-devnet';

/** Writes the past of the machines' heartbeats once, after the chain's, and beats from then on. */
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

async function toPast(origin: BeatsSettings['origin']): Promise<BeatPast> {
  const sessions = await listBeatSessions(origin);
  return {
    ...{ networkId: NETWORK, chainId: computeMarketDevnet.chainId },
    ...{ startsAt: origin.startsAt, endsAt: origin.endsAt },
    sessions: sessions.map((session) => ({ ...session, providerId: toNounId(NETWORK, session.account) })),
    notices: listBeatNotices(origin),
    listHours: () => listBeatHistory(origin),
  };
}
