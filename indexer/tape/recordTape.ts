import { rm } from 'node:fs/promises';
import { createPool } from '../../schema/database.js';
import { assert } from '../../schema/lib/assert.js';
import { UserError } from '../../schema/lib/errors.js';
import { getNetwork, type Network } from '../../schema/protocols/protocols.js';
import { systemRuntime } from '../lib/systemRuntime.js';
import { type IndexerOptions, startIndexer } from '../main.js';
import { createChainSource } from '../source/createChainSource.js';
import { createEndpointPool } from '../source/endpoints/createEndpointPool.js';
import { createTransport as createTransportOfUrl } from '../source/rpc/createTransport.js';
import type { RpcAnswer, RpcCall, Transport } from '../source/rpc/Transport.js';
import { createRecordingTransport } from './createRecordingTransport.js';
import { createTapeWriter, type TapeWriter } from './createTapeWriter.js';
import { fillHeaders } from './fillHeaders.js';

export interface RecordOptions extends Omit<IndexerOptions, 'until' | 'monitor'> {
  readonly file: string;
  /** Absent: the head of the moment. */
  readonly to?: number | undefined;
  readonly madeBy: string;
  readonly signal: AbortSignal;
}

export interface Recorded {
  readonly chainId: number;
  readonly height: number;
  readonly calls: number;
  /** Whether a replay may cut its ranges anywhere. */
  readonly holdsEveryHeader: boolean;
}

/** A header is about 1.5 kB of JSON, and a tape is held in memory when it is replayed. */
const MAX_FILLED = 200_000;

/**
 * Indexes a chain from its start while everything its endpoints answer goes on tape. What is not finished leaves no file
 * behind: it could not be replayed. Undefined when it was interrupted.
 */
export async function recordTape(options: RecordOptions): Promise<Recorded | undefined> {
  const { file, signal, createTransport = createTransportOfUrl } = options;
  const networks = options.networks.map(getNetwork);
  const chainId = getChainId(networks);
  await assertNotBegun(options.databaseUrl, chainId);
  const written = await createTapeWriter(file, {
    chainId,
    networks: options.networks,
    verify: options.verify?.[chainId],
    madeAt: systemRuntime.wallTime().toISOString(),
    madeBy: options.madeBy,
  });
  const tape = watchHeights(written);
  try {
    const listen = (url: string) => createRecordingTransport(createTransport(url), tape);
    const pool = openPool(chainId, options, listen);
    try {
      const height = options.to ?? (await createChainSource({ pool, chainId }).getHead()).height;
      await indexUntil({ ...options, createTransport: listen, until: height }, signal);
      const missing = listMissing(networks, height, tape.heights);
      const holdsEveryHeader = missing.length <= MAX_FILLED;
      await fillHeaders(pool, holdsEveryHeader ? missing : [height], signal);
      if (signal.aborted) throw new Interruption();
      await tape.close({ height });
      return { chainId, height, calls: tape.calls, holdsEveryHeader };
    } finally {
      await pool.close();
    }
  } catch (thrown) {
    await tape.close().catch(() => undefined);
    await rm(file, { force: true });
    if (thrown instanceof Interruption || signal.aborted) return undefined;
    throw thrown;
  }
}

class Interruption extends Error {}

function getChainId(networks: readonly Network[]): number {
  const chainIds = new Set(networks.map(({ definition }) => definition.chainId));
  const [chainId] = chainIds;
  if (chainIds.size === 1 && chainId !== undefined) return chainId;
  throw new UserError(
    `Expected networks of one chain to record, got ${networks.map(({ definition }) => `${definition.id} on ${definition.chainId}`).join(', ') || 'none'}. Name them with COMPUTESCAN_NETWORKS.`,
  );
}

/** What was written before would be missing on the tape. */
async function assertNotBegun(databaseUrl: string, chainId: number): Promise<void> {
  const pool = createPool(databaseUrl, { role: 'record', max: 1 });
  try {
    const { rows } = await pool.query<{ height: number }>(
      'select height from chain where chain_id = $1 and height is not null',
      [chainId],
    );
    const [row] = rows;
    if (row) {
      throw new UserError(
        `Expected a database without chain ${chainId}, got one that is written up to block ${row.height}, which the tape would lack. Give an empty one: another COMPUTESCAN_DATA, or another DATABASE_URL.`,
      );
    }
  } finally {
    await pool.end();
  }
}

function openPool(chainId: number, options: RecordOptions, createTransport: (url: string) => Transport) {
  const endpoints = options.endpoints[chainId] ?? [];
  if (endpoints.length === 0) {
    throw new UserError(
      `Expected an RPC endpoint for chain ${chainId}, found none: set RPC_URLS=${chainId}=https://… (see .env.example).`,
    );
  }
  return createEndpointPool({ chainId, endpoints, createTransport, runtime: systemRuntime, log: options.log });
}

async function indexUntil(options: IndexerOptions, signal: AbortSignal): Promise<void> {
  const indexer = await startIndexer(options);
  const stop = () => void indexer.stop().catch(() => undefined);
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    await indexer.done;
  } finally {
    signal.removeEventListener('abort', stop);
  }
  if (signal.aborted) throw new Interruption();
}

/** Notes whose headers went by. */
function watchHeights(
  tape: TapeWriter,
): TapeWriter & { readonly heights: ReadonlySet<number>; readonly calls: number } {
  const heights = new Set<number>();
  let calls = 0;
  return {
    ...tape,
    heights,
    get calls() {
      return calls;
    },
    append(call: RpcCall, answer: RpcAnswer) {
      calls += 1;
      if (call.method === 'eth_getBlockByNumber' && answer.kind === 'result' && answer.value !== null) {
        heights.add(Number((answer.value as { readonly number: string }).number));
      }
      return tape.append(call, answer);
    },
  };
}

function listMissing(networks: readonly Network[], to: number, heights: ReadonlySet<number>): readonly number[] {
  const starts = networks.flatMap(({ definition }) => definition.contracts.map(({ startBlock }) => startBlock));
  const from = Math.min(...starts);
  assert(Number.isFinite(from), 'a network has contracts');
  const missing: number[] = [];
  for (let height = from; height <= to && missing.length <= MAX_FILLED; height += 1) {
    if (!heights.has(height)) missing.push(height);
  }
  return missing;
}
