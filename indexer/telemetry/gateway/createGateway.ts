import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type pg from 'pg';
import { toAnchor } from '../../../schema/heartbeat/anchor.js';
import { headerNames } from '../../../schema/heartbeat/envelope.js';
import { SLOT_SECONDS, toSlot } from '../../../schema/heartbeat/slots.js';
import type { VerdictCode } from '../../../schema/heartbeat/verdicts.js';
import { toMessage, UserError } from '../../../schema/lib/errors.js';
import type { Log } from '../../../schema/lib/log.js';
import type { Network } from '../../../schema/protocols/protocols.js';
import type { Runtime } from '../../lib/runtime.js';
import { systemRuntime } from '../../lib/systemRuntime.js';
import { isOutage } from '../../writer/outage.js';
import type { Attendance, TelemetryBus } from '../bus/TelemetryBus.js';
import type { Answer } from './Answer.js';
import { admitBatch } from './admitBatch.js';
import { admitSignedBeat } from './admitSignedBeat.js';
import { announceMaintenance } from './announceMaintenance.js';
import type { CallContract } from './askContract.js';
import { refuseNetwork } from './checkScope.js';
import { createBeacons } from './createBeacons.js';
import { createBuckets } from './createBuckets.js';
import { createDelegations } from './createDelegations.js';
import { createGatewayServer, type Routes, type ServerOptions } from './createGatewayServer.js';
import { createRecoveryPool } from './createRecoveryPool.js';
import { createSeenBeats } from './createSeenBeats.js';
import { createSubjects } from './createSubjects.js';
import { createWorkQueue } from './createWorkQueue.js';
import type { GatewayContext } from './Gateway.js';
import { refuseWithoutBlocks } from './judgeBeacon.js';
import { defaultLimits, type GatewayLimits } from './limits.js';
import { openSession } from './openSession.js';
import { revokeSession } from './revokeSession.js';

export interface GatewayOptions {
  /** Made by `createPool`. */
  readonly pool: pg.Pool;
  readonly bus: Pick<TelemetryBus, 'publish'>;
  /** Key of `observer`. */
  readonly observer: number;
  readonly networks: readonly Network[];
  readonly log: Log;
  readonly runtime?: Runtime;
  /** Whether the last entries of X-Forwarded-For and -Proto are a proxy's own. */
  readonly trustProxy?: boolean;
  /** 64 hexadecimal digits; without them no session may have MACs. */
  readonly macKey?: string;
  /** For accounts that are contracts. */
  readonly contracts?: CallContract;
  readonly limits?: Partial<GatewayLimits>;
  /** The bus's: told of batches that are taken or turned away before the bus is asked. */
  readonly alive?: Attendance;
}

export interface Gateway {
  readonly app: FastifyInstance;
  /** Its URL. Throws UserError where it cannot be had. */
  listen(host: string, port: number): Promise<string>;
  /** Answers so far by verdict. */
  counters(): Readonly<Partial<Record<VerdictCode, number>>>;
  /** Takes up new blocks and revocations at once, as it does every second. */
  refresh(): Promise<void>;
  /** Takes no more requests, answers those it has, and ends. */
  close(): Promise<void>;
}

/** Takes signed heartbeats over HTTP (docs/heartbeat.md), and answers once the bus has made them durable. */
export function createGateway(options: GatewayOptions): Gateway {
  const { log, runtime = systemRuntime, trustProxy = false } = options;
  const context = createContext(options, runtime);
  const counts: Partial<Record<VerdictCode, number>> = {};
  const app = createGatewayServer({
    ...{ log, runtime, trustProxy, counts },
    routes: listRoutes(context),
    maxConnections: context.limits.connections,
    readiness: createReadiness(context),
  });
  const refreshing = createRefreshing(context, { log, runtime });
  return {
    app,
    async listen(host, port) {
      await refreshing.start();
      await app.listen({ host, port }).catch((thrown: unknown) => {
        throw toListenError(thrown, { host, port });
      });
      const address = app.server.address() as AddressInfo;
      return `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`;
    },
    counters: () => ({ ...counts }),
    refresh: refreshing.once,
    async close() {
      await app.close();
      await refreshing.stop();
      await context.recoveries.close();
    },
  };
}

function createContext(options: GatewayOptions, runtime: Runtime): GatewayContext {
  const { pool, bus, observer, log, macKey = '', contracts, alive } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const { now } = runtime;
  const networks = new Map(
    options.networks.map((network) => [network.definition.id, { ...network, anchor: toAnchor(network.definition) }]),
  );
  return {
    ...{ pool, bus, observer, networks, runtime, limits, log, macKey, contracts, alive },
    beacons: createBeacons({ pool, chainIds: options.networks.map(({ definition }) => definition.chainId) }),
    delegations: createDelegations({ pool, networks, macKey, limits, now }),
    subjects: createSubjects({ pool, limits, now }),
    seen: createSeenBeats(),
    checks: createWorkQueue({
      active: limits.activeChecks,
      maxWaiting: { first: limits.waitingChecks, second: limits.waitingStrangers },
    }),
    recoveries: createRecoveryPool(limits),
    contractCalls: createWorkQueue({
      active: limits.activeContractCalls,
      maxWaiting: { first: limits.waitingContractCalls, second: limits.waitingContractCalls },
    }),
    desk: createWorkQueue({
      active: limits.activeDesk,
      maxWaiting: { first: limits.waitingRecoveries, second: limits.waitingRecoveries },
    }),
    failures: createBuckets({
      ...{ capacity: limits.failures, perSecond: limits.failuresPerSecond, maxKeys: MAX_BUCKETS, now },
    }),
    namedFailures: createBuckets({
      ...{ capacity: limits.namedFailures, perSecond: limits.namedFailuresPerSecond, maxKeys: MAX_BUCKETS, now },
    }),
    allowance: createBuckets({
      ...{ capacity: limits.beatsPerNode, perSecond: limits.beatsPerNodeMinute / 60, maxKeys: 10 * MAX_BUCKETS, now },
    }),
    requests: createBuckets({
      ...{ capacity: limits.requestedNodes, perSecond: limits.requestedNodesPerSecond, maxKeys: MAX_BUCKETS, now },
    }),
    openings: createBuckets({
      ...{ capacity: limits.openings, perSecond: limits.openingsPerMinute / 60, maxKeys: MAX_BUCKETS, now },
    }),
    proven: new WeakSet(),
    thrownByBus: new WeakSet(),
    underWay: new Map(),
  };
}

