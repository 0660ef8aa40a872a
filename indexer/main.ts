import type pg from 'pg';
import { createPool } from '../schema/database.js';
import { assert } from '../schema/lib/assert.js';
import { RetryableError, UserError } from '../schema/lib/errors.js';
import type { Log } from '../schema/lib/log.js';
import { getNetwork, type Network } from '../schema/protocols/protocols.js';
import { createBackoff } from './lib/backoff.js';
import { createRecordedSource } from './source/createRecordedSource.js';
import { createRpcSource } from './source/createRpcSource.js';
import type { Source } from './source/Source.js';
import { type Progress, syncChain } from './sync/syncChain.js';
import { registerNetworks } from './writer/registerNetworks.js';

export interface IndexerOptions {
  readonly databaseUrl: string;
  readonly networks: readonly string[];
  readonly rpcUrls: Readonly<Record<string, string>>;
  readonly pollMs: number;
  readonly maxRangeBlocks: number;
  readonly log: Log;
  readonly onProgress?: (progress: Progress) => void;
}

export interface Indexer {
  /** Ends when every chain has ended; fails when one of them met a bug. */
  readonly done: Promise<void>;
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
  const chains = toChains(networks);
  const stopping = new AbortController();
  const pool = createPool(options.databaseUrl, { role: 'index', max: 4 + chains.size });
  try {
    const sources = new Map<number, Source>();
    for (const [chainId, ofChain] of chains) {
      const source = await connect(chainId, options.rpcUrls[chainId], stopping.signal);
      sources.set(chainId, source);
      await registerNetworks(pool, { chainId, genesisHash: await source.getGenesisHash(), networks: ofChain });
    }
    const running = [...sources].map(([chainId, source]) =>
      syncChain({ ...options, chainId, networks: chains.get(chainId) ?? [], source, pool, signal: stopping.signal }),
    );
    const done = Promise.all(running).then(
      () => pool.end(),
      async (thrown: unknown) => {
        stopping.abort();
        await Promise.allSettled(running);
        await pool.end();
        throw thrown;
      },
    );
    return {
      done,
      async stop() {
        stopping.abort();
        await done;
      },
    };
  } catch (thrown) {
    await pool.end();
    throw thrown;
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
  readonly onProgress?: (progress: Progress) => void;
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
      ...options,
      chainId,
      networks: [network],
      source,
      pool,
      pollMs: 0,
      maxRangeBlocks: 2_000,
      signal: options.signal ?? new AbortController().signal,
    });
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

const CONNECT_ATTEMPTS = 6;

/** A node that has only just been started gets a few seconds; one that never answers is the user's to mend. */
async function connect(chainId: number, url: string | undefined, signal: AbortSignal): Promise<Source> {
  if (!url) {
    throw new UserError(
      `Expected an RPC endpoint for chain ${chainId}, found none: set RPC_URLS=${chainId}=https://… (see .env.example).`,
    );
  }
  const backoff = createBackoff({ firstMs: 200, maxMs: 2_000 });
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await createRpcSource({ url, chainId });
    } catch (thrown) {
      if (!(thrown instanceof RetryableError)) throw thrown;
      if (attempt === CONNECT_ATTEMPTS || signal.aborted) {
        throw new UserError(
          `Expected a JSON-RPC endpoint of chain ${chainId}, got: ${thrown.message.replace(/\.?$/, '.')} Check RPC_URLS and that the node runs.`,
        );
      }
      await backoff.wait(signal);
    }
  }
}

function toChains(networks: readonly Network[]): ReadonlyMap<number, readonly Network[]> {
  const chains = new Map<number, Network[]>();
  for (const network of networks) {
    const { chainId } = network.definition;
    chains.set(chainId, [...(chains.get(chainId) ?? []), network]);
  }
  return chains;
}
