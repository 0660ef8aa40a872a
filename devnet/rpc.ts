import http, { type IncomingMessage } from 'node:http';
import { decodeHexResult } from './hexResult.js';

export interface RpcCall {
  readonly method: string;
  readonly params: readonly unknown[];
}

export interface Rpc {
  /** Sends the calls in one request. Anvil may run them side by side, so nothing in a batch may depend on its order. */
  batch(calls: readonly RpcCall[]): Promise<unknown[]>;
  /** Like `batch`, but what anvil refuses does not throw: its `Refusal` stands among the results. */
  settle(calls: readonly RpcCall[]): Promise<unknown[]>;
  call(method: string, ...params: readonly unknown[]): Promise<unknown>;
  /** The bytes a method gives as hex, in pieces, for they may be more than a string can hold. */
  readBytes(method: string): AsyncIterable<Buffer>;
  close(): void;
}

/** Anvil is there and says no. */
export class Refusal extends Error {}

interface Answer {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** A JSON-RPC client over kept-alive connections: about 0.2 ms a request, which the history needs. */
export function createRpc(port: number): Rpc {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 4 });
  let lastId = 0;

  function post(content: unknown): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const bytes = Buffer.from(JSON.stringify(content));
      const headers = { 'content-type': 'application/json', 'content-length': bytes.length };
      const request = http.request({ host: '127.0.0.1', port, agent, method: 'POST', headers }, resolve);
      request.on('error', reject);
      request.end(bytes);
    });
  }

  async function settle(calls: readonly RpcCall[]): Promise<unknown[]> {
    if (calls.length === 0) return [];
    const firstId = lastId + 1;
    lastId += calls.length;
    const content = calls.map((call, index) => ({ jsonrpc: '2.0', id: firstId + index, ...call }));
    const answers = parseAnswers(await readText(await post(content)));
    const byId = new Map(answers.map((answer) => [answer.id, answer]));
    return calls.map((call, index) => {
      const answer = byId.get(firstId + index);
      if (!answer) throw new Error(`anvil gave no answer to ${call.method}`);
      if (answer.error) return new Refusal(`anvil refused ${call.method}: ${answer.error.message}`);
      return answer.result;
    });
  }

  async function batch(calls: readonly RpcCall[]): Promise<unknown[]> {
    const results = await settle(calls);
    for (const result of results) if (result instanceof Refusal) throw result;
    return results;
  }

  async function* readBytes(method: string): AsyncIterable<Buffer> {
    yield* decodeHexResult(await post({ jsonrpc: '2.0', id: ++lastId, method, params: [] }));
  }

  return {
    batch,
    settle,
    readBytes,
    call: async (method, ...params) => (await batch([{ method, params }]))[0],
    close: () => agent.destroy(),
  };
}

async function readText(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function parseAnswers(text: string): Answer[] {
  const parsed: unknown = JSON.parse(text);
  if (!Array.isArray(parsed)) throw new Error(`anvil answered a batch with ${text.slice(0, 200)}`);
  return parsed as Answer[];
}
