import type pg from 'pg';
import { createPool } from '../../schema/database.js';
import { UserError } from '../../schema/lib/errors.js';
import { createGuardedHttp } from '../../schema/lib/guardedHttp/createGuardedHttp.js';
import type { Log } from '../../schema/lib/log.js';
import { getNetwork, type Network } from '../../schema/protocols/protocols.js';
import { systemRuntime } from '../lib/systemRuntime.js';
import { createBeatStore } from './beats/createBeatStore.js';
import { keepPartitions } from './beats/keepPartitions.js';
import { KEEP_BATCHES_MS, KEEP_STREAMED_MS } from './beats/pruneBatches.js';
import { registerObserver } from './beats/registerNodes.js';
import { createLocalBus } from './bus/createLocalBus.js';
import type { Attendance, TelemetryBus } from './bus/TelemetryBus.js';
import { listProbed, listProbes, type TelemetryConfig } from './config.js';
import { createContractCaller } from './gateway/createContractCaller.js';
import { createGateway } from './gateway/createGateway.js';
import type { Assignment } from './probes/probes.js';
import { runProbes } from './probes/runProbes.js';
import { runRoller } from './rollup/runRoller.js';

export interface Telemetry {
  /** Ends when it has been stopped; fails on a bug. */
  readonly done: Promise<void>;
  /** What it asks for: `marlin-spec of marlin-arbitrum, …`; undefined: nobody. */
  readonly asks: string | undefined;
  /** Where heartbeats are taken. */
  readonly gatewayUrl: string | undefined;
  /** Takes no more, commits what it has, and ends. */
  stop(): Promise<void>;
}

export interface TelemetryOptions {
  readonly databaseUrl: string;
  readonly config: TelemetryConfig;
  readonly log: Log;
}

/** Takes heartbeats, writes and rolls them up, and asks off chain, each where its settings say so. */
export async function startTelemetry(options: TelemetryOptions): Promise<Telemetry> {
  const { databaseUrl, config } = options;
  const assignments = config.TELEMETRY_PARTS.includes('probes') ? listProbes(config) : [];
  assertSomeWork(config, assignments);
  const stopping = new AbortController();
  const pools = new Set<pg.Pool>();
  const openPool = (max: number, statementMs = 0) => {
    const pool = createPool(databaseUrl, {
      ...{ role: 'telemetry', max, connectionTimeoutMillis: CONNECT_MS, keepAlive: true },
      statement_timeout: statementMs,
    });
    pools.add(pool);
    return pool;
  };
  const endPools = () => Promise.all([...pools].map((pool) => pool.end()));
  try {
    const beats = await startBeats({ ...options, openPool });
    const running = [
      ...(config.TELEMETRY_PARTS.includes('roller') ? [roll(openPool(3), options, stopping.signal)] : []),
      ...(assignments.length > 0 ? [probe({ ...options, openPool, assignments, signal: stopping.signal })] : []),
      ...(beats ? [beats.done] : []),
    ];
    const stop = createStop(async () => {
      stopping.abort();
      await beats?.stop();
    });
    const done = Promise.all(running)
      // What fails takes the rest with it.
      .finally(stop)
      .finally(endPools)
      .then(() => undefined);
    return {
      done,
      asks: assignments.length > 0 ? toTitle(assignments) : undefined,
      gatewayUrl: beats?.gatewayUrl,
      async stop() {
        await stop();
        await done;
      },
    };
  } catch (thrown) {
    await endPools();
    throw thrown;
  }
}

interface Beats {
  readonly gatewayUrl: string | undefined;
  readonly done: Promise<void>;
  stop(): Promise<void>;
}

/** The gateway, the writer, and the bus between them, as far as they run in this process. */
async function startBeats(
  options: TelemetryOptions & { readonly openPool: (max: number, statementMs?: number) => pg.Pool },
): Promise<Beats | undefined> {
  const { config, log, openPool } = options;
  const parts = config.TELEMETRY_PARTS;
  if (!parts.includes('gateway') && !parts.includes('writer')) return undefined;
  const pool = openPool(WRITER_CONNECTIONS, STATEMENT_MS);
  const name = config.HEARTBEAT_OBSERVER;
  const observer = await registerObserver(pool, { name, networkGroup: config.HEARTBEAT_NETWORK_GROUP ?? name });
  await keepPartitions(pool, { now: new Date(), rawDays: config.HEARTBEAT_RAW_DAYS, log });
  let isOpen = false;
  const bus = await openBus(options, {
    observer: parts.includes('gateway') ? observer : undefined,
    isListening: () => isOpen,
  });
  if (parts.includes('writer')) {
    const store = createBeatStore({ pool, runtime: systemRuntime, log });
    await bus.consume((batches, alive) => store.write(batches, alive));
  }
  const ended = createGate();
  const contracts = createContractCaller(config.RPC_URLS);
  const gateway = parts.includes('gateway')
    ? createGateway({
        ...{
          pool: openPool(GATEWAY_CONNECTIONS, STATEMENT_MS),
          bus,
          observer,
          networks: listServed(config),
          log,
          contracts,
        },
        alive: bus.alive,
        trustProxy: config.HEARTBEAT_TRUST_PROXY,
        macKey: config.HEARTBEAT_MAC_KEY,
      })
    : undefined;
  const stop = createStop(async () => {
    isOpen = false;
    const until = performance.now() + STOP_WITHIN_MS;
    await gateway?.close();
    await bus.close(Math.max(LAST_COMMIT_MS, until - performance.now()));
    await contracts.close();
    ended.open();
  });
  try {
    const gatewayUrl = await gateway?.listen(config.HEARTBEAT_HOST, config.HEARTBEAT_PORT ?? DEFAULT_PORT);
    isOpen = gateway !== undefined;
    return { gatewayUrl, done: ended.passed, stop };
  } catch (thrown) {
    await stop();
    throw thrown;
  }
}

