import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Hex, keccak256, numberToHex, toRlp, zeroAddress, zeroHash } from 'viem';

export interface EmptyChainOptions {
  /** 31337 when left out. */
  readonly chainId?: number;
  /** Of its last block, unix s; every block below is a second older. */
  readonly timestamp: number;
  readonly gasLimit: number;
  /** Of its last block; 0 when left out. */
  readonly height?: number;
}

/**
 * Serves a chain of empty blocks, one when nothing else is said, for anvil to fork from. On a chain of its own anvil
 * hashes the whole state for every block, which after 30 days of deals takes 50 ms a block and two minutes in all; on a
 * fork it leaves the state root zero and a block takes 1 ms. Nothing else differs: every account and contract is made by
 * anvil itself.
 */
export interface EmptyChain {
  readonly url: string;
  close(): void;
}

export async function startEmptyChain(options: EmptyChainOptions): Promise<EmptyChain> {
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body: unknown = JSON.parse(Buffer.concat(chunks).toString());
      const answers = Array.isArray(body) ? body.map((call) => answer(call, options)) : answer(body as Call, options);
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(answers));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

interface Call {
  readonly id: number;
  readonly method: string;
  readonly params?: readonly unknown[];
}

function answer({ id, method, params }: Call, options: EmptyChainOptions) {
  const { chainId = 31_337, height = 0 } = options;
  const results: Record<string, unknown> = {
    eth_chainId: numberToHex(chainId),
    net_version: String(chainId),
    eth_blockNumber: numberToHex(height),
    eth_gasPrice: '0x0',
    eth_getBalance: '0x0',
    eth_getTransactionCount: '0x0',
    eth_getCode: '0x',
    eth_getAccountInfo: { balance: '0x0', nonce: '0x0', code: '0x' },
    eth_getStorageAt: zeroHash,
    eth_getLogs: [],
    eth_getBlockReceipts: [],
    eth_getTransactionByHash: null,
    eth_getTransactionReceipt: null,
  };
  if (method === 'eth_getBlockByNumber' || method === 'eth_getBlockByHash')
    return { jsonrpc: '2.0', id, result: findBlock(String(params?.[0]), options) };
  if (method in results) return { jsonrpc: '2.0', id, result: results[method] };
  return { jsonrpc: '2.0', id, error: { code: -32601, message: `no ${method} on the empty chain` } };
}

/** By number, by tag, or by the hash of the last one. */
function findBlock(wanted: string, options: EmptyChainOptions) {
  const { height = 0 } = options;
  const top = createBlock(height, options);
  if (wanted === 'latest' || wanted === top.hash) return top;
  const number = Number(wanted);
  return number <= height ? createBlock(number, options) : null;
}

const emptyTrie = keccak256(toRlp('0x'));
const noUncles = keccak256(toRlp([]));

/**
 * A Cancun header without content. The last block's hash is the real one, so that whoever checks hashes finds them right;
 * those below are made up, for each would need the one before it.
 */
function createBlock(height: number, options: EmptyChainOptions) {
  const { gasLimit, height: top = 0 } = options;
  const timestamp = options.timestamp - (top - height);
  const parentHash = height === 0 ? zeroHash : inventHash(height - 1);
  const logsBloom: Hex = `0x${'0'.repeat(512)}`;
  const nonce: Hex = '0x0000000000000000';
  const zero = '0x';
  const number = height === 0 ? zero : toBytes(height);
  const limits = [toBytes(gasLimit), zero, toBytes(timestamp)] as const;
  const roots = [emptyTrie, emptyTrie, emptyTrie] as const;
  const cancun = [zero, emptyTrie, zero, zero, zeroHash] as const;
  const header = [
    parentHash,
    noUncles,
    zeroAddress,
    ...roots,
    logsBloom,
    zero,
    number,
    ...limits,
    zero,
    zeroHash,
    nonce,
  ];
  return {
    hash: height === top ? keccak256(toRlp([...header, ...cancun] as Hex[])) : inventHash(height),
    parentHash,
    sha3Uncles: noUncles,
    miner: zeroAddress,
    stateRoot: emptyTrie,
    transactionsRoot: emptyTrie,
    receiptsRoot: emptyTrie,
    logsBloom,
    difficulty: '0x0',
    totalDifficulty: '0x0',
    number: numberToHex(height),
    gasLimit: numberToHex(gasLimit),
    gasUsed: '0x0',
    timestamp: numberToHex(timestamp),
    extraData: '0x',
    mixHash: zeroHash,
    nonce,
    baseFeePerGas: '0x0',
    withdrawalsRoot: emptyTrie,
    blobGasUsed: '0x0',
    excessBlobGas: '0x0',
    parentBeaconBlockRoot: zeroHash,
    size: '0x220',
    uncles: [],
    transactions: [],
    withdrawals: [],
  };
}

function inventHash(height: number): Hex {
  return keccak256(numberToHex(height));
}

/** RLP wants whole bytes without leading zeros. */
function toBytes(value: number): Hex {
  const digits = value.toString(16);
  return `0x${digits.length % 2 ? '0' : ''}${digits}`;
}
