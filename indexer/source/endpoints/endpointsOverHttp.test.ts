import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { systemRuntime } from '../../lib/systemRuntime.js';
import { createEndpointPool } from './createEndpointPool.js';
import type { EndpointDefinition } from './EndpointPool.js';

const CHAIN = 31337;
const ends: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

interface Message {
  readonly id: number;
  readonly method: string;
}
type Misbehave = (response: ServerResponse) => unknown;

const misdeeds: readonly { readonly title: string; readonly misbehave: Misbehave }[] = [
  { title: 'HTML under status 200', misbehave: (response) => response.end('<html></html>') },
  { title: 'half of a JSON', misbehave: (response) => response.end('{"jsonrpc":"2.0","id":') },
  { title: 'half of a body', misbehave: breakOff },
  { title: 'a reset', misbehave: ({ socket }) => socket?.resetAndDestroy() },
  { title: 'a redirect', misbehave: (response) => response.writeHead(302, { location: '/' }).end() },
  { title: 'too many requests', misbehave: (response) => response.writeHead(429, { 'retry-after': '60' }).end() },
  { title: 'an endless wait', misbehave: () => undefined },
];

describe('several endpoints over HTTP', () => {
  it.each(misdeeds)('answer although one has $title', async ({ misbehave }) => {
    let misbehaves = false;
    const [bad, good] = [await serve('bad', () => (misbehaves ? misbehave : undefined)), await serve('good')];
    const pool = createPool([{ url: bad }, { url: good, role: 'fallback' }]);
    const call = { method: 'eth_blockNumber', params: [] };
    for (const only of pool.listUsable('sync')) await pool.request([call], { purpose: 'sync', only });
    const before = pool.listScores()[0]?.requests ?? 0;
    misbehaves = true;
    for (let round = 0; round < 3; round += 1) {
      const { answers } = await pool.request([call, call], { purpose: 'sync', deadlineMs: 3_000 });
      expect(answers).toEqual([
        { kind: 'result', value: 'good' },
        { kind: 'result', value: 'good' },
      ]);
    }
    expect(pool.listScores()[0]?.requests).toBeGreaterThan(before);
  });

  it('are one chain: the one that is another is set aside', async () => {
    const good = { url: await serve('good'), role: 'fallback' as const };
    const pool = createPool([{ url: await serve('other', undefined, '0x1') }, good]);
    const { answers } = await pool.request([{ method: 'eth_blockNumber', params: [] }], { purpose: 'sync' });
    expect(answers).toEqual([{ kind: 'result', value: 'good' }]);
    expect(pool.listScores().map(({ state }) => state)).toEqual(['setAside', 'usable']);
  });
});

function createPool(endpoints: readonly EndpointDefinition[]) {
  const pool = createEndpointPool({ chainId: CHAIN, endpoints, runtime: systemRuntime });
  ends.unshift(() => pool.close());
  return pool;
}

async function serve(name: string, getMisdeed?: () => Misbehave | undefined, chainId = `0x${CHAIN.toString(16)}`) {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const misbehave = getMisdeed?.();
      if (misbehave) return void misbehave(response);
      const asked = JSON.parse(Buffer.concat(chunks).toString()) as Message | readonly Message[];
      const answer = ({ id, method }: Message) => ({
        jsonrpc: '2.0',
        id,
        result: method === 'eth_chainId' ? chainId : name,
      });
      const answers = [asked].flat().map((message) => answer(message as Message));
      response.end(JSON.stringify(Array.isArray(asked) ? answers : answers[0]));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function breakOff(response: ServerResponse): void {
  response.writeHead(200, { 'content-length': 1_000 });
  response.write('{"jsonrpc":"2.0"');
  setTimeout(() => response.destroy(), 10);
}
