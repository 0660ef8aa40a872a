import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createKey } from '../../api/keys/main.js';
import { createToken } from '../../api/keys/token.js';
import { createTestDatabase, type TestDatabase } from '../testDatabase.js';
import { createTestApi } from './openApi.js';
import { serveExports } from './readExport.js';
import { emptyNetworks, execute, seed } from './seed.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await seed(database.url, emptyNetworks);
});
afterAll(() => database.drop());

async function open(capacity: number) {
  const throttle = { capacity, perSecond: 10, inFlight: 20, clock: () => 0 };
  const api = await createTestApi(database.url, { throttle });
  const server = await serveExports(api);
  return {
    url: server.url,
    async ask(headers: Record<string, string> = {}) {
      const response = await fetch(`${server.url}/export/networks.csv?fields=id`, { headers });
      const text = await response.text();
      const code = response.ok ? undefined : JSON.parse(text).errors[0].extensions.code;
      return { status: response.status, code, retryAfter: response.headers.get('retry-after') };
    },
    close: () => server.close().then(() => api.close()),
  };
}

describe('a file', () => {
  it('is paid for by its client, who is told when to come again', async () => {
    const { ask, close } = await open(250);
    const { token } = await createKey(database.url, { name: 'files', capacity: 100, perSecond: 100 });
    const key = { authorization: `Bearer ${token}` };
    expect([await ask(), await ask()]).toMatchObject([{ status: 200 }, { status: 200 }]);
    expect(await ask()).toEqual({ status: 429, code: 'THROTTLED', retryAfter: '5' });
    // A key has a bucket of its own.
    expect((await ask(key)).status).toBe(200);
    expect(await ask(key)).toEqual({ status: 429, code: 'THROTTLED', retryAfter: '1' });
    await close();
  });

  it('is refused to a key that is none, or that cannot be looked up', async () => {
    const { ask, close } = await open(250);
    expect(await ask({ 'x-api-key': createToken() })).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
    expect(await ask({ authorization: 'Basic dXNlcjpwYXNz' })).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
    await execute(database.url, 'alter table api_key rename to gone');
    expect(await ask({ 'x-api-key': createToken() })).toMatchObject({ status: 503, code: 'SERVICE_UNAVAILABLE' });
    await execute(database.url, 'alter table gone rename to api_key');
    await close();
  });

  it('may be asked for with a key by a page of another origin', async () => {
    const { url, close } = await open(250);
    for (const path of ['/export/jobs.csv', '/export/metric/jobs.success.csv']) {
      const response = await fetch(url + path, { method: 'OPTIONS' });
      expect([response.status, Object.fromEntries(response.headers)]).toMatchObject([
        204,
        { 'access-control-allow-origin': '*', 'access-control-allow-headers': 'authorization, x-api-key' },
      ]);
    }
    await close();
  });
});
