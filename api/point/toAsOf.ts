import { toBytes, toHex } from '../../schema/lib/hex.js';
import type { AsOf, ChainPoint } from '../database/asOf/AsOf.js';
import { findHeight, listChainsOfNetworks, listPoints, type PointKey } from '../database/asOf/pointQueries.js';
import type { Moment } from '../database/openSnapshot.js';
import type { ChainRow } from '../domains/chain/chainQueries.js';
import { type BlockRequest, createPointError, type PointRequest } from './PointRequest.js';
import type { FinalityName } from './pointArguments.js';

/** The point that is asked for, of every chain; null: now, which is what was asked for. Throws an error with a code. */
export async function toAsOf(moment: Moment, request: PointRequest, now: Date): Promise<AsOf | null> {
  const { block, finality } = request;
  const chains = await moment.listChains();
  if (block?.kind === 'timestamp') {
    const time = new Date(Math.min(Math.max(block.time.getTime(), 0), now.getTime()));
    return { chains: await listPoints(moment, toKeys(chains, finality, time)), time };
  }
  if (!block) return finality === 'LATEST' ? null : toFinal(moment, chains, finality);
  const chain = await getChain(moment, chains, request);
  if (block.kind === 'number_gte') {
    assertFinal(chain, assertIndexed(chain, block.number), finality);
    return finality === 'LATEST' ? null : toFinal(moment, chains, finality);
  }
  const height = await getHeight(moment, chain, block);
  assertFinal(chain, height, finality);
  const [anchor] = await listPoints(moment, [{ chainId: chain.id, height, time: null }]);
  if (!anchor?.time) {
    throw createPointError(
      'BLOCK_PRUNED',
      `Expected a block that is kept of chain ${chain.id}, got ${height}, which lies before the first one.`,
    );
  }
  const others = chains.filter(({ id }) => id !== chain.id);
  const beside = await listPoints(moment, toKeys(others, finality, anchor.time));
  const points = [anchor, ...beside].sort((one, other) => one.chainId - other.chainId);
  return { chains: points, time: anchor.time };
}

function toKeys(chains: readonly ChainRow[], finality: FinalityName, time: Date | null): PointKey[] {
  return chains.map((chain) => ({ chainId: chain.id, height: toLastHeight(chain, finality), time }));
}

/** Readings have no finality: they are taken as of the newest of the blocks. */
async function toFinal(moment: Moment, chains: readonly ChainRow[], finality: FinalityName): Promise<AsOf> {
  const points: ChainPoint[] = await listPoints(moment, toKeys(chains, finality, null));
  return { chains: points, time: new Date(Math.max(0, ...points.map(({ time }) => time?.getTime() ?? 0))) };
}

/** -1 where no block is known to be as sure. */
function toLastHeight(chain: ChainRow, finality: FinalityName): number {
  if (finality === 'LATEST' || chain.recorded) return chain.height ?? -1;
  return (finality === 'SAFE' ? (chain.safeNumber ?? chain.finalizedNumber) : chain.finalizedNumber) ?? -1;
}

async function getChain(
  moment: Moment,
  chains: readonly ChainRow[],
  { networks, chains: numbers }: PointRequest,
): Promise<ChainRow> {
  const named = networks.length > 0 ? await listChainsOfNetworks(moment, networks) : [];
  const ids = new Set([...named.map(String), ...numbers]);
  const [only] = ids.size > 0 ? ids : chains.map(({ id }) => String(id));
  if (ids.size > 1 || (ids.size === 0 && chains.length > 1)) {
    throw createPointError(
      'CHAIN_REQUIRED',
      `Expected a query with a block number or hash to name one chain, got ${ids.size || 'none'} of ${chains.length}: name one network, ` +
        'as in `where: { network: … }`, or give a timestamp.',
    );
  }
  const chain = chains.find(({ id }) => String(id) === only);
  if (chain) return chain;
  throw createPointError('CHAIN_UNKNOWN', `Expected a chain that is indexed, got ${only ?? 'none, as there is none'}.`);
}

async function getHeight(
  moment: Moment,
  chain: ChainRow,
  block: Extract<BlockRequest, { readonly kind: 'number' | 'hash' }>,
): Promise<number> {
  if (block.kind === 'number') return assertIndexed(chain, block.number);
  const height = await findHeight(moment, { chainId: chain.id, hash: toBytes(block.hash as `0x${string}`) });
  if (height !== undefined) return height;
  throw createPointError(
    'BLOCK_UNKNOWN',
    `Expected the hash of a block of chain ${chain.id}, got ${block.hash.slice(0, 66)}: it was replaced, is not indexed yet, or bears no facts.`,
  );
}

function assertIndexed(chain: ChainRow, number: string): number {
  const height = chain.height ?? -1;
  const wanted = BigInt(number);
  if (wanted < 0n) {
    throw createPointError('BAD_USER_INPUT', `Expected the height of a block, got ${number.slice(0, 80)}.`);
  }
  if (wanted <= BigInt(height)) return Number(wanted);
  throw createPointError(
    'BLOCK_NOT_INDEXED',
    `Expected a block of chain ${chain.id} up to ${height < 0 ? 'none, as none is indexed yet' : `${height}, the last one that is indexed`}, got ${number.slice(0, 80)}: ask again when it is there.`,
  );
}

function assertFinal(chain: ChainRow, height: number, finality: FinalityName): void {
  const last = toLastHeight(chain, finality);
  if (height <= last) return;
  throw createPointError(
    'BLOCK_NOT_FINAL',
    `Expected a block of chain ${chain.id} that is ${finality.toLowerCase()}, up to ${last < 0 ? 'none that is known' : last}, got ${height}.`,
  );
}

/** As `extensions.asOf` says it. */
export function toAsOfText({ chains, time }: AsOf): object {
  return {
    time: time.toISOString(),
    chains: chains.map((point) => ({
      id: String(point.chainId),
      height: point.height < 0 ? null : String(point.height),
      hash: point.hash && toHex(point.hash),
      time: point.time?.toISOString() ?? null,
    })),
  };
}
