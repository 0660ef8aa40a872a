import type { Hex } from '../../../schema/lib/hex.js';
import type { ContractRead } from '../../events/ContractRead.js';
import { askEndpoints, EndpointFailure, expectResult, readAnswers, toFailure } from '../blocks/askEndpoints.js';
import { toBatches } from '../blocks/fetchHeaders.js';
import { callHeader } from '../blocks/rpcCalls.js';
import type { EndpointPool, PoolReply } from '../endpoints/EndpointPool.js';
import { classifyNodeError } from '../rpc/classifyNodeError.js';
import type { RpcCall } from '../rpc/Transport.js';
import { parseBytes } from '../verification/rpcCodec.js';
import { parseBlock } from '../verification/verifyHeader.js';
import { type CallAnswer, decodeAnswer, toCallData } from './callContract.js';
import { decodeMulticall, encodeMulticall, MULTICALL_ADDRESS } from './multicall.js';

export interface ContractReader {
  /**
   * Answers by key; undefined where the contract gave none. A key that is left out means that no node could tell, since
   * the block's state is pruned.
   */
  read(reads: readonly ContractRead[]): Promise<ReadonlyMap<string, unknown>>;
}

/**
 * Reads contracts as they were at a block, pinned by its hash: many calls in one where Multicall3 was deployed, else many
 * in one request. What never changes is asked of the latest block where that state is gone.
 */
export function createContractReader({ pool }: { readonly pool: EndpointPool }): ContractReader {
  /** Undefined until it is known. */
  let isDeployed: boolean | undefined;

  async function read(reads: readonly ContractRead[]): Promise<ReadonlyMap<string, unknown>> {
    if (reads.length === 0) return new Map();
    const calls = reads.map((read): PinnedCall => ({ target: read.address, data: toCallData(read), read }));
    const answers = (await isMulticallDeployed()) ? await askTogether(pool, calls) : await askSingly(pool, calls);
    await askLatest(pool, answers);
    return new Map(
      calls.flatMap((call) => {
        const answer = answers.get(call);
        if (!answer || answer.kind === 'gone') return [];
        return [[call.read.key, answer.kind === 'data' ? decodeAnswer(call.read, answer.data) : undefined]];
      }),
    );
  }

  async function isMulticallDeployed(): Promise<boolean> {
    if (isDeployed !== undefined) return isDeployed;
    const calls: RpcCall[] = [{ method: 'eth_getCode', params: [MULTICALL_ADDRESS, 'latest'] }];
    const code = await askEndpoints({ pool }, 'sync', async (avoid) => {
      const reply = await pool.request(calls, { purpose: 'sync', avoid });
      return readBytes(reply, calls, 0);
    });
    isDeployed = code !== '0x';
    return isDeployed;
  }

  return { read };
}

interface PinnedCall {
  readonly target: Hex;
  readonly data: Hex;
  readonly read: ContractRead;
}

type Answers = Map<PinnedCall, CallAnswer>;

/**
 * One call for many of the same block. A call that failed among others is asked again alone: it may only have run out of
 * their common gas. So are all of a block at which Multicall3 was not there yet.
 */
async function askTogether(pool: EndpointPool, calls: readonly PinnedCall[]): Promise<Answers> {
  const answers: Answers = new Map();
  const bundles = groupByBlock(calls).flatMap(toBundles);
  const rpcCalls = bundles.map((bundle) => callAt(MULTICALL_ADDRESS, encodeMulticall(bundle), pin(bundle)));
  const alone: PinnedCall[] = [];
  for (const batch of toBatches([...bundles.entries()], BUNDLES_PER_REQUEST)) {
    const asked = batch.flatMap(([at]) => rpcCalls[at] ?? []);
    const results = await ask(pool, asked).catch((thrown: unknown) => {
      if (!isOfSize(thrown)) throw thrown;
      return [];
    });
    for (const [at, [, bundle]] of batch.entries()) {
      const result = results[at];
      if (result?.kind === 'gone') for (const call of bundle) answers.set(call, result);
      else alone.push(...spread(bundle, result, answers));
    }
  }
  for (const [call, answer] of await askSingly(pool, alone)) answers.set(call, answer);
  return answers;
}

/** A node may have less gas or time for all of them than for each. */
function isOfSize(thrown: unknown): boolean {
  const kind = thrown instanceof EndpointFailure ? thrown.options.nodeError?.kind : undefined;
  return kind === 'other' || kind === 'tooLarge';
}

/** Notes what succeeded; returns the calls that must be asked alone. */
function spread(
  bundle: readonly PinnedCall[],
  result: CallAnswer | undefined,
  answers: Answers,
): readonly PinnedCall[] {
  const results = result?.kind === 'data' ? decodeMulticall(result.data, bundle.length) : undefined;
  if (!results) return bundle;
  return bundle.filter((call, at) => {
    const one = results[at];
    if (!one?.success) return true;
    answers.set(call, one.returnData === '0x' ? { kind: 'none' } : { kind: 'data', data: one.returnData });
    return false;
  });
}

/** Every call on its own, many in one request. */
async function askSingly(pool: EndpointPool, calls: readonly PinnedCall[]): Promise<Answers> {
  const answers: Answers = new Map();
  for (const batch of toBatches(calls, CALLS_PER_REQUEST)) {
    const results = await ask(
      pool,
      batch.map((call) => callAt(call.target, call.data, { blockHash: call.read.blockHash })),
    );
    for (const [at, call] of batch.entries()) answers.set(call, results[at] ?? { kind: 'gone' });
  }
  return answers;
}