const CONNECT_MS = 5_000;
/** Of gateway and writer, which hold nobody up for longer; the roller takes its time. */
const STATEMENT_MS = 15_000;
/** Beside the explorer's 4340 to 4342. */
const DEFAULT_PORT = 4343;
/** Both together, so that a stop takes less than ten seconds whatever the database does. */
const STOP_WITHIN_MS = 9_000;
const LAST_COMMIT_MS = 1_000;
const WRITER_CONNECTIONS = 3;
const GATEWAY_CONNECTIONS = 6;
/** Some seconds of what two cores take, at about half a kilobyte each. */
const MAX_BEATS = 200_000;

interface BusOptions {
  readonly observer: number | undefined;
  readonly isListening: () => boolean;
}

/** The stream's client is loaded by those only who have one. */
async function openBus(
  { config, log }: TelemetryOptions,
  { observer, isListening }: BusOptions,
): Promise<TelemetryBus & { readonly alive: Attendance }> {
  if (config.NATS_URL === undefined) {
    const commitMs = config.HEARTBEAT_COMMIT_MS;
    return createLocalBus({ runtime: systemRuntime, commitMs, maxBeats: MAX_BEATS, observer, isListening, log });
  }
  const { createNatsBus } = await import('./bus/createNatsBus.js');
  return createNatsBus({
    ...{ url: config.NATS_URL, name: config.HEARTBEAT_OBSERVER, observer, isListening },
    ...{ commitMs: config.HEARTBEAT_COMMIT_MS, log, runtime: systemRuntime },
  });
}

async function roll(pool: pg.Pool, { config, log }: TelemetryOptions, signal: AbortSignal): Promise<void> {
  await runRoller({
    ...{ pool, runtime: systemRuntime, log, signal },
    rawDays: config.HEARTBEAT_RAW_DAYS,
    keepBatchesMs: config.NATS_URL === undefined ? KEEP_BATCHES_MS : KEEP_STREAMED_MS,
    minObservers: config.HEARTBEAT_MIN_OBSERVERS,
  });
}

async function probe(
  options: TelemetryOptions & {
    readonly openPool: (max: number, statementMs?: number) => pg.Pool;
    readonly assignments: readonly Assignment[];
    readonly signal: AbortSignal;
  },
): Promise<void> {
  const { config, log, openPool, assignments, signal } = options;
  await runProbes({
    ...{ pool: openPool(2 + config.PROBE_CONCURRENCY), assignments, runtime: systemRuntime, log, signal },
    http: createGuardedHttp({ allowPrivate: config.PROBE_ALLOW_PRIVATE }),
    observer: config.PROBE_OBSERVER,
    intervalSeconds: config.PROBE_INTERVAL_SECONDS,
    concurrency: config.PROBE_CONCURRENCY,
    keepDays: config.PROBE_KEEP_DAYS,
  });
}

/** Nobody beats for a recorded history. */
function listServed({ COMPUTESCAN_NETWORKS }: TelemetryConfig): readonly Network[] {
  return COMPUTESCAN_NETWORKS.map(getNetwork).filter(({ definition }) => !definition.recorded);
}

/** Throws UserError for parts that would stand still, or wait for others that cannot be reached. */
function assertSomeWork(config: TelemetryConfig, assignments: readonly Assignment[]): void {
  const parts = new Set(config.TELEMETRY_PARTS);
  if (config.NATS_URL === undefined && parts.has('gateway') !== parts.has('writer')) {
    throw new UserError(
      `Expected gateway and writer together, got TELEMETRY_PARTS=${[...parts].join(',')}: without NATS_URL they share a process.`,
    );
  }
  if (parts.size === 1 && parts.has('probes') && assignments.length === 0) throw new UserError(toReason(config));
}

function toTitle(assignments: readonly Assignment[]): string {
  return assignments.map(({ probe, network }) => `${probe.id} of ${network.definition.id}`).join(', ');
}

function toReason(config: TelemetryConfig): string {
  if (!config.PROBES)
    return 'Expected probes to run, found PROBES=off: unset it, or name other parts in TELEMETRY_PARTS.';
  const networks = listProbed(config).map(({ definition }) => definition.id);
  return `Expected a network that is asked off chain, got ${networks.join(', ') || 'none on a public chain'}: name one in COMPUTESCAN_NETWORKS or PROBE_NETWORKS (see docs/probes.md).`;
}

/** Whoever calls it, it is done once, and everybody waits for that. */
function createStop(end: () => Promise<void>): () => Promise<void> {
  let ending: Promise<void> | undefined;
  return () => {
    ending ??= end();
    return ending;
  };
}

function createGate(): { readonly passed: Promise<void>; open(): void } {
  let open: () => void = () => undefined;
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open: () => open() };
}
