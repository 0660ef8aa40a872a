import type { Hex } from '../../schema/lib/hex.js';
import type { Log } from '../../schema/lib/log.js';
import type { Header } from '../events/logs.js';
import { askEndpoints, askSame, EndpointFailure, expectResult, hasOthers, readAnswers } from './blocks/askEndpoints.js';
import { checkHeader } from './blocks/checkHeader.js';
import { fetchBlocks } from './blocks/fetchBlocks.js';
import { HEADERS_PER_REQUEST, toBatches } from './blocks/fetchHeaders.js';
import { fetchRange } from './blocks/fetchRange.js';
import { callHeader, callHeaderByHash } from './blocks/rpcCalls.js';
import { createSourceContext, type SourceContext } from './blocks/SourceContext.js';
import type { ChainSource } from './ChainSource.js';
import type { EndpointPool, PoolReply } from './endpoints/EndpointPool.js';
import { createContractReader } from './reads/createContractReader.js';
import { classifyNodeError } from './rpc/classifyNodeError.js';
import { type ChainRules, getChainRules, type VerificationPolicy } from './verification/chainRules.js';
import { toPolicy } from './verification/toPolicy.js';
import { parseBlock } from './verification/verifyHeader.js';

export interface ChainSourceOptions {
  readonly pool: EndpointPool;
  readonly chainId: number;
  /** What the operator wants; absent: the chain's default. Never stricter than the chain allows. */
  readonly policy?: {
    readonly backfill?: VerificationPolicy | undefined;
    readonly head?: VerificationPolicy | undefined;
  };
  /** Those of the chain, unless a test says otherwise. */
  readonly rules?: ChainRules;
  readonly log?: Log | undefined;
}

/** A chain as its endpoints tell it, believed as far as it can be verified. */
export function createChainSource(options: ChainSourceOptions): ChainSource {
  const { pool, chainId, policy: configured, rules = getChainRules(chainId), log } = options;
  const context = createSourceContext({
    ...{ pool, chainId, rules, log },
    toPolicy: (height, nearHead) =>
      toPolicy({ rules, height, nearHead, configured: nearHead ? configured?.head : configured?.backfill }).policy,
  });
  const reader = createContractReader({ pool });
  return {
    getGenesisHash: () => getGenesisHash(context),
    getHead: () => getHead(context),
    getFinality: () => getFinality(context),
    listHeaders: (heights) => listHeaders(context, heights),
    findHeader: (hash) => findHeader(context, hash),
    fetchRange: (request) => fetchRange(context, request),
    fetchBlocks: (headers, filter) => fetchBlocks(context, headers, filter),
    read: (reads) => reader.read(reads),
    watchHeads: (onHead) => pool.subscribeHeads(() => onHead()),
    close: () => pool.close(),
  };
}

function getGenesisHash(context: SourceContext): Promise<Hex> {
  const calls = [callHeader(0)];
  return askEndpoints(context, 'sync', async (avoid) => {
    const reply = await context.pool.request(calls, { purpose: 'sync', avoid });
    const answer = expectResult(reply, calls, 0);
    return readAnswers(reply.endpoint, () => parseBlock(answer)).hash;
  });
}

/** As one endpoint tells it; whether a lower one than before is to be believed is for who follows the chain. */
function getHead(context: SourceContext): Promise<Header> {
  const calls = [callHeader('latest')];
  return askEndpoints(context, 'head', async (avoid) => {
    const reply = await context.pool.request(calls, { purpose: 'head', avoid });
    return readNearHead(context, reply.endpoint, expectResult(reply, calls, 0));
  });
}

/** Looks at a header as strictly as the head's policy says, and keeps it for when its block is asked for. */
function readNearHead(
  context: SourceContext,
  endpoint: string,
  answer: unknown,
  identity: { readonly height?: number; readonly hash?: Hex } = {},
): Header {
  const { height } = readAnswers(endpoint, () => parseBlock(answer));
  const checked = checkHeader(context, answer, { ...identity, endpoint, policy: context.toPolicy(height, true) });
  context.headers.add(checked);
  return checked.sound.block;
}

