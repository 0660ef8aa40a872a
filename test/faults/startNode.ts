import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { EncodedBlock, RpcLog } from '../simulation/encodeBlock.js';
import type { TestChain } from './createChain.js';

export interface RpcRequest {
  readonly method: string;
  readonly params: readonly unknown[];
}

/** What a lie makes of an honest answer; thrown RpcError becomes the node's error. */
export type Tamper = (request: RpcRequest, honest: unknown) => unknown;

export interface TestNode {
  readonly url: string;
  /** Every call so far, by method. */
  readonly calls: Readonly<Record<string, number>>;
  /** Answers lie as told from now on; undefined: the truth. */
  tamper: Tamper | undefined;
  /** Takes the whole HTTP answer in hand; undefined: nobody does. */
  seize: ((response: ServerResponse) => void) | undefined;
  /** The head it shows, when it lags. */
  lag: number;
  close(): Promise<void>;
  /** Closes its port, or opens the same one again. */
  setAway(away: boolean): Promise<void>;
}

export class RpcError extends Error {
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

/** A JSON-RPC node over HTTP on a chain that the test goes on writing. */
export async function startNode(getChain: () => TestChain, chainId: number): Promise<TestNode> {
  const calls: Record<string, number> = {};
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      if (node.seize) return node.seize(response);
      const content = JSON.parse(Buffer.concat(chunks).toString());
      const answers = [content].flat().map((call) => ({ jsonrpc: '2.0', id: call.id, ...answer(call) }));
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(Array.isArray(content) ? answers : answers[0]));
    });
  });

  function answer(request: RpcRequest): { result: unknown } | { error: { code: number; message: string } } {
    calls[request.method] = (calls[request.method] ?? 0) + 1;
    try {
      const honest = answerHonestly(request, getChain().blocks.slice(0, getChain().blocks.length - node.lag), chainId);
      return { result: node.tamper ? node.tamper(request, honest) : honest };
    } catch (thrown) {
      if (!(thrown instanceof RpcError)) throw thrown;
      return { error: { code: thrown.code, message: thrown.message } };
    }
  }

  let port = 0;
  const listen = async () => {
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  };
  const close = () =>
    new Promise<void>((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  await listen();
  const node: TestNode = {
    url: `http://127.0.0.1:${port}`,
    calls,
    tamper: undefined,
    seize: undefined,
    lag: 0,
    close,
    setAway: (away) => (away ? close() : listen()),
  };
  return node;
}

type Block = EncodedBlock | undefined;

function answerHonestly({ method, params }: RpcRequest, blocks: readonly EncodedBlock[], chainId: number): unknown {
  const [first] = params;
  switch (method) {
    case 'eth_chainId':
      return `0x${chainId.toString(16)}`;
    case 'eth_blockNumber':
      return `0x${(blocks.length - 1).toString(16)}`;
    case 'eth_getBlockByNumber':
      return findByTag(blocks, first)?.header ?? null;
    case 'eth_getBlockByHash':
      return findByHash(blocks, first)?.header ?? null;
    case 'eth_getBlockReceipts':
      return (String(first).length === 66 ? findByHash(blocks, first) : findByTag(blocks, first))?.receipts ?? null;
    case 'eth_getLogs':
      return listLogs(blocks, first as LogQuery);
    case 'eth_getCode':
    case 'eth_call':
      return '0x';
    default:
      throw new RpcError(-32601, `the method ${method} does not exist/is not available`);
  }
}

function findByTag(blocks: readonly EncodedBlock[], tag: unknown): Block {
  const head = blocks.length - 1;
  const tagged: Readonly<Record<string, number>> = { latest: head, safe: head - 4, finalized: head - 32, earliest: 0 };
  return blocks[tagged[String(tag)] ?? Number(tag)];
}

function findByHash(blocks: readonly EncodedBlock[], hash: unknown): Block {
  return blocks.find((block) => block.hash === hash);
}

interface LogQuery {
  readonly address?: string | readonly string[];
  readonly topics?: readonly (string | readonly string[] | null)[];
  readonly fromBlock?: string;
  readonly toBlock?: string;
  readonly blockHash?: string;
}

function listLogs(blocks: readonly EncodedBlock[], query: LogQuery): readonly RpcLog[] {
  const chosen = query.blockHash
    ? [findByHash(blocks, query.blockHash)]
    : blocks.slice(Number(query.fromBlock), Number(query.toBlock) + 1);
  if (query.blockHash && !chosen[0]) throw new RpcError(-32000, 'unknown block');
  const addresses = [query.address ?? []].flat();
  const topics = [query.topics?.[0] ?? []].flat();
  return chosen
    .flatMap((block) => block?.logs ?? [])
    .filter((log) => addresses.length === 0 || addresses.includes(log.address))
    .filter((log) => topics.length === 0 || topics.includes(log.topics[0] ?? ''));
}
