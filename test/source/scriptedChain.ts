import type { RpcAnswer, RpcCall } from '../../indexer/source/rpc/Transport.js';
import { logsBloom } from '../../indexer/source/verification/bloom.js';
import { getChainRules } from '../../indexer/source/verification/chainRules.js';
import { headerHash, type RpcHeader } from '../../indexer/source/verification/headerHash.js';
import { matchesFilter } from '../../indexer/source/verification/logFilter.js';
import type { RpcReceipt } from '../../indexer/source/verification/parseReceipt.js';
import { receiptsRoot } from '../../indexer/source/verification/receiptsRoot.js';
import { type Hex, toHex } from '../../schema/lib/hex.js';

/** A small honest chain in memory whose hashes, blooms and roots are all right, and a node that tells of it. */
export interface ScriptedChain {
  readonly blocks: readonly ScriptedBlock[];
}

export interface ScriptedBlock {
  readonly header: RpcHeader & { readonly transactions: readonly Hex[] };
  readonly receipts: readonly ScriptedReceipt[];
  readonly logs: readonly ScriptedLog[];
}

export interface ScriptedLog {
  readonly address: Hex;
  readonly topics: readonly Hex[];
  readonly data: Hex;
  readonly blockNumber: Hex;
  readonly blockHash: Hex;
  readonly blockTimestamp?: Hex;
  readonly transactionHash: Hex;
  readonly transactionIndex: Hex;
  readonly logIndex: Hex;
  readonly removed: boolean;
}

type ScriptedReceipt = RpcReceipt & { readonly transactionHash: Hex; readonly logs: readonly ScriptedLog[] };

export const hub: Hex = `0x${'aa'.repeat(20)}`;
export const token: Hex = `0x${'bb'.repeat(20)}`;
export const stranger: Hex = `0x${'cc'.repeat(20)}`;
const rules = getChainRules(1);

/** So many blocks from height 0; `contracts` are those that write a log each, in a transaction of its own. */
export function buildChain(options: {
  readonly blocks: number;
  readonly contracts: (height: number) => readonly Hex[];
  /** Whether logs tell their block's time. */
  readonly timed?: boolean;
  /** Type of every receipt. */
  readonly type?: Hex;
}): ScriptedChain {
  const blocks: ScriptedBlock[] = [];
  let parentHash = word(0);
  for (let height = 0; height < options.blocks; height += 1) {
    const block = buildBlock(height, parentHash, options);
    blocks.push(block);
    parentHash = block.header.hash;
  }
  return { blocks };
}

function buildBlock(height: number, parentHash: Hex, options: Parameters<typeof buildChain>[0]): ScriptedBlock {
  const contents = options.contracts(height).map((address, at) => ({
    ...{ address, topics: [word(1), word(1_000 + height)], data: word(height * 100 + at) },
    ...{
      transactionHash: word(1_000_000 + height * 1_000 + at),
      transactionIndex: quantity(at),
      logIndex: quantity(at),
    },
  }));
  const bare = contents.map((log, at): RpcReceipt & { readonly transactionHash: Hex } => ({
    ...{ type: options.type ?? '0x2', status: '0x1', cumulativeGasUsed: quantity(21_000 * (at + 1)), logs: [log] },
    ...{ logsBloom: toHex(logsBloom([log])), transactionHash: log.transactionHash },
  }));
  const empty = { miner: stranger, nonce: `0x${'00'.repeat(8)}`, extraData: '0x', difficulty: '0x0' } as const;
  const roots = { sha3Uncles: word(51), stateRoot: word(52), transactionsRoot: word(53), mixHash: word(54) };
  const plain: RpcHeader = {
    ...{ ...empty, ...roots, parentHash, hash: word(0), number: quantity(height), timestamp: quantity(1_000 + height) },
    ...{ gasLimit: '0x1c9c380', gasUsed: quantity(21_000 * contents.length), baseFeePerGas: '0x7' },
    ...{ receiptsRoot: receiptsRoot(bare, rules), logsBloom: toHex(logsBloom(contents)) },
  };
  const transactions = contents.map(({ transactionHash }) => transactionHash);
  const header = { ...plain, hash: headerHash(plain), transactions };
  const where = { blockNumber: header.number, blockHash: header.hash, removed: false };
  const time = options.timed ? { blockTimestamp: header.timestamp } : {};
  const logs = contents.map((log): ScriptedLog => ({ ...log, ...where, ...time }));
  const receipts = bare.map((receipt, at): ScriptedReceipt => ({ ...receipt, logs: logs.slice(at, at + 1) }));
  return { header, receipts, logs };
}

/** What an honest node answers to what the source asks. */
export function answerHonestly({ blocks }: ScriptedChain, { method, params }: RpcCall): RpcAnswer {
  const [first] = params;
  switch (method) {
    case 'eth_getBlockByNumber':
      return result(
        (first === 'latest' ? blocks.at(-1) : isTag(first) ? blocks[0] : blocks[Number(first)])?.header ?? null,
      );
    case 'eth_getBlockByHash':
      return result(findBlock(blocks, first)?.header ?? null);
    case 'eth_getBlockReceipts':
      return result((findBlock(blocks, first) ?? blocks[Number(first)])?.receipts ?? null);
    case 'eth_getTransactionReceipt':
      return result(blocks.flatMap(({ receipts }) => receipts).find((one) => one.transactionHash === first) ?? null);
    case 'eth_getLogs':
      return answerLogs(blocks, first as LogQuery);
    default:
      return failure(-32_601, `the method ${method} does not exist`);
  }
}

interface LogQuery {
  readonly blockHash?: Hex;
  readonly fromBlock?: Hex;
  readonly toBlock?: Hex;
  readonly address?: readonly Hex[];
  readonly topics?: readonly (readonly Hex[])[];
}

function answerLogs(blocks: readonly ScriptedBlock[], query: LogQuery): RpcAnswer {
  const filter = { addresses: query.address ?? [], topics: query.topics ?? [] };
  const block = query.blockHash && findBlock(blocks, query.blockHash);
  if (query.blockHash && !block) return failure(-32_000, 'unknown block');
  const asked = block ? [block] : blocks.slice(Number(query.fromBlock), Number(query.toBlock) + 1);
  return result(asked.flatMap(({ logs }) => logs).filter((log) => matchesFilter(filter, log)));
}

function isTag(value: unknown): boolean {
  return value === 'safe' || value === 'finalized';
}

function findBlock(blocks: readonly ScriptedBlock[], hash: unknown): ScriptedBlock | undefined {
  return blocks.find(({ header }) => header.hash === hash);
}

export function result(value: unknown): RpcAnswer {
  return { kind: 'result', value };
}

export function failure(code: number, message: string): RpcAnswer {
  return { kind: 'error', code, message };
}

export function quantity(number: number): Hex {
  return `0x${number.toString(16)}`;
}

export function word(number: number): Hex {
  return `0x${number.toString(16).padStart(64, '0')}`;
}
