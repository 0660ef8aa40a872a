import type { DevnetOrigin } from '../devnet/main.js';
import { readIndexerConfig } from '../indexer/config.js';
import { UserError } from '../schema/lib/errors.js';
import { createLog } from '../schema/lib/log.js';
import type { Environment } from '../schema/lib/readEnv.js';
import { addNetworks } from '../schema/protocols/protocols.js';
import { readNetworkFile } from '../schema/protocols/readNetworkFile.js';
import { toRolledText } from './commands/toRollText.js';
import { readCliConfig, toDataDirs } from './config.js';
import type { ChainProgress } from './progress/ChainProgress.js';
import { toProgress } from './progress/toProgress.js';

/** What a role tells whoever started it. */
export type Report =
  | ({ readonly kind: 'progress' } & ChainProgress)
  | {
      readonly kind: 'devnet';
      readonly network: string;
      readonly phase: string;
      readonly done: number;
      readonly total: number;
    }
  | { readonly kind: 'monitor'; readonly url: string }
  | { readonly kind: 'listening'; readonly chainId: number; readonly url: string; readonly origin: DevnetOrigin }
  | { readonly kind: 'asking'; readonly title: string }
  | { readonly kind: 'gateway'; readonly url: string }
  | { readonly kind: 'rolled'; readonly text: string };

export interface Running {
  /** Ends when the role has nothing left to do; fails on a bug. */
  readonly done: Promise<void>;
  stop(): Promise<void>;
}

export type Role = (env: Environment, report: (report: Report) => void) => Promise<Running>;

/** The roles that run in a process of their own under `up`. */
export const roles = {
  index: runIndexer,
  telemetry: runTelemetry,
  roll: runRoll,
  devnet: runDevnet,
  beats: runBeats,
} satisfies Record<string, Role>;

export type RoleName = keyof typeof roles;

/** A role loads its room when it runs: neither waits for what only the other one needs. */
async function runIndexer(env: Environment, report: (report: Report) => void): Promise<Running> {
  const [{ startIndexer }, { watchPlans }] = await Promise.all([
    import('../indexer/main.js'),
    import('../indexer/plan/main.js'),
  ]);
  const config = readIndexerConfig(env);
  if (config.COMPUTESCAN_NETWORK_FILE) addNetworks(readNetworkFile(config.COMPUTESCAN_NETWORK_FILE));
  const databaseUrl = getDatabaseUrl(config.DATABASE_URL);
  const log = createLog('index', config.LOG_LEVEL);
  const plans = watchPlans({ databaseUrl, log });
  const indexer = await startIndexer({
    databaseUrl,
    networks: config.COMPUTESCAN_NETWORKS,
    endpoints: config.RPC_URLS,
    verify: config.INDEX_VERIFY,
    pollMs: config.INDEX_POLL_MS,
    maxRangeBlocks: config.INDEX_RANGE_BLOCKS,
    monitor: {
      host: config.INDEX_HOST,
      port: config.INDEX_PORT ?? DEFAULT_PORT,
      readyLagSeconds: config.INDEX_READY_LAG_SECONDS,
    },
    log,
    report: plans.report,
    onState: (state) => report({ kind: 'progress', ...toProgress(state) }),
  }).catch(async (thrown: unknown) => {
    await plans.close();
    throw thrown;
  });
  if (indexer.monitorUrl) report({ kind: 'monitor', url: indexer.monitorUrl });
  const done = indexer.done.finally(() => plans.close());
  return {
    done,
    async stop() {
      await indexer.stop();
      await done;
    },
  };
}

/** Beside the explorer's 4340 and 4341. */
const DEFAULT_PORT = 4342;

async function runTelemetry(env: Environment, report: (report: Report) => void): Promise<Running> {
  const [{ startTelemetry }, { readTelemetryConfig }] = await Promise.all([
    import('../indexer/telemetry/main.js'),
    import('../indexer/telemetry/config.js'),
  ]);
  const config = readTelemetryConfig(env);
  if (config.COMPUTESCAN_NETWORK_FILE) addNetworks(readNetworkFile(config.COMPUTESCAN_NETWORK_FILE));
  const databaseUrl = getDatabaseUrl(config.DATABASE_URL);
  const telemetry = await startTelemetry({ databaseUrl, config, log: createLog('telemetry', config.LOG_LEVEL) });
  if (telemetry.gatewayUrl) report({ kind: 'gateway', url: telemetry.gatewayUrl });
  if (telemetry.asks) report({ kind: 'asking', title: telemetry.asks });
  return telemetry;
}