/**
 * Asks again for what never changes and whose state is gone. A node whose latest block lies before the log knows nothing
 * of it yet. That nothing answers there now does not say that nothing did then: such keys stay gone.
 */
async function askLatest(pool: EndpointPool, answers: Answers): Promise<void> {
  const gone = [...answers].flatMap(([call, { kind }]) => (kind === 'gone' && call.read.immutable ? [call] : []));
  for (const batch of toBatches(gone, CALLS_PER_REQUEST)) {
    const height = Math.max(...batch.map(({ read }) => read.height));
    const results = await askEndpoints({ pool }, 'sync', (avoid) => askAbove(pool, { batch, height, avoid }));
    for (const [at, call] of batch.entries()) {
      const result = results[at];
      if (result?.kind === 'data') answers.set(call, result);
    }
  }
}

async function askAbove(
  pool: EndpointPool,
  { batch, height, avoid }: { batch: readonly PinnedCall[]; height: number; avoid: ReadonlySet<string> },
): Promise<readonly CallAnswer[]> {
  const first = [callHeader('latest')];
  const reply = await pool.request(first, { purpose: 'sync', avoid });
  const { endpoint } = reply;
  const head = readAnswers(endpoint, () => parseBlock(expectResult(reply, first, 0)));
  if (head.height < height)
    throw new EndpointFailure(endpoint, `Expected a node at block ${height}, got one at ${head.height}.`);
  const results: CallAnswer[] = batch.map(() => ({ kind: 'gone' }));
  // What never changes may come from as many blocks as it takes.
  for (let fruitless = 0; fruitless < LATEST_ATTEMPTS; ) {
    const open = [...results.keys()].filter((at) => results[at]?.kind === 'gone');
    if (open.length === 0) return results;
    const calls = open.flatMap((at) => batch[at] ?? []).map(({ target, data }) => callAt(target, data, 'latest'));
    const answered = await pool.request(calls, { purpose: 'sync', only: endpoint });
    const answers = calls.map((_, at) => readCall(answered, calls, at));
    fruitless = answers.every(({ kind }) => kind === 'gone') ? fruitless + 1 : 0;
    for (const [at, place] of open.entries()) results[place] = answers[at] ?? { kind: 'gone' };
  }
  throw new EndpointFailure(
    endpoint,
    `Expected the state of the latest block, got none in ${LATEST_ATTEMPTS} attempts.`,
  );
}

/** In a row, without one answer: a node may forget its latest block for a newer one between naming it and reading it. */
const LATEST_ATTEMPTS = 5;
const CALLS_PER_REQUEST = 100;
const BUNDLES_PER_REQUEST = 20;
const CALLS_PER_BUNDLE = 100;
/** Of call data in hex; nodes give a call 50 million gas or more, of which this takes about a million. */
const CHARACTERS_PER_BUNDLE = 200_000;

function ask(pool: EndpointPool, calls: readonly RpcCall[]): Promise<readonly CallAnswer[]> {
  return askEndpoints({ pool }, 'sync', async (avoid) => {
    const reply = await pool.request(calls, { purpose: 'sync', avoid });
    return calls.map((_, at) => readCall(reply, calls, at));
  });
}

/**
 * A call that fails has no answer; a state that is gone is no fault of the node. Anything else, also that it does not
 * know the block at all, is: it lags.
 */
function readCall(reply: PoolReply, calls: readonly RpcCall[], at: number): CallAnswer {
  const [answer, call] = [reply.answers[at], calls[at]];
  if (answer?.kind === 'error' && call) {
    const { kind } = classifyNodeError(answer, call);
    if (kind === 'revert') return { kind: 'none' };
    if (kind === 'missingState') return { kind: 'gone' };
    throw toFailure(reply.endpoint, call, answer);
  }
  const data = readBytes(reply, calls, at);
  return data === '0x' ? { kind: 'none' } : { kind: 'data', data };
}

function readBytes(reply: PoolReply, calls: readonly RpcCall[], at: number): Hex {
  const value = expectResult(reply, calls, at);
  return readAnswers(reply.endpoint, () => parseBytes(value, 'result', MAX_ANSWER_BYTES));
}

const MAX_ANSWER_BYTES = 16 * 1024 * 1024;

function callAt(to: Hex, data: Hex, block: object | 'latest'): RpcCall {
  return { method: 'eth_call', params: [{ to, data }, block] };
}

function pin(bundle: readonly PinnedCall[]): { readonly blockHash: Hex | undefined } {
  return { blockHash: bundle[0]?.read.blockHash };
}

function groupByBlock(calls: readonly PinnedCall[]): readonly (readonly PinnedCall[])[] {
  const groups = new Map<Hex, PinnedCall[]>();
  for (const call of calls) {
    const group = groups.get(call.read.blockHash);
    if (group) group.push(call);
    else groups.set(call.read.blockHash, [call]);
  }
  return [...groups.values()];
}

function toBundles(calls: readonly PinnedCall[]): readonly (readonly PinnedCall[])[] {
  const bundles: PinnedCall[][] = [];
  let room = 0;
  for (const call of calls) {
    const bundle = bundles.at(-1);
    if (bundle && bundle.length < CALLS_PER_BUNDLE && call.data.length <= room) bundle.push(call);
    else {
      bundles.push([call]);
      room = CHARACTERS_PER_BUNDLE;
    }
    room -= call.data.length;
  }
  return bundles;
}
