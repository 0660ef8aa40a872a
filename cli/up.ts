import { createServer } from 'node:net';
import { readApiConfig } from '../api/config.js';
import { type PlaygroundBuilder, startApi } from '../api/main.js';
import { dropDevnet, findAnvil, listDevnetNetworks } from '../devnet/main.js';
import { type Endpoints, formatEndpoints, readIndexerConfig } from '../indexer/config.js';
import { createScoreExplainer } from '../indexer/metrics/recompute/main.js';
import { UserError } from '../schema/lib/errors.js';
import type { Environment } from '../schema/lib/readEnv.js';
import { computeMarketDevnet } from '../schema/protocols/computeMarketDevnet.js';
import { addNetworks, getNetwork } from '../schema/protocols/protocols.js';
import { readNetworkFile } from '../schema/protocols/readNetworkFile.js';
import { readWebConfig } from '../web/server/config.js';
import { mountWeb } from '../web/server/mountWeb.js';
import { readCliConfig, toDataDirs } from './config.js';
import { openDatabase } from './openDatabase.js';
import { dropPostgres } from './postgres/dropPostgres.js';
import type { BeatsSettings, Report } from './roles.js';
import { startChild } from './startChild.js';
import { createDisplay, type Display } from './terminal.js';
import { toKeyFile } from './toKeyFile.js';
import { whenAborted } from './whenAborted.js';

export interface UpOptions {
  readonly root: string;
  readonly env: Environment;
  readonly reset: boolean;
  readonly devnet: boolean;
  readonly buildWeb: () => Promise<void>;
  readonly buildPlayground?: PlaygroundBuilder | undefined;
  readonly signal: AbortSignal;
}

/**
 * Everything in one process group: database, devnet, indexer, telemetry, roller and the devnet's machines as children, API and pages
 * in this process. Ends when the signal aborts or a part fails; either way what was started is stopped in reverse order.
 */
export async function runUp(given: UpOptions): Promise<void> {
  const options = { ...given, env: withNetworks(given.env) };
  const { root, env, signal } = options;
  const display = createDisplay(process.stderr);
  const api = readApiConfig(env);
  const { buildDir, publicUrl } = readWebConfig(env);
  const networkFile = readIndexerConfig(env).COMPUTESCAN_NETWORK_FILE;
  if (networkFile) addNetworks(readNetworkFile(networkFile));
  await assertPortFree(api.port, api.host);
  if (options.reset) await reset(root, env);

  let opened = false;
  const stops: (() => Promise<void>)[] = [];
  // Ctrl-C ends whatever is being waited for.
  const failures: Promise<never>[] = [rejectWhenAborted(signal)];
  try {
    // The devnet takes longest, so it begins before anything waits.
    const devnet = startDevnet(options, display);
    if (devnet) stops.push(devnet.stop);
    if (devnet) failures.push(devnet.failed);
    const opening = openDatabase(root, env, (text) => opened && display.say(`  database   ${text}`));
    // Whatever fails first, a database on its way up is waited for and stopped.
    stops.unshift(() =>
      opening.then(
        (opened) => opened.stop(),
        () => undefined,
      ),
    );
    const database = await race(opening, failures);
    opened = true;
    display.say(`  database   ${database.title}`);

    const endpoints: Record<string, Endpoints[string]> = { ...readIndexerConfig(env).RPC_URLS };
    const chains = devnet ? await race(devnet.chains, failures) : new Map<number, DevnetChain>();
    for (const [chainId, { url }] of chains) {
      endpoints[chainId] = [{ url }];
      display.say(`  devnet     chain ${chainId} at ${url}`);
    }
    const indexer = startIndexer(options, database.url, endpoints, display);
    if (indexer) stops.push(() => indexer.stop());
    if (indexer) failures.push(failureOf('indexer', indexer.done));
    const telemetry = startTelemetry(options, { databaseUrl: database.url, endpoints, display });
    stops.push(() => telemetry.stop());
    failures.push(failureOf('telemetry', telemetry.done));
    const roller = startRoller(options, database.url);
    stops.push(() => roller.stop());
    failures.push(failureOf('roller', roller.done));

    await race(Promise.all([options.buildWeb(), indexer?.started, telemetry.started, roller.started]), failures);
    const market = chains.get(computeMarketDevnet.chainId);
    if (market && telemetry.gatewayUrl()) {
      const settings = { origin: market.origin, gatewayUrl: telemetry.gatewayUrl() ?? '' };
      const beats = startBeats(options, database.url, settings);
      stops.push(() => beats.stop());
      failures.push(failureOf('beats', beats.done));
    }
    const explainer = createScoreExplainer(database.url);
    stops.push(() => explainer.close());
    const server = await startApi(
      { ...api, databaseUrl: database.url, keyFile: toKeyFile(root, env), logLevel: env.LOG_LEVEL ?? 'warn' },
      {
        mount: (app, { execute }) => mountWeb(app, { buildDir, publicUrl, query: execute, live: true }),
        explainScore: explainer.explain,
        buildPlayground: options.buildPlayground,
      },
    );
    stops.push(() => server.close());
    display.say(
      `  explorer   ${server.url}\n  graphql    ${server.url}/graphql\n  playground ${server.url}/playground`,
    );
    display.say(`Ready after ${process.uptime().toFixed(1)} s. Stop with Ctrl-C.`);
    await race(new Promise<never>(() => undefined), failures);
  } catch (thrown) {
    if (!signal.aborted) throw thrown;
    display.say('Stopping …');
  } finally {
    await stopAll(stops.reverse());
  }
}

