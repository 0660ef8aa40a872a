import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Hex, keccak256, numberToHex, toRlp, zeroAddress, zeroHash } from 'viem';

/**
 * Serves a chain of one empty block, for anvil to fork from. On a chain of its own anvil hashes the whole state for
 * every block, which after 30 days of deals takes 50 ms a block and two minutes in all; on a fork it leaves the state
 * root zero and a block takes 1 ms. Nothing else differs: every account and contract is made by anvil itself.
 */
export interface EmptyChain {
  readonly url: string;
  close(): void;
}

export async function startEmptyChain(options: { timestamp: number; gasLimit: number }): Promise<EmptyChain> {
  const genesis = createGenesis(options);
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body: unknown = JSON.parse(Buffer.concat(chunks).toString());
      const answers = Array.isArray(body) ? body.map((call) => answer(call, genesis)) : answer(body as Call, genesis);
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

function answer({ id, method, params }: Call, genesis: { readonly hash: Hex }) {
  const results: Record<string, unknown> = {
    eth_chainId: '0x7a69',
    net_version: '31337',
    eth_blockNumber: '0x0',
    eth_gasPrice: '0x0',
    eth_getBalance: '0x0',
    eth_getTransactionCount: '0x0',
    eth_getCode: '0x',
    eth_getAccountInfo: { balance: '0x0', nonce: '0x0', code: '0x' },
    eth_getStorageAt: zeroHash,
    eth_getLogs: [],
    eth_getBlockReceipts: [],
    eth_getBlockByNumber: params?.[0] === '0x0' || params?.[0] === 'latest' ? genesis : null,
    eth_getBlockByHash: params?.[0] === genesis.hash ? genesis : null,
    eth_getTransactionByHash: null,
    eth_getTransactionReceipt: null,
  };
  if (method in results) return { jsonrpc: '2.0', id, result: results[method] };
  return { jsonrpc: '2.0', id, error: { code: -32601, message: `no ${method} on the empty chain` } };
}

const emptyTrie = keccak256(toRlp('0x'));
const noUncles = keccak256(toRlp([]));

/** A Cancun header without content; its hash is the real one, so that whoever checks hashes finds them right. */
function createGenesis({ timestamp, gasLimit }: { timestamp: number; gasLimit: number }) {
  const logsBloom: Hex = `0x${'0'.repeat(512)}`;
  const nonce: Hex = '0x0000000000000000';
  const zero = '0x';
  const limits = [toBytes(gasLimit), zero, toBytes(timestamp)] as const;
  const roots = [emptyTrie, emptyTrie, emptyTrie] as const;
  const cancun = [zero, emptyTrie, zero, zero, zeroHash] as const;
  const header = [zeroHash, noUncles, zeroAddress, ...roots, logsBloom, zero, zero, ...limits, zero, zeroHash, nonce];
  return {
    hash: keccak256(toRlp([...header, ...cancun] as Hex[])),
    parentHash: zeroHash,
    sha3Uncles: noUncles,
    miner: zeroAddress,
    stateRoot: emptyTrie,
    transactionsRoot: emptyTrie,
    receiptsRoot: emptyTrie,
    logsBloom,
    difficulty: '0x0',
    totalDifficulty: '0x0',
    number: '0x0',
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

/** RLP wants whole bytes without leading zeros. */
function toBytes(value: number): Hex {
  const digits = value.toString(16);
  return `0x${digits.length % 2 ? '0' : ''}${digits}`;
}