async function runRoll(env: Environment, report: (report: Report) => void): Promise<Running> {
  const [{ startRoller }, { readMetricsConfig }] = await Promise.all([
    import('../indexer/metrics/main.js'),
    import('../indexer/metrics/config.js'),
  ]);
  const config = readMetricsConfig(env);
  if (config.COMPUTESCAN_NETWORK_FILE) addNetworks(readNetworkFile(config.COMPUTESCAN_NETWORK_FILE));
  const caughtUp = new Set<string>();
  return startRoller({
    databaseUrl: getDatabaseUrl(config.DATABASE_URL),
    intervalSeconds: config.ROLL_INTERVAL_SECONDS,
    log: createLog('roll', config.LOG_LEVEL),
    // A turn every few seconds needs no telling; the past and what is made anew do.
    onTurn(network, rolled) {
      if (rolled.kind !== 'rolled') return;
      const isTold = rolled.isBehind || rolled.isRebuild || !caughtUp.has(network);
      if (!rolled.isBehind) caughtUp.add(network);
      if (isTold) report({ kind: 'rolled', text: toRolledText(network, rolled) });
    },
  });
}

/** What `up` tells the machines of the devnet: whose past and present they are, and where they beat. */
export interface BeatsSettings {
  readonly origin: DevnetOrigin;
  readonly gatewayUrl: string;
}

/** The machines of the devnet's ComputeMarket: writes the past of their heartbeats, then beats as any operator's agent does. */
async function runBeats(env: Environment): Promise<Running> {
  const [{ startDevnetBeats }, { readTelemetryConfig }] = await Promise.all([
    import('./devnetBeats.js'),
    import('../indexer/telemetry/config.js'),
  ]);
  const config = readTelemetryConfig(env);
  const name = config.HEARTBEAT_OBSERVER;
  return startDevnetBeats({
    settings: JSON.parse(env.DEVNET_BEATS ?? '{}') as BeatsSettings,
    databaseUrl: getDatabaseUrl(config.DATABASE_URL),
    observer: { name, networkGroup: config.HEARTBEAT_NETWORK_GROUP ?? name },
    log: createLog('beats', config.LOG_LEVEL),
  });
}

/** The devnet's chains that COMPUTESCAN_NETWORKS asks for, or all of them where it asks for none. */
async function runDevnet(env: Environment, report: (report: Report) => void): Promise<Running> {
  const { findAnvil, listDevnetNetworks, startDevnet } = await import('../devnet/main.js');
  if (!findAnvil()) {
    throw new UserError(
      'Expected anvil for the devnet, found a production install: run `npm install` with the development packages.',
    );
  }
  const config = readCliConfig(env);
  const { devnets: folders } = toDataDirs(process.cwd(), config.COMPUTESCAN_DATA);
  const ports = { 'iexec-devnet': config.DEVNET_PORT, 'compute-market-devnet': config.DEVNET_MARKET_PORT };
  const known = listDevnetNetworks();
  const asked = env.COMPUTESCAN_NETWORKS ? readIndexerConfig(env).COMPUTESCAN_NETWORKS : known;
  const wanted = known.filter((network) => asked.includes(network));
  const starting = (wanted.length > 0 ? wanted : known).map((network) =>
    startDevnet({
      network,
      dataDir: folders[network],
      seed: config.DEVNET_SEED,
      historyDays: config.DEVNET_HISTORY_DAYS,
      port: ports[network],
      onProgress: (progress) => report({ kind: 'devnet', network, ...progress }),
    }),
  );
  const settled = await Promise.allSettled(starting);
  const devnets = settled.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const stop = async () => void (await Promise.all(devnets.map((devnet) => devnet.stop())));
  const failed = settled.find((result) => result.status === 'rejected');
  if (failed) {
    await stop();
    throw failed.reason;
  }
  for (const { chainId, rpcUrl, origin } of devnets) report({ kind: 'listening', chainId, url: rpcUrl, origin });
  const done = Promise.all(devnets.map(({ closed }) => closed)).then(() => undefined);
  return { done, stop };
}

export function getDatabaseUrl(url: string | undefined): string {
  if (url) return url;
  throw new UserError(
    'Expected a database in DATABASE_URL, found none: set it, or run `computescan up`, which brings its own.',
  );
}