/** Whoever asks for no network gets those that need no endpoint. */
function withNetworks(env: Environment): Environment {
  return { ...env, COMPUTESCAN_NETWORKS: env.COMPUTESCAN_NETWORKS || listDevnetNetworks().join(',') };
}

type DevnetChain = Pick<Report & { readonly kind: 'listening' }, 'url' | 'origin'>;

/** Undefined where there is nothing to run it with, or nobody wants it. */
function startDevnet({ root, env, devnet }: UpOptions, display: Display) {
  const { COMPUTESCAN_NETWORKS: asked, RPC_URLS: given } = readIndexerConfig(env);
  const askedChains = new Set(asked.map((id) => getNetwork(id).definition.chainId));
  const wanted = listDevnetNetworks().filter((id) => askedChains.has(toChainId(id)) && !given[toChainId(id)]);
  if (!devnet || wanted.length === 0) return undefined;
  if (!findAnvil()) {
    display.say(
      '  devnet     not started: its packages are not installed (production install). Index real networks with COMPUTESCAN_NETWORKS and RPC_URLS.',
    );
    return undefined;
  }
  const data = toDataDirs(root, readCliConfig(env).COMPUTESCAN_DATA).base;
  const listening = new Map<number, DevnetChain>();
  let listen: (chains: ReadonlyMap<number, DevnetChain>) => void = () => undefined;
  const chains = new Promise<ReadonlyMap<number, DevnetChain>>((resolve) => {
    listen = resolve;
  });
  const child = startChild('devnet', {
    env: { ...env, COMPUTESCAN_DATA: data, COMPUTESCAN_NETWORKS: wanted.join(',') },
    onReport(report) {
      if (report.kind !== 'listening') return display.show(report);
      listening.set(report.chainId, report);
      if (listening.size === wanted.length) listen(listening);
    },
  });
  return { chains, failed: failureOf('devnet', child.done), stop: () => child.stop() };
}

function toChainId(network: string): number {
  return getNetwork(network).definition.chainId;
}

function startIndexer({ env }: UpOptions, databaseUrl: string, endpoints: Endpoints, display: Display) {
  const asked = readIndexerConfig(env).COMPUTESCAN_NETWORKS;
  const ofDevnet = listDevnetNetworks().map(toChainId);
  const networks = asked.filter((id) => !ofDevnet.includes(toChainId(id)) || endpoints[toChainId(id)] !== undefined);
  if (networks.length === 0) {
    display.say(
      '  indexer    not started: no network to follow. Set COMPUTESCAN_NETWORKS and RPC_URLS (see .env.example).',
    );
    return undefined;
  }
  return startChild('index', {
    env: {
      ...env,
      DATABASE_URL: databaseUrl,
      COMPUTESCAN_NETWORKS: networks.join(','),
      RPC_URLS: formatEndpoints(endpoints),
      // Several `up` may run on one machine.
      INDEX_PORT: env.INDEX_PORT ?? '0',
      LOG_LEVEL: env.LOG_LEVEL ?? 'warn',
    },
    onReport: (report: Report) => display.show(report),
  });
}

