import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { serverAudits } from 'graphql-http';
import { createServer } from '../../api/createServer.js';
import { type OpenApi, openApi } from './openApi.js';
import { emptyNetworks } from './seed.js';

/** Recommendations that this server does not follow, and why. */
const left: Readonly<Record<string, string>> = {
  '572B': 'a query that cannot be read is a 400 whatever is accepted: caches, proxies and monitors see only the status',
  FDE2: 'the same of a query that does not fit the schema',
  '7B9B': 'the same of variables that do not fit the query',
};

describe('the audits of GraphQL over HTTP', () => {
  let open: OpenApi;
  let url = '';
  let close: () => Promise<void>;
  beforeAll(async () => {
    open = await openApi(emptyNetworks);
    const app = createServer();
    await open.api.mount(app);
    url = `${await app.listen({ host: '127.0.0.1', port: 0 })}/graphql`;
    close = () => app.close().then(() => open.close());
  });
  afterAll(() => close());

  /** A GET needs a header that a page of anybody cannot send without asking (docs/limits.md); the audits know none. */
  const fetchFn = (input: string, init: RequestInit = {}) => {
    const headers = new Headers(init.headers);
    if (init.method === undefined || init.method === 'GET') headers.set('apollo-require-preflight', '1');
    return fetch(input, { ...init, headers });
  };
  const audits = serverAudits({ url: () => url, fetchFn });

  it('are those that are known', () => {
    expect(audits.length).toBeGreaterThanOrEqual(60);
    expect(
      audits
        .filter(({ id }) => id in left)
        .map(({ id }) => id)
        .sort(),
    ).toEqual(Object.keys(left).sort());
  });

  it.each(audits.map((audit) => [audit.id, audit.name, audit] as const))('%s: %s', async (id, _, audit) => {
    const result = await audit.fn();
    const reason = 'reason' in result ? result.reason : undefined;
    // What begins to hold is not left out any more.
    const isLeft = result.status === 'warn' && id in left;
    expect([result.status, reason]).toEqual(isLeft ? ['warn', reason] : ['ok', undefined]);
    expect(isLeft).toBe(id in left);
  });
});
