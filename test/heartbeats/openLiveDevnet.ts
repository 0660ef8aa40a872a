import type { DevnetOrigin } from '../../devnet/heartbeats/listLives.js';
import { type BeatAgents, startBeatAgents } from '../../devnet/heartbeats/startBeatAgents.js';
import type { Runtime } from '../../indexer/lib/runtime.js';
import { systemRuntime } from '../../indexer/lib/systemRuntime.js';
import { createBeatStore } from '../../indexer/telemetry/beats/createBeatStore.js';
import { ensureSlots } from '../../indexer/telemetry/beats/partitions.js';
import { createLocalBus } from '../../indexer/telemetry/bus/createLocalBus.js';
import { createGateway, type Gateway } from '../../indexer/telemetry/gateway/createGateway.js';
import { createHttpPost } from '../../schema/heartbeat/createHttpPost.js';
import type { SenderEvent } from '../../schema/heartbeat/SenderOptions.js';
import { getNetwork } from '../../schema/protocols/protocols.js';
import { silentLog } from '../silentLog.js';
import { createSteppedClock, type SteppedClock } from './createSteppedClock.js';
import { type DevnetWorld, openDevnetWorld } from './openDevnetWorld.js';

export interface Heard {
  readonly provider: string;
  readonly machine: number;
  readonly event: SenderEvent;
}

export interface LiveDevnet {
  readonly world: DevnetWorld;
  readonly clock: SteppedClock;
  /** Everything that became of batches, in order. */
  readonly events: readonly Heard[];
  /** Of all gateways so far, by verdict. */
  counters(): Readonly<Record<string, number>>;
  /** The nodes and their chain become known, to the gateway as well. */
  writeFacts(): Promise<void>;
  startGateway(): Promise<void>;
  stopGateway(): Promise<void>;
  startAgents(): Promise<void>;
  stopAgents(): Promise<void>;
  end(): Promise<void>;
}

/** The devnet's agents before a real gateway, over HTTP, on a clock that waits for them; the gateway is on the same clock. */
export async function openLiveDevnet(
  origin: DevnetOrigin,
  { startMs }: { readonly startMs: number },
): Promise<LiveDevnet> {
  const world = await openDevnetWorld(origin);
  const { pool, observer } = world;
  const slot = Math.floor(startMs / 60_000);
  await ensureSlots(pool, slot - 1_440, slot + 1_440);
  const clock = createSteppedClock(startMs);
  // What it remembers for a while it forgets by the same clock.
  const runtime: Runtime = { ...systemRuntime, wallTime: clock.wallTime, now: clock.now };
  const bus = createLocalBus({ runtime: systemRuntime, commitMs: 5, maxBeats: 10_000 });
  await bus.consume(createBeatStore({ pool, runtime }).write);
  const events: Heard[] = [];
  const counts: Record<string, number> = {};
  let gateway: Gateway | undefined;
  let url = '';
  let agents: BeatAgents | undefined;
  let stopping = new AbortController();

  async function startGateway(): Promise<void> {
    // Real time hardly passes, so that what is allowed in a minute must do for all of them.
    const limits = { beatsPerNode: 1_000 };
    const networks = [getNetwork('compute-market-devnet')];
    gateway = createGateway({ pool, bus, observer, networks, log: silentLog, runtime, limits });
    url = await gateway.listen('127.0.0.1', url ? Number(new URL(url).port) : 0);
  }

  async function stopGateway(): Promise<void> {
    for (const [code, count] of Object.entries(gateway?.counters() ?? {})) counts[code] = (counts[code] ?? 0) + count;
    await gateway?.close();
    gateway = undefined;
  }

  async function startAgents(): Promise<void> {
    stopping = new AbortController();
    const http = createHttpPost(new URL(url));
    stopping.signal.addEventListener('abort', () => http.close());
    agents = startBeatAgents({
      ...{ ...origin, gatewayUrl: url, log: silentLog, signal: stopping.signal, clock },
      post: (...request) => clock.holding(() => http.post(...request)),
      tell: (from, event) => void events.push({ ...from, event }),
    });
    await clock.untilAsleep(SENDERS);
  }

  async function stopAgents(): Promise<void> {
    stopping.abort();
    await agents?.done;
    agents = undefined;
  }

  await startGateway();
  await startAgents();
  return {
    async writeFacts() {
      await world.writeFacts();
      await gateway?.refresh();
    },
    ...{ world, clock, events, startGateway, stopGateway, startAgents, stopAgents },
    counters: () => {
      const all = { ...counts };
      for (const [code, count] of Object.entries(gateway?.counters() ?? {})) all[code] = (all[code] ?? 0) + count;
      return all;
    },
    async end() {
      await stopAgents();
      await stopGateway();
      await bus.close();
      await world.end();
    },
  };
}

/** Providers with a node, at the end of the history and after it. */
const SENDERS = 20;
