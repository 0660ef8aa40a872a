import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type pg from 'pg';
import { createPool } from '../schema/database.js';
import { assert } from '../schema/lib/assert.js';
import { RetryableError, toMessage, UserError } from '../schema/lib/errors.js';
import type { Hex } from '../schema/lib/hex.js';
import type { Log } from '../schema/lib/log.js';
import { getNetwork, type Network } from '../schema/protocols/protocols.js';
import type { Endpoints } from './config.js';
import { checkConservation } from './conservation/checkConservation.js';
import { startConservation } from './conservation/startConservation.js';
import { createBackoff } from './lib/backoff.js';
import { boundHeap } from './lib/boundHeap.js';
import { systemRuntime } from './lib/systemRuntime.js';
import type { ChainState } from './monitor/chainState.js';
import { createMonitor, type Monitor } from './monitor/createMonitor.js';
import type { SyncReport } from './monitor/SyncReport.js';
import { startMonitorServer } from './monitor/startMonitorServer.js';
import type { ChainSource } from './source/ChainSource.js';
import { createChainSource } from './source/createChainSource.js';
import { createRecordedSource } from './source/createRecordedSource.js';
import { createEndpointPool } from './source/endpoints/createEndpointPool.js';
import type { EndpointPool } from './source/endpoints/EndpointPool.js';
import type { Transport } from './source/rpc/Transport.js';
import type { VerificationPolicy } from './source/verification/chainRules.js';
import { toFinalityDepth } from './sync/finality.js';
import type { SyncSettings } from './sync/SyncOptions.js';
import { syncChain } from './sync/syncChain.js';
import { createPostgresStore } from './writer/createPostgresStore.js';
import { recordEndpoints } from './writer/recordEndpoints.js';
import { registerNetworks } from './writer/registerNetworks.js';

export type { ChainState } from './monitor/chainState.js';

export interface IndexerOptions {
  readonly databaseUrl: string;
  readonly networks: readonly string[];
  readonly endpoints: Endpoints;
  /** By chain id; the chain's own rules where absent. */
  readonly verify?: Readonly<Record<string, VerificationPolicy>>;
  readonly pollMs: number;
  readonly maxRangeBlocks: number;
  readonly log: Log;
  /** Where metrics and health are served; nowhere when absent. */
  readonly monitor?: { readonly host: string; readonly port: number; readonly readyLagSeconds: number } | undefined;
  readonly report?: ((report: SyncReport) => void) | undefined;
  /** Called when a chain's state has changed in what people see of it. */
  readonly onState?: ((state: ChainState) => void) | undefined;
  /** Ends each chain at this height instead of following its head. */
  readonly until?: number | undefined;
  /** Speaks to an endpoint in another way than over the network, or listens in. */
  readonly createTransport?: ((url: string) => Transport) | undefined;
}

export interface Indexer {
  /** Ends when every chain has ended; fails when one of them met a bug. */
  readonly done: Promise<void>;
  /** Where metrics and health are served. */
  readonly monitorUrl: string | undefined;
  stop(): Promise<void>;
}

/** Follows every chain of the networks at once. Throws UserError when one cannot be begun. */
export async function startIndexer(options: IndexerOptions): Promise<Indexer> {
  const networks = options.networks.map(getNetwork);
  const recorded = networks.find((network) => network.definition.recorded);
  if (recorded) {
    throw new UserError(
      `Expected networks that run on a chain, got ${recorded.definition.id}, a recording: index it with \`computescan replay <file>\`.`,
    );
  }
  boundHeap();
  const chains = toChains(networks);
  const stopping = new AbortController();
  const closing: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const one of closing.splice(0).reverse()) await one();
  };
  try {
    const pool = createPool(options.databaseUrl, { role: 'index', max: 4 + 3 * chains.size });
    closing.push(() => pool.end());
    // One check at a time, whatever the number of chains.
    const checkPool = createPool(options.databaseUrl, { role: 'check', max: 1 });
    closing.push(() => checkPool.end());
    const monitor = createMonitor({
      chains: [...chains].map(([chainId, [first]]) => ({
        chainId,
        name: first?.definition.chainName ?? String(chainId),
      })),
      runtime: systemRuntime,
      readyLagSeconds: options.monitor?.readyLagSeconds ?? 120,
    });
    const server = options.monitor ? await startMonitorServer({ ...options.monitor, monitor }) : undefined;
    if (server) closing.push(() => server.close());
    const begun: BegunChain[] = [];
    for (const [chainId, ofChain] of chains) {
      const chain = await beginChain(chainId, ofChain, { options, pool, signal: stopping.signal });
      closing.push(() => chain.source.close().catch(() => undefined));
      begun.push(chain);
    }
    const running = begun.map((chain) =>
      runChain(chain, monitor, { options, pool, checkPool, signal: stopping.signal }),
    );
    const done = Promise.all(running).then(close, async (thrown: unknown) => {
      stopping.abort();
      await Promise.allSettled(running);
      await close();
      throw thrown;
    });
    return {
      done,
      monitorUrl: server?.url,
      async stop() {
        stopping.abort();
        const giveUp = () => void Promise.allSettled(begun.map(({ source }) => source.close()));
        const timer = setTimeout(giveUp, DRAIN_MS);
        await done.finally(() => clearTimeout(timer));
      },
    };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}

