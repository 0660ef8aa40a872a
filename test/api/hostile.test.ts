import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer } from '../../api/createServer.js';
import { corpus, send } from './hostile/corpus.js';
import { type OpenApi, openApi } from './openApi.js';
import { emptyNetworks, jobRow } from './seed.js';

describe('hostile requests', () => {
  let open: OpenApi;
  let url: string;
  let close: () => Promise<void>;
  beforeAll(async () => {
    open = await openApi({ ...emptyNetworks, job: Array.from({ length: 5 }, (_, at) => jobRow(`j${at}`)) });
    const app = createServer();
    await open.api.mount(app);
    url = await app.listen({ host: '127.0.0.1', port: 0 });
    close = () => app.close().then(() => open.close());
  });
  afterAll(() => close());

  it('are at least 200, each another one', () => {
    expect(corpus.length).toBeGreaterThanOrEqual(200);
    expect(new Set(corpus.map(({ title }) => title)).size).toBe(corpus.length);
  });

  it.each(corpus.map((request) => [request.title, request] as const))('%s', async (_, request) => {
    const response = await send(url, request);
    if (!response) return;
    const text = await response.text();
    if (request.status !== undefined)
      return expect([response.status, text]).toEqual([request.status, expect.anything()]);
    expect([response.status, text.slice(0, 500)]).toEqual([
      expect.any(Number),
      expect.stringMatching(/^\{"errors":\[/),
    ]);
    expect([400, 405, 406, 413, 414, 415, 431]).toContain(response.status);
    const { errors, data } = JSON.parse(text);
    for (const { message, extensions } of errors) {
      expect([message, extensions?.code]).toEqual([expect.any(String), expect.stringMatching(/^[A-Z][A-Z_]+$/)]);
      expect(extensions.code).not.toBe('INTERNAL_SERVER_ERROR');
    }
    expect(Object.values(data ?? {}).filter((value) => value !== null)).toEqual([]);
    expect(text).not.toMatch(LEAKS);
    expect(text.length).toBeLessThan(100_000);
  });

  it('leave the server as it was', async () => {
    expect((await open.read<{ jobs: unknown[] }>('{ jobs { id } }')).jobs).toHaveLength(5);
  });
});

/** Traces, statements, and where files lie. */
const LEAKS =
  /\\n\s+at |node_modules|\.[jt]s:\d+|\bselect\b.*\bfrom\b.*\bwhere\b|syntax error at or near|relation \\"|\/(home|tmp|work|usr|app)\//i;