const MAX_BUCKETS = 50_000;

function listRoutes(context: GatewayContext): Routes {
  return {
    'POST /v1/heartbeats': (received) =>
      batchHeaders.some((name) => received.headers[name] !== undefined)
        ? admitBatch(context, received)
        : admitSignedBeat(context, received),
    'POST /v1/sessions': (received) => openSession(context, received),
    'POST /v1/revocations': (received) => revokeSession(context, received),
    'POST /v1/maintenance': (received) => announceMaintenance(context, received),
    'GET /v1/beacon': async (_, query) => answerBeacon(context, String(query.network ?? 'none')),
  };
}

/** Whoever sends one of them means a batch. */
const batchHeaders = Object.values(headerNames);

function answerBeacon(context: GatewayContext, id: string): Answer {
  const network = context.networks.get(id);
  if (!network) return refuseNetwork(context, id);
  const { chainId } = network.definition;
  const newest = context.beacons.findNewest(chainId);
  if (!newest) return refuseWithoutBlocks(chainId);
  const body = { network: id, chainId, height: newest.height, beacon: newest.hash, slotSeconds: SLOT_SECONDS };
  return { code: 'ACCEPTED', body };
}

function isFull({ checks, recoveries }: GatewayContext): boolean {
  return checks.isFull() || recoveries.isFull();
}

/** Anybody may ask, so the database is asked once in a second at most. */
function createReadiness(context: GatewayContext): ServerOptions['readiness'] {
  const { now } = context.runtime;
  let asked: { readonly at: number; readonly database: Promise<boolean> } | undefined;
  return async () => {
    if (!asked || now() - asked.at >= READINESS_MS) asked = { at: now(), database: isReachable(context) };
    return { database: await asked.database, queue: !isFull(context) };
  };
}

const READINESS_MS = 1_000;

async function isReachable({ pool }: GatewayContext): Promise<boolean> {
  try {
    await pool.query('select 1');
    return true;
  } catch {
    return false;
  }
}

function createRefreshing(context: GatewayContext, { log, runtime }: { readonly log: Log; readonly runtime: Runtime }) {
  const stopping = new AbortController();
  let ended = Promise.resolve();
  let looking = Promise.resolve();
  let lost = false;
  return {
    once,
    /** Resolves after the first look, whether or not the database is there. */
    async start() {
      await attempt();
      ended = follow();
    },
    async stop() {
      stopping.abort();
      await ended;
    },
  };

  /** One after the other: what was read earlier must not take the place of what was read later. */
  function once(): Promise<void> {
    looking = looking.then(look, look);
    return looking;
  }

  async function look(): Promise<void> {
    const nowMs = runtime.wallTime().getTime();
    context.seen.prune(toSlot(nowMs) - KEPT_SLOTS);
    context.delegations.prune();
    await context.beacons.refresh();
    await context.delegations.refreshRevocations(nowMs);
  }

  async function follow(): Promise<void> {
    while (!stopping.signal.aborted) {
      await runtime.sleep(POLL_MS, stopping.signal);
      if (!stopping.signal.aborted) await attempt();
    }
  }

  /** What is in memory stays good for a while: without the database nothing can be acknowledged anyway. */
  async function attempt(): Promise<void> {
    try {
      await once();
      lost = false;
    } catch (thrown) {
      if (!isOutage(thrown)) throw thrown;
      if (!lost) log.warn(`Expected the database to tell new blocks and revocations, got: ${toMessage(thrown)}`);
      lost = true;
    }
  }
}

const POLL_MS = 1_000;
/** Nothing older than MAX_AGE_MS is taken, which may be of the slot before the one two minutes ago. */
const KEPT_SLOTS = 4;

function toListenError(thrown: unknown, at: { readonly host: string; readonly port: number }): unknown {
  const { host, port } = at;
  switch ((thrown as { readonly code?: unknown }).code) {
    case 'EADDRINUSE':
      return new UserError(
        `Expected port ${port} on ${host} to be free for the gateway, but something listens there: set HEARTBEAT_PORT (0 for any free one).`,
      );
    case 'EADDRNOTAVAIL':
      return new UserError(
        `Expected ${host} to be an address of this machine, and it is none: set HEARTBEAT_HOST (0.0.0.0 for all of them).`,
      );
    case 'EACCES':
      return new UserError(
        `Expected port ${port} on ${host} to be open to this user, and it is not: set HEARTBEAT_PORT to 1024 or more.`,
      );
    default:
      return thrown;
  }
}