async function getFinality(context: SourceContext): ReturnType<ChainSource['getFinality']> {
  const { pool, learned } = context;
  if (learned.untagged.size > 0 && !hasOthers(pool, 'head', learned.untagged)) return {};
  const calls = [callHeader('safe'), callHeader('finalized')];
  return askEndpoints(context, 'head', async (avoid) => {
    const reply = await pool.request(calls, { purpose: 'head', avoid: new Set([...avoid, ...learned.untagged]) });
    const [safe, finalized] = calls.map((_, at) => readTag(reply, at));
    if (calls.every((call, at) => isUnknownTag(reply, call, at))) learned.untagged.add(reply.endpoint);
    return { safe, finalized };
  });
}

/** A chain too young to have such a block answers null or an error. */
function readTag({ answers, endpoint }: PoolReply, at: number): number | undefined {
  const answer = answers[at];
  if (answer?.kind !== 'result' || answer.value === null || answer.value === undefined) return undefined;
  return readAnswers(endpoint, () => parseBlock(answer.value)).height;
}

function isUnknownTag({ answers }: PoolReply, call: ReturnType<typeof callHeader>, at: number): boolean {
  const answer = answers[at];
  if (answer?.kind !== 'error') return false;
  return answer.code === INVALID_PARAMS || classifyNodeError(answer, call).kind === 'unsupported';
}

/** JSON-RPC 2.0, 5.1. */
const INVALID_PARAMS = -32_602;

/** All from one endpoint, so that they are of one history unless the chain changes meanwhile. */
function listHeaders(context: SourceContext, heights: readonly number[]): Promise<readonly Header[]> {
  const sorted = [...new Set(heights)].sort((one, other) => one - other);
  return askEndpoints(context, 'head', async (avoid) => {
    const headers: Header[] = [];
    let only: string | undefined;
    for (const batch of toBatches(sorted, HEADERS_PER_REQUEST)) {
      const calls = batch.map(callHeader);
      const reply: PoolReply = only
        ? await askSame(context, calls, { purpose: 'head', only })
        : await context.pool.request(calls, { purpose: 'head', avoid });
      only = reply.endpoint;
      for (const [at, height] of batch.entries()) {
        const answer = findResult(reply, calls, at);
        if (answer !== undefined) headers.push(readNearHead(context, reply.endpoint, answer, { height }));
      }
    }
    return headers;
  });
}

/** One endpoint may lag or sit on another branch: that a block is unknown is only believed when none knows it. */
async function findHeader(context: SourceContext, hash: Hex): Promise<Header | undefined> {
  const calls = [callHeaderByHash(hash)];
  let [attempts, unknown] = [0, 0];
  try {
    return await askEndpoints(context, 'head', async (avoid) => {
      attempts += 1;
      const reply = await context.pool.request(calls, { purpose: 'head', avoid });
      const answer = findResult(reply, calls, 0);
      if (answer !== undefined) return readNearHead(context, reply.endpoint, answer, { hash });
      unknown += 1;
      throw new EndpointFailure(reply.endpoint, `does not know block ${hash}`);
    });
  } catch (thrown) {
    if (thrown instanceof EndpointFailure && attempts === unknown) return undefined;
    throw thrown;
  }
}

/** A block that is not there is answered by null, or by an error that says so. */
function findResult(reply: PoolReply, calls: readonly ReturnType<typeof callHeader>[], at: number): unknown {
  const [answer, call] = [reply.answers[at], calls[at]];
  if (answer?.kind === 'result' && (answer.value === null || answer.value === undefined)) return undefined;
  if (answer?.kind === 'error' && call && classifyNodeError(answer, call).kind === 'missingBlock') return undefined;
  return expectResult(reply, calls, at);
}
