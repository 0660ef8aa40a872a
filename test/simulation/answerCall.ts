import type { RpcAnswer, RpcCall } from '../../indexer/source/rpc/Transport.js';
import type { Hex } from '../../schema/lib/hex.js';
import { type Block, findAt } from './createWorld.js';
import { type RpcLog, toQuantity } from './encodeBlock.js';

/** A chain as one node sees it at one moment. */
export interface View {
  readonly tip: Block;
  /** Any block that the node has, of whatever branch. */
  findBlock(hash: Hex): Block | undefined;
}

/** What tells honest nodes apart. */
export interface NodeTraits {
  readonly chainId: number;
  readonly cap: RangeCap | undefined;
  /** Logs carry the time of their block. */
  readonly timesInLogs: boolean;
  /** How it answers for the receipts of a block. */
  readonly receipts: 'byHash' | 'byNumber' | 'byTransaction';
  readonly logsByHash: boolean;
  /** Blocks below the tip that it calls final; undefined: it knows no such tag. */
  readonly finalDepth: number | undefined;
  /** A block beyond its head: an error, or what there is. */
  readonly refusesBeyondHead: boolean;
  readonly maxBatch: number;
}

export interface RangeCap {
  readonly by: 'blocks' | 'logs';
  readonly max: number;
  readonly words: 'limit' | 'suggestion' | 'plain' | 'null' | 'strange';
}

/** One call, answered as an honest node would. */
export function answerCall(call: RpcCall, view: View, traits: NodeTraits): RpcAnswer {
  const answer = methods[call.method];
  if (!answer) return refuse(-32_601, `the method ${call.method} does not exist/is not available`);
  return answer(call.params, view, traits);
}

type Method = (params: readonly unknown[], view: View, traits: NodeTraits) => RpcAnswer;

const methods: Readonly<Record<string, Method>> = {
  eth_chainId: (_, __, { chainId }) => give(toQuantity(chainId)),
  eth_blockNumber: (_, { tip }) => give(toQuantity(tip.height)),
  eth_getBlockByNumber([tag], view, traits) {
    if (tag === 'safe' || tag === 'finalized') {
      if (traits.finalDepth === undefined) return refuse(-32_602, 'invalid argument 0: hex string without 0x prefix');
      const depth = tag === 'safe' ? Math.ceil(traits.finalDepth / 2) : traits.finalDepth;
      return give(findAt(view.tip, view.tip.height - depth)?.header ?? null);
    }
    const height = tag === 'latest' ? view.tip.height : Number(tag);
    return give(findAt(view.tip, height)?.header ?? null);
  },
  eth_getBlockByHash: ([hash], view) => give(view.findBlock(hash as Hex)?.header ?? null),
  eth_getLogs: ([filter], view, traits) => answerLogs(filter as LogQuery, view, traits),
  eth_getBlockReceipts([which], view, traits) {
    const isHash = typeof which === 'string' && which.length === 66;
    if (traits.receipts === 'byTransaction')
      return refuse(-32_601, 'the method eth_getBlockReceipts does not exist/is not available');
    if (isHash && traits.receipts === 'byNumber') return refuse(-32_602, 'invalid argument 0: hex number > 64 bits');
    const block = isHash ? view.findBlock(which as Hex) : findAt(view.tip, Number(which));
    return give(block?.receipts ?? null);
  },
  eth_getTransactionReceipt([hash], { tip }) {
    for (let block: Block | undefined = tip; block; block = block.parent) {
      const at = block.transactions.findIndex((transaction) => transaction.hash === hash);
      if (at >= 0) return give(block.receipts[at]);
    }
    return give(null);
  },
  eth_getCode: () => give('0x'),
  eth_call: () => refuse(3, 'execution reverted'),
};

interface LogQuery {
  readonly blockHash?: Hex;
  readonly fromBlock?: Hex;
  readonly toBlock?: Hex;
  readonly address?: readonly Hex[] | Hex;
  readonly topics?: readonly (readonly Hex[] | Hex | null)[];
}

function answerLogs(query: LogQuery, view: View, traits: NodeTraits): RpcAnswer {
  if (query.blockHash !== undefined) {
    if (!traits.logsByHash)
      return refuse(-32_602, 'invalid argument 0: json: cannot unmarshal object into Go value of type string');
    const block = view.findBlock(query.blockHash);
    return block ? give(toLogs(block, query, traits)) : refuse(-32_000, 'unknown block');
  }
  const [from, to] = [Number(query.fromBlock), Number(query.toBlock)];
  if (to > view.tip.height && traits.refusesBeyondHead)
    return refuse(-32_602, 'block range extends beyond current head block');
  const { cap } = traits;
  if (cap?.by === 'blocks' && to - from + 1 > cap.max) return refuseRange(cap, from);
  const logs: RpcLog[] = [];
  for (let height = from; height <= Math.min(to, view.tip.height); height += 1) {
    const block = findAt(view.tip, height);
    if (block) logs.push(...toLogs(block, query, traits));
  }
  if (cap?.by === 'logs' && logs.length > cap.max && to > from) return refuseRange(cap, from);
  return give(logs);
}

function toLogs(block: Block, { address, topics }: LogQuery, { timesInLogs }: NodeTraits): readonly RpcLog[] {
  const addresses = address === undefined ? undefined : [address].flat();
  const [first] = topics ?? [];
  const found = block.logs.filter(
    (log) =>
      (!addresses || addresses.includes(log.address)) && (!first || [first].flat().includes(log.topics[0] ?? '0x')),
  );
  return timesInLogs ? found.map((log) => ({ ...log, blockTimestamp: block.header.timestamp as Hex })) : found;
}

/** In words of known providers, of one that nobody knows, or by nothing at all. */
function refuseRange({ by, max, words }: RangeCap, from: number): RpcAnswer {
  switch (words) {
    case 'limit':
      return by === 'blocks'
        ? refuse(-32_614, `eth_getLogs is limited to a ${max} range`)
        : refuse(-32_602, `query exceeds max results ${max}`);
    case 'suggestion':
      return by === 'blocks'
        ? refuse(-32_602, `query exceeds max block range ${max}`)
        : refuse(
            -32_005,
            `query returned more than ${max} results. Try with this block range [${toQuantity(from)}, ${toQuantity(from + 1)}].`,
          );
    case 'plain':
      return refuse(-32_000, by === 'blocks' ? 'block range too large' : 'Log response size exceeded');
    case 'null':
      return give(null);
    case 'strange':
      return refuse(-32_000, 'this wish is too great for our humble node');
  }
}

export function give(value: unknown): RpcAnswer {
  return { kind: 'result', value };
}

export function refuse(code: number, message: string): RpcAnswer {
  return { kind: 'error', code, message };
}