/** For the batch that is being written; an endpoint that has not answered by then is not waited for. */
const DRAIN_MS = 4_000;

interface BegunChain {
  readonly chainId: number;
  readonly networks: readonly Network[];
  readonly source: ChainSource;
  readonly endpoints: EndpointPool;
}

interface Surroundings {
  readonly options: IndexerOptions;
  readonly pool: pg.Pool;
  readonly signal: AbortSignal;
}

async function beginChain(
  chainId: number,
  networks: readonly Network[],
  { options, pool, signal }: Surroundings,
): Promise<BegunChain> {
  const { log, createTransport } = options;
  const defined = options.endpoints[chainId] ?? [];
  if (defined.length === 0) {
    throw new UserError(
      `Expected an RPC endpoint for chain ${chainId}, found none: set RPC_URLS=${chainId}=https://… (see .env.example).`,
    );
  }
  const endpoints = createEndpointPool({ chainId, endpoints: defined, createTransport, runtime: systemRuntime, log });
  const source = createChainSource({
    pool: endpoints,
    chainId,
    policy: toPolicies(options.verify?.[chainId]),
    log,
  });
  try {
    await registerNetworks(pool, {
      chainId,
      genesisHash: await findGenesis({ source, endpoints }, chainId, signal),
      networks,
    });
  } catch (thrown) {
    await source.close();
    throw thrown;
  }
  return { chainId, networks, source, endpoints };
}

/** What the operator asks for is asked of the past; at the head only `off` takes anything away. */
function toPolicies(configured: VerificationPolicy | undefined) {
  return { backfill: configured, head: configured === 'superset' ? undefined : configured };
}

async function runChain(
  { chainId, networks, source, endpoints }: BegunChain,
  monitor: Monitor,
  { options, pool, checkPool, signal }: Surroundings & { readonly checkPool: pg.Pool },
): Promise<void> {
  const { log } = options;
  const isOfChain = (state: ChainState) => state.chainId === chainId;
  const report = (one: SyncReport) => {
    monitor.report(one);
    options.report?.(one);
    conservation.note(one);
    const state = one.kind === 'timing' || one.kind === 'buffer' ? undefined : monitor.listStates().find(isOfChain);
    if (state) options.onState?.(state);
    // What a phase took is asked for at its end, not when the next scores happen to be due.
    if (one.kind === 'phase') report({ kind: 'endpoints', chainId, scores: endpoints.listScores() });
  };
  const conservation = startConservation({ chainId, pool: checkPool, runtime: systemRuntime, log, report, signal });
  const ended = new AbortController();
  const end = () => ended.abort();
  signal.addEventListener('abort', end, { once: true });
  const scoring = keepScores({ chainId, endpoints, pool, report, signal: ended.signal });
  try {
    await syncChain({
      ...{ chainId, networks, source, log, signal, report },
      store: createPostgresStore({ pool, chainId, runtime: systemRuntime }),
      runtime: systemRuntime,
      settings: toSettings(chainId, options),
    });
  } finally {
    signal.removeEventListener('abort', end);
    end();
    await Promise.all([scoring, conservation.finish()]);
  }
}

function toSettings(
  chainId: number,
  options: Pick<IndexerOptions, 'pollMs' | 'maxRangeBlocks' | 'until'>,
): SyncSettings {
  return {
    holder: `${hostname()}-${process.pid}-${randomBytes(4).toString('hex')}`,
    pollMs: options.pollMs,
    maxRangeBlocks: options.maxRangeBlocks,
    finalityDepth: toFinalityDepth(chainId),
    leaseMs: LEASE_MS,
    until: options.until,
  };
}

/** Longer than a database takes to restart, shorter than a reader's patience. */
const LEASE_MS = 15_000;
const SCORES_EVERY_MS = 2_000;