/** Takes heartbeats, and asks off chain where a network has something to ask for. */
function startTelemetry(
  { env }: UpOptions,
  given: { readonly databaseUrl: string; readonly endpoints: Endpoints; readonly display: Display },
) {
  const { databaseUrl, endpoints, display } = given;
  let gatewayUrl: string | undefined;
  const child = startChild('telemetry', {
    env: {
      ...env,
      DATABASE_URL: databaseUrl,
      RPC_URLS: formatEndpoints(endpoints),
      // Several `up` may run on one machine.
      HEARTBEAT_PORT: env.HEARTBEAT_PORT ?? '0',
      LOG_LEVEL: env.LOG_LEVEL ?? 'error',
    },
    onReport(report: Report) {
      if (report.kind === 'asking') display.say(`  telemetry  asks for ${report.title}`);
      if (report.kind !== 'gateway') return;
      gatewayUrl = report.url;
      display.say(`  heartbeats ${report.url}`);
    },
  });
  return { ...child, gatewayUrl: () => gatewayUrl };
}

/** Derives metrics from what the others write. */
function startRoller({ env }: UpOptions, databaseUrl: string) {
  return startChild('roll', {
    env: { ...env, DATABASE_URL: databaseUrl, LOG_LEVEL: env.LOG_LEVEL ?? 'error' },
    onReport: () => undefined,
  });
}

/** The machines of the devnet, which beat as anybody's do. */
function startBeats({ env }: UpOptions, databaseUrl: string, settings: BeatsSettings) {
  return startChild('beats', {
    env: {
      ...env,
      DATABASE_URL: databaseUrl,
      DEVNET_BEATS: JSON.stringify(settings),
      LOG_LEVEL: env.LOG_LEVEL ?? 'error',
    },
    onReport: () => undefined,
  });
}

/** Drops the embedded database and the devnet together: one without the other would not fit. */
async function reset(root: string, env: Environment): Promise<void> {
  if (readIndexerConfig(env).DATABASE_URL) {
    throw new UserError(
      'Expected --reset for the embedded database, but DATABASE_URL names one of yours: empty it yourself, or unset DATABASE_URL.',
    );
  }
  const { postgres, devnets } = toDataDirs(root, readCliConfig(env).COMPUTESCAN_DATA);
  await dropPostgres(postgres);
  for (const folder of Object.values(devnets)) await dropDevnet(folder);
}

async function assertPortFree(port: number, host: string): Promise<void> {
  if (port === 0) return;
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once('error', (thrown: NodeJS.ErrnoException) => {
      if (thrown.code !== 'EADDRINUSE') return resolve();
      reject(
        new UserError(
          `Expected port ${port} on ${host} to be free, but something listens there: pass --port or set PORT.`,
        ),
      );
    });
    probe.listen(port, host, () => probe.close(() => resolve()));
  });
}

async function rejectWhenAborted(signal: AbortSignal): Promise<never> {
  await whenAborted(signal);
  throw new Error('interrupted');
}

/** Waits for the work, unless a part fails first. */
function race<T>(work: Promise<T>, failures: readonly Promise<never>[]): Promise<T> {
  return Promise.race([work, ...failures]);
}

/** Never resolves; rejects when the part fails, or ends by itself, which no part should. */
function failureOf(name: string, done: Promise<void>): Promise<never> {
  const failure = done.then((): never => {
    throw new UserError(`The ${name} has ended by itself; its last words stand above. Start again, or see /status.`);
  });
  failure.catch(() => undefined);
  return failure;
}

/** One part that fails to stop keeps none of the others from it; the first failure is told in the end. */
async function stopAll(stops: readonly (() => Promise<void>)[]): Promise<void> {
  const failed: unknown[] = [];
  for (const stop of stops) await stop().catch((thrown: unknown) => failed.push(thrown));
  if (failed.length > 0) throw failed[0];
}
