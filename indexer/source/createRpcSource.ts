import {
  type Abi,
  BaseError,
  createPublicClient,
  decodeFunctionResult,
  encodeFunctionData,
  http,
  numberToHex,
  type PublicClient,
  parseAbi,
  RpcRequestError,
} from 'viem';
import { RetryableError, toMessage, UserError } from '../../schema/lib/errors.js';
import type { Hex } from '../../schema/lib/hex.js';
import type { ContractRead } from '../events/ContractRead.js';
import type { Header, RawLog } from '../events/logs.js';
import type { Source } from './Source.js';

interface RpcBlock {
  readonly number: Hex;
  readonly hash: Hex;
  readonly parentHash: Hex;
  readonly timestamp: Hex;
}

interface RpcLog {
  readonly blockNumber: Hex;
  readonly blockHash: Hex;
  readonly transactionHash: Hex;
  readonly transactionIndex: Hex;
  readonly logIndex: Hex;
  readonly address: Hex;
  readonly topics: readonly Hex[];
  readonly data: Hex;
  readonly removed?: boolean;
}

/** A chain behind one JSON-RPC URL. Throws UserError when it is another chain than `chainId`. */
export async function createRpcSource(options: { readonly url: string; readonly chainId: number }): Promise<Source> {
  const client = createPublicClient({
    transport: http(options.url, { batch: { batchSize: 100 }, retryCount: 0, timeout: 30_000 }),
  });
  const request = createRequest(client, options.url);
  const chainId = Number(await request<Hex>('eth_chainId', []));
  if (chainId !== options.chainId) {
    throw new UserError(
      `Expected chain ${options.chainId} at ${toOrigin(options.url)}, got chain ${chainId}. Correct RPC_URLS.`,
    );
  }
  return {
    async getGenesisHash() {
      return toHeader(await request<RpcBlock | null>('eth_getBlockByNumber', ['0x0', false])).hash;
    },
    async getHead() {
      return toHeader(await request<RpcBlock | null>('eth_getBlockByNumber', ['latest', false]));
    },
    async findFinalizedHeight() {
      const block = await request<RpcBlock | null>('eth_getBlockByNumber', ['finalized', false]).catch(() => null);
      return block ? Number(block.number) : undefined;
    },
    async listHeaders(heights) {
      const blocks = await Promise.all(
        heights.map((height) => request<RpcBlock | null>('eth_getBlockByNumber', [numberToHex(height), false])),
      );
      return blocks.filter((block) => block !== null).map(toHeader);
    },
    async listLogs({ from, to, addresses }) {
      const filter = { fromBlock: numberToHex(from), toBlock: numberToHex(to), address: addresses };
      const logs = await request<readonly RpcLog[] | null>('eth_getLogs', [filter]);
      if (!Array.isArray(logs)) throw new RetryableError('Expected a list of logs, the node answered none.');
      return logs
        .filter((log) => !log.removed)
        .map(toLog)
        .sort((one, other) => one.height - other.height || one.logIndex - other.logIndex);
    },
    async read(reads) {
      const answers = await Promise.all(reads.map((read) => readContract(request, read)));
      return new Map(
        reads.flatMap((read, index) => (answers[index] === undefined ? [] : [[read.key, answers[index]]])),
      );
    },
    close: () => undefined,
  };
}

type Request = <T>(method: string, params: readonly unknown[]) => Promise<T>;

/** The node is there and answered with an error of its own. */
class NodeRefusal extends RetryableError {}

function createRequest(client: PublicClient, url: string): Request {
  return async <T>(method: string, params: readonly unknown[]): Promise<T> => {
    try {
      return (await client.request({ method, params } as never)) as T;
    } catch (thrown) {
      const reason = thrown instanceof BaseError ? thrown.details || thrown.shortMessage : toMessage(thrown);
      const refused = thrown instanceof BaseError && thrown.walk((cause) => cause instanceof RpcRequestError) !== null;
      throw new (refused ? NodeRefusal : RetryableError)(`${method} at ${toOrigin(url)}: ${reason}`);
    }
  };
}

/**
 * The state of a past block may be gone (pruned) while the answer is still to be had: what never changes is then asked
 * of the latest block. `undefined` when neither can tell; an outage is thrown, not taken for an answer.
 */
async function readContract(request: Request, read: ContractRead): Promise<unknown> {
  const abi = parseAbi([read.signature]) as Abi;
  const call = { to: read.address, data: encodeFunctionData({ abi, args: read.args }) };
  const pinned = await answerOf(request, call, { blockHash: read.blockHash });
  const answer = pinned === 'gone' && read.immutable ? await askLatest(request, call, read.height) : pinned;
  if (answer === 'gone' || answer === '0x') return undefined;
  try {
    return decodeFunctionResult({ abi, data: answer });
  } catch {
    // A contract may answer what its interface does not say; that is no answer.
    return undefined;
  }
}

const LATEST_ATTEMPTS = 5;

/**
 * A node may forget its latest block for a newer one between naming it and reading it; then it is asked again. One
 * whose latest block lies before the log knows nothing of it yet.
 */
async function askLatest(request: Request, call: object, height: number): Promise<Hex> {
  for (let attempt = 1; attempt <= LATEST_ATTEMPTS; attempt += 1) {
    const head = toHeader(await request<RpcBlock | null>('eth_getBlockByNumber', ['latest', false]));
    if (head.height < height)
      throw new RetryableError(`Expected a node at block ${height}, got one at ${head.height}.`);
    const answer = await answerOf(request, call, 'latest');
    if (answer !== 'gone') return answer;
  }
  throw new RetryableError(`Expected the state of the latest block, the node had none in ${LATEST_ATTEMPTS} attempts.`);
}

/** `gone`: the node no longer holds that block's state; `0x`: there is no such function. */
async function answerOf(request: Request, call: object, block: object | 'latest'): Promise<Hex | 'gone'> {
  try {
    return await request<Hex>('eth_call', [call, block]);
  } catch (thrown) {
    if (!(thrown instanceof NodeRefusal)) throw thrown;
    if (/revert/i.test(thrown.message)) return '0x';
    if (missingState.test(thrown.message)) return 'gone';
    throw thrown;
  }
}

/**
 * How nodes word a state they have pruned (geth, Erigon, Nethermind, Nitro, anvil). A block they do not know at all is
 * an outage: the node lags.
 */
const missingState =
  /missing trie node|state (is )?not (available|found)|pruned|block ?out ?of ?range|historical state/i;

function toHeader(block: RpcBlock | null): Header {
  if (!block) throw new RetryableError('Expected a block, the node answered null.');
  return {
    height: Number(block.number),
    hash: block.hash,
    parentHash: block.parentHash,
    time: new Date(Number(block.timestamp) * 1000),
  };
}

function toLog(log: RpcLog): RawLog {
  return {
    height: Number(log.blockNumber),
    blockHash: log.blockHash,
    txHash: log.transactionHash,
    txIndex: Number(log.transactionIndex),
    logIndex: Number(log.logIndex),
    address: log.address.toLowerCase() as Hex,
    topics: log.topics,
    data: log.data,
  };
}

/** Without path and query, which often hold an API key. */
function toOrigin(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : url;
}