/** Shows how the endpoints do, in the metrics and in the database. What fails here fails the sync by itself. */
async function keepScores(options: {
  readonly chainId: number;
  readonly endpoints: EndpointPool;
  readonly pool: pg.Pool;
  readonly report: (report: SyncReport) => void;
  readonly signal: AbortSignal;
}): Promise<void> {
  const { chainId, endpoints, pool, report, signal } = options;
  while (!signal.aborted) {
    await systemRuntime.sleep(SCORES_EVERY_MS, signal);
    const scores = endpoints.listScores();
    report({ kind: 'endpoints', chainId, scores });
    await recordEndpoints(pool, chainId, scores).catch(() => undefined);
  }
}

export interface ReplaySummary {
  readonly network: string;
  readonly events: number;
  readonly quarantined: number;
  readonly providers: number;
  /** Base units of the network's stake token. */
  readonly stake: bigint;
}

/** Indexes a recorded history to its end. Doing it twice changes nothing. */
export async function replayRecording(options: {
  readonly databaseUrl: string;
  readonly network: string;
  readonly file: string;
  readonly log: Log;
  readonly signal?: AbortSignal;
  readonly report?: (report: SyncReport) => void;
}): Promise<ReplaySummary> {
  const network = getNetwork(options.network);
  if (!network.definition.recorded) {
    throw new UserError(
      `Expected a recorded network, got ${options.network}, which runs on a chain: leave --network away, or name a recorded one.`,
    );
  }
  const source = await createRecordedSource(options.file, network);
  const pool = createPool(options.databaseUrl, { role: 'replay' });
  const { chainId } = network.definition;
  try {
    await registerNetworks(pool, { chainId, genesisHash: await source.getGenesisHash(), networks: [network] });
    await syncChain({
      ...{ chainId, networks: [network], source, log: options.log, report: options.report },
      store: createPostgresStore({ pool, chainId, runtime: systemRuntime }),
      runtime: systemRuntime,
      settings: toSettings(chainId, { pollMs: 0, maxRangeBlocks: 2_000 }),
      signal: options.signal ?? new AbortController().signal,
    });
    const client = await pool.connect();
    await checkConservation(client, chainId).finally(() => client.release());
    return await summarise(pool, network);
  } finally {
    await pool.end();
  }
}

async function summarise(pool: pg.Pool, { definition }: Network): Promise<ReplaySummary> {
  const { rows } = await pool.query<{ events: number; quarantined: number; providers: number; stake: string }>(
    `select n.providers, n.stake,
       (select count(*) from event where network_id = n.id) as events,
       (select count(*) from quarantine where network_id = n.id) as quarantined
     from network n where n.id = $1`,
    [definition.id],
  );
  const row = rows[0];
  assert(row, `network ${definition.id} is registered`);
  return { ...row, network: definition.id, stake: BigInt(row.stake) };
}

const CONNECT_MS = 10_000;

/** A node that has only just been started gets a few seconds; one that never answers is the user's to mend. */
async function findGenesis(
  { source, endpoints }: Pick<BegunChain, 'source' | 'endpoints'>,
  chainId: number,
  signal: AbortSignal,
): Promise<Hex> {
  // Not AbortSignal.any over AbortSignal.timeout: Node may collect such a timer before it fires, and nothing ever ends.
  const giving = new AbortController();
  const deadline = giving.signal;
  const giveUp = () => giving.abort();
  const timer = setTimeout(giveUp, CONNECT_MS);
  signal.addEventListener('abort', giveUp, { once: true });
  if (signal.aborted) giveUp();
  const backoff = createBackoff({ firstMs: 200, maxMs: 2_000, runtime: systemRuntime });
  const expired = new Promise<undefined>((resolve) => {
    if (deadline.aborted) resolve(undefined);
    deadline.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  let reason = `no answer within ${CONNECT_MS / 1000} s`;
  try {
    while (!deadline.aborted) {
      try {
        const genesis = await Promise.race([source.getGenesisHash(), expired]);
        if (genesis) return genesis;
      } catch (thrown) {
        if (!(thrown instanceof RetryableError)) throw thrown;
        reason = toMessage(thrown);
        await backoff.wait(deadline);
      }
    }
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', giveUp);
  }
  const failure = endpoints.listScores().find(({ lastFailure }) => lastFailure)?.lastFailure;
  throw new UserError(
    `Expected a JSON-RPC endpoint of chain ${chainId}, got: ${(failure ?? reason).replace(/\.?$/, '.')} Check RPC_URLS and that the node runs.`,
  );
}

function toChains(networks: readonly Network[]): ReadonlyMap<number, readonly Network[]> {
  const chains = new Map<number, Network[]>();
  for (const network of networks) {
    const { chainId } = network.definition;
    chains.set(chainId, [...(chains.get(chainId) ?? []), network]);
  }
  return chains;
}
