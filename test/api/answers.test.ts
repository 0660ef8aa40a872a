import { type IncomingHttpHeaders, type RequestOptions, request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import type { Api } from '../../api/createApi.js';
import { createServer } from '../../api/createServer.js';
import { BLOCK_CHANNEL } from '../../schema/lib/channels.js';
import { listStatements } from './listStatements.js';
import { createTestApi, type OpenApi, openApi } from './openApi.js';
import { devnet, emptyNetworks, execute, hash, id, jobRow } from './seed.js';

describe('an answer over HTTP', () => {
  let open: OpenApi;
  let api: Api;
  let app: FastifyInstance;
  let origin: string;
  beforeAll(async () => {
    const block = { chain_id: devnet.id, height: 100, hash: hash('a'), parent_hash: hash('9'), time: new Date() };
    open = await openApi({
      ...emptyNetworks,
      block: [block],
      job: Array.from({ length: 60 }, (_, at) => jobRow(`j${at}`)),
    });
    api = await createTestApi(open.url, { snapshotMs: 60_000 });
    app = createServer();
    await api.mount(app);
    origin = await app.listen({ host: '127.0.0.1', port: 0 });
  });
  afterAll(async () => {
    await app.close();
    await api.close();
    await open.close();
  });

  const query = '{ jobs(first: 60) { id status } }';
  /** As bare as it goes: `fetch` says on its own what it takes. */
  const send = (options: RequestOptions & { path: string }, body?: object) =>
    new Promise<{ status: number; headers: IncomingHttpHeaders; body: string }>((resolve, reject) => {
      const sent = request(origin + options.path, options, async (response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of response) chunks.push(chunk);
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
        });
      });
      sent.on('error', reject);
      sent.end(body && JSON.stringify(body));
    });
  const post = (text: string, asked: object = {}) =>
    send(
      { path: '/graphql', method: 'POST', headers: { 'content-type': 'application/json' } },
      { query: text, ...asked },
    );
  const get = (text: string, headers: Record<string, string> = {}) =>
    send({
      path: `/graphql?query=${encodeURIComponent(text)}`,
      headers: { 'apollo-require-preflight': '1', ...headers },
    });

  it('is kept for as long as its snapshot is current, and no longer', async () => {
    // The first snapshot ends when the API begins to listen.
    await post(query);
    await new Promise((resolve) => setTimeout(resolve, 500));
    const first = await post(query);
    expect(await listStatements(async () => expect((await post(query)).body).toBe(first.body))).toEqual([]);
    expect((await post(query)).headers['content-type']).toBe(first.headers['content-type']);
    await execute(open.url, `update job set status = 'running' where id = '${id('j7')}'`);
    expect((await post(query)).body).toBe(first.body);
    await execute(open.url, `select pg_notify('${BLOCK_CHANNEL}', '{}')`);
    for (let attempt = 0; attempt < 200 && (await post(query)).body === first.body; attempt++) {
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    expect((await post(query)).body).toContain('running');
  });

  it('is that to the same variables, operation and kind of request', async () => {
    const text = 'query One($first: Int!) { jobs(first: $first) { id } } query Two { networks { id } }';
    const ask = async (operationName: string, first: number) =>
      JSON.parse((await post(text, { operationName, variables: { first } })).body).data;
    for (const _ of [1, 2]) {
      expect((await ask('One', 2)).jobs).toHaveLength(2);
      expect((await ask('One', 3)).jobs).toHaveLength(3);
      expect((await ask('Two', 3)).networks).toHaveLength(2);
    }
    expect((await get('{ jobs { id } }')).status).toBe(200);
    const refused = await get('{ jobs { id } }', { 'apollo-require-preflight': '' });
    expect(refused.status).toBe(400);
  });

  it('with errors is not kept', async () => {
    const wrong = '{ jobs(first: 0) { id } }';
    for (const _ of [1, 2]) expect(JSON.parse((await post(wrong)).body).errors).toHaveLength(1);
  });

  it('to a GET bears a tag of its bytes, by which it is not sent again', async () => {
    const first = await get(query);
    const tag = String(first.headers.etag);
    expect(tag).toMatch(/^"[\w-]{43}"$/);
    expect(first.headers['cache-control']).toBe('no-cache');
    for (const known of [tag, `W/${tag}`, `"other", ${tag}`, '*']) {
      const again = await get(query, { 'if-none-match': known });
      expect([again.status, again.body, again.headers.etag]).toEqual([304, '', tag]);
    }
    expect((await get(query, { 'if-none-match': '"other"' })).status).toBe(200);
    const zipped = await get(query, { 'accept-encoding': 'gzip' });
    expect([zipped.headers.etag, zipped.headers['content-encoding']]).toEqual([`${tag.slice(0, -1)}-gzip"`, 'gzip']);
    expect((await post(query)).headers.etag).toBeUndefined();
    expect((await get('{ jobs(first: 0) { id } }')).headers.etag).toBeUndefined();
  });

  it('says of itself what subgraphs say, and more', async () => {
    const { _meta } = await open.read(`{ _meta(chain: ${devnet.id}) { deployment hasIndexingErrors
      block { number hash parentHash timestamp } } }`);
    expect(_meta).toMatchObject({
      deployment: 'computescan-1.2.3-method-1',
      block: { number: '100', hash: `0x${'a'.repeat(64)}`, parentHash: `0x${'9'.repeat(64)}` },
    });
  });
});
