import type { Hex } from '../../../schema/lib/hex.js';
import type { PoolReply, PoolRequest } from '../endpoints/EndpointPool.js';
import { classifyNodeError } from '../rpc/classifyNodeError.js';
import type { RpcCall } from '../rpc/Transport.js';
import type { RpcReceipt } from '../verification/parseReceipt.js';
import { parseEach, parseHash, parseList, parseObject } from '../verification/rpcCodec.js';
import { askSame, EndpointFailure, expectResult, readAnswers } from './askEndpoints.js';
import type { CheckedHeader } from './checkHeader.js';
import { HEADERS_PER_REQUEST, toBatches } from './fetchHeaders.js';
import { mapConcurrently } from './mapConcurrently.js';
import { callHeaderByHash, toQuantity } from './rpcCalls.js';
import type { ReceiptWay, SourceContext } from './SourceContext.js';

export interface FetchedReceipts {
  /** In the order of the blocks, unread. */
  readonly receipts: readonly (readonly RpcReceipt[])[];
  readonly bytes: number;
}

/** All receipts of each of the blocks, from one endpoint. Throws EndpointFailure. */
export async function fetchReceipts(
  context: SourceContext,
  blocks: readonly CheckedHeader[],
  options: PoolRequest & { readonly only: string },
): Promise<FetchedReceipts> {
  const replies = await mapConcurrently(groupByGas(blocks), REQUESTS_AT_ONCE, (group) =>
    fetchGroup(context, group, options),
  );
  return {
    receipts: replies.flatMap(({ receipts }) => receipts),
    bytes: replies.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

const REQUESTS_AT_ONCE = 4;
const MAX_BLOCKS_PER_REQUEST = 100;
/** 30 million gas came to 1.3 MB of receipts in mainnet block 24,666,352. */
const MAX_GAS_PER_REQUEST = 150_000_000;

/** Gas tells before the answer about how long it will be. */
export function groupByGas(blocks: readonly CheckedHeader[]): readonly (readonly CheckedHeader[])[] {
  const groups: CheckedHeader[][] = [];
  let room = 0;
  for (const block of blocks) {
    const gas = block.gasUsed;
    const group = groups.at(-1);
    if (group && gas <= room && group.length < MAX_BLOCKS_PER_REQUEST) {
      group.push(block);
      room -= gas;
    } else {
      groups.push([block]);
      room = MAX_GAS_PER_REQUEST - gas;
    }
  }
  return groups;
}

async function fetchGroup(
  context: SourceContext,
  blocks: readonly CheckedHeader[],
  options: PoolRequest & { readonly only: string },
): Promise<FetchedReceipts> {
  const way = context.learned.receiptWays.get(options.only) ?? 'byHash';
  if (way === 'byTransaction') return fetchByTransaction(context, blocks, options);
  const calls = blocks.map((block) => callReceipts(block, way));
  const reply = await askSame(context, calls, options).catch((thrown: unknown) => {
    if (isTooLarge(thrown) && blocks.length > 1) return undefined;
    throw thrown;
  });
  if (!reply) return fetchHalves(context, blocks, options);
  const next = findOtherWay(reply, calls, way);
  if (!next) return { receipts: calls.map((_, at) => readReceipts(reply, calls, at)), bytes: reply.bytes };
  context.learned.receiptWays.set(options.only, next);
  return fetchGroup(context, blocks, options);
}

export function callReceipts(block: CheckedHeader, way: Exclude<ReceiptWay, 'byTransaction'>): RpcCall {
  const { hash, height } = block.sound.block;
  return { method: 'eth_getBlockReceipts', params: [way === 'byHash' ? hash : toQuantity(height)] };
}

export function readReceipts(reply: PoolReply, calls: readonly RpcCall[], at: number): readonly RpcReceipt[] {
  const answer = expectResult(reply, calls, at);
  // Each receipt is read where the root is taken.
  return readAnswers(reply.endpoint, () => parseList(answer, 'receipts', MAX_RECEIPTS)) as readonly RpcReceipt[];
}

const MAX_RECEIPTS = 1_000_000;

/** How to ask after an answer that says that this way will never do; undefined where it did, or failed otherwise. */
export function findOtherWay(
  { answers }: PoolReply,
  calls: readonly RpcCall[],
  way: ReceiptWay,
): ReceiptWay | undefined {
  for (const [at, call] of calls.entries()) {
    const answer = answers[at];
    if (call.method !== 'eth_getBlockReceipts' || answer?.kind !== 'error') continue;
    const found = classifyNodeError(answer, call);
    if (found.kind === 'unsupported' && found.what === 'method') return 'byTransaction';
    const isForm = answer.code === INVALID_PARAMS || found.kind === 'unsupported';
    if (isForm) return way === 'byHash' ? 'byNumber' : 'byTransaction';
  }
  return undefined;
}

/** JSON-RPC 2.0, 5.1. */
const INVALID_PARAMS = -32_602;

function isTooLarge(thrown: unknown): boolean {
  return thrown instanceof EndpointFailure && thrown.options.transport === 'tooLarge';
}

async function fetchHalves(
  context: SourceContext,
  blocks: readonly CheckedHeader[],
  options: PoolRequest & { readonly only: string },
): Promise<FetchedReceipts> {
  const middle = Math.ceil(blocks.length / 2);
  const one = await fetchGroup(context, blocks.slice(0, middle), options);
  const other = await fetchGroup(context, blocks.slice(middle), options);
  return { receipts: [...one.receipts, ...other.receipts], bytes: one.bytes + other.bytes };
}

/** The block names its transactions; that they are all of them is what the root will show. */
async function fetchByTransaction(
  context: SourceContext,
  blocks: readonly CheckedHeader[],
  options: PoolRequest & { readonly only: string },
): Promise<FetchedReceipts> {
  const blockCalls = blocks.map(({ sound }) => callHeaderByHash(sound.block.hash));
  const named = await askSame(context, blockCalls, options);
  const hashes = blockCalls.map((_, at) => readHashes(named, blockCalls, at));
  const replies = await mapConcurrently(
    toBatches(hashes.flat(), HEADERS_PER_REQUEST),
    REQUESTS_AT_ONCE,
    async (batch) => {
      const calls = batch.map((hash): RpcCall => ({ method: 'eth_getTransactionReceipt', params: [hash] }));
      const reply = await askSame(context, calls, options);
      return { receipts: calls.map((_, at) => expectResult(reply, calls, at) as RpcReceipt), bytes: reply.bytes };
    },
  );
  const all = replies.flatMap(({ receipts }) => receipts).values();
  return {
    receipts: hashes.map((ofBlock) => ofBlock.flatMap(() => all.next().value ?? [])),
    bytes: replies.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

function readHashes(reply: PoolReply, calls: readonly RpcCall[], at: number): readonly Hex[] {
  const answer = expectResult(reply, calls, at);
  return readAnswers(reply.endpoint, () => {
    const { transactions } = parseObject(answer, 'block');
    return parseEach(parseList(transactions, 'transactions', MAX_RECEIPTS), 'transactions', (hash) =>
      parseHash(hash, 'hash'),
    );
  });
}
