import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Api } from '../../api/createApi.js';
import { createServer } from '../../api/createServer.js';
import { createKeyring } from '../../api/keys/createKeyring.js';
import { createKey, listKeys, revokeKey } from '../../api/keys/main.js';
import { createToken, hashToken } from '../../api/keys/token.js';
import { RetryableError } from '../../schema/lib/errors.js';
import { createLog } from '../../schema/lib/log.js';
import { createTestDatabase, type TestDatabase } from '../testDatabase.js';
import { createTestApi } from './openApi.js';
import { emptyNetworks, execute, seed, withClient } from './seed.js';
import { untilTrue } from './untilTrue.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await seed(database.url, emptyNetworks);
});
afterAll(() => database.drop());

const size = { capacity: 5_000, perSecond: 500 };

describe('an API key', () => {
  let api: Api;
  let url: string;
  let close: () => Promise<void>;
  const logged: string[] = [];
  beforeAll(async () => {
    const log = createLog('api', 'trace');
    const write = (...what: unknown[]) =>
      void logged.push(what.map((one) => JSON.stringify(one) + String(one)).join(' '));
    Object.assign(log, { trace: write, debug: write, info: write, warn: write, error: write, fatal: write });
    const throttle = { capacity: 100, perSecond: 10, inFlight: 20, clock: () => 0 };
    api = await createTestApi(database.url, { throttle, log });
    const app = createServer({ log });
    await api.mount(app);
    url = `${await app.listen({ host: '127.0.0.1', port: 0 })}/graphql`;
    close = () => app.close().then(() => api.close());
  });
  afterAll(() => close());

  async function ask(headers: Record<string, string>) {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query: '{ networks { id } }' }),
    });
    // biome-ignore lint/suspicious/noExplicitAny: what came is what is tested
    const body: any = await response.json();
    return { status: response.status, headers: response.headers, body };
  }

  it('has a bucket of its own, whichever header it is in, and whoever else has nothing left', async () => {
    const { token } = await createKey(database.url, { name: 'dashboards', ...size });
    const other = await createKey(database.url, { name: 'another', capacity: 77, perSecond: 7 });
    const status = async (headers: Record<string, string>) => (await ask(headers)).body.extensions.throttleStatus;
    expect(await status({ authorization: `Bearer ${token}` })).toEqual({
      maximumAvailable: 5_000,
      currentlyAvailable: 4_998,
      restoreRate: 500,
    });
    expect(await status({ 'x-api-key': token })).toMatchObject({ currentlyAvailable: 4_996 });
    expect(await status({ 'x-api-key': other.token })).toMatchObject({ maximumAvailable: 77, restoreRate: 7 });
    while ((await ask({})).status === 200);
    expect((await ask({})).status).toBe(429);
    expect((await ask({ authorization: `bearer ${token}` })).status).toBe(200);
  });

  it.each([
    ['another scheme', { authorization: 'Basic dXNlcjpwYXNz' }],
    ['a text that is none', { 'x-api-key': 'cs_short' }],
    ['nothing behind its scheme', { authorization: 'Bearer ' }],
  ])('is refused with 401 where it is %s', async (_, headers) => {
    const own = await serveFresh();
    const { status, body, authenticate } = await own.ask(headers);
    expect([status, authenticate]).toEqual([401, 'Bearer realm="computescan"']);
    expect(body.errors[0]).toMatchObject({
      message: expect.stringMatching(/^Expected an API key of the form cs_… .*, got another text: leave it out/),
      extensions: { code: 'UNAUTHENTICATED' },
    });
    await own.close();
  });

  it('that is unknown is refused, never taken for nobody, and paid for by the address', async () => {
    const own = await serveFresh(3);
    const answers = [];
    for (let turn = 0; turn < 4; turn++) answers.push(await own.ask({ 'x-api-key': createToken() }));
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 429]);
    expect(answers[0]?.body.errors[0].message).toMatch(
      /^Expected an API key that is in use, got one that is unknown or revoked:/,
    );
    await own.close();
  });

  it('that is revoked is refused once the server looks again', async () => {
    let now = 0;
    const keyring = createKeyring(database.url, () => now);
    const { id, token } = await createKey(database.url, { name: 'short-lived', ...size });
    expect(await keyring.find(token)).toMatchObject({ id, capacity: 5_000 });
    const revokedAt = await revokeKey(database.url, id);
    expect(await revokeKey(database.url, id)).toEqual(revokedAt);
    expect(keyring.isKnown(token)).toBe(true);
    now += 10_000;
    // Whoever has a key does not pay as an address for having it looked at again.
    expect(keyring.isKnown(token)).toBe(true);
    expect(await keyring.find(token)).toBeUndefined();
    now += 10_000;
    expect(keyring.isKnown(token)).toBe(false);
    await keyring.close();
  });

  it('is a 503 where the database cannot say, not an answer to nobody', async () => {
    const nowhere = createKeyring('postgres://nobody@127.0.0.1:1/none');
    await expect(nowhere.find(createToken())).rejects.toThrow(RetryableError);
    await nowhere.close();
    const own = await serveFresh(100, 'postgres://nobody@127.0.0.1:1/none');
    const { status, body } = await own.ask({ 'x-api-key': createToken() });
    expect([status, body.errors[0].extensions.code]).toEqual([503, 'SERVICE_UNAVAILABLE']);
    await own.close();
  });

  it('says when it was last used, written once a minute at most', async () => {
    let now = 0;
    const keyring = createKeyring(database.url, () => now);
    const { id, token } = await createKey(database.url, { name: 'busy', ...size });
    const lastUsed = async () => (await listKeys(database.url)).find((key) => key.id === id)?.lastUsedAt?.getTime();
    expect(await lastUsed()).toBeUndefined();
    await keyring.find(token);
    await untilTrue(async () => (await lastUsed()) !== undefined);
    await execute(database.url, `update api_key set last_used_at = '2026-01-01' where id = '${id}'`);
    now += 59_000;
    await keyring.find(token);
    now += 1_000;
    await keyring.find(token);
    await keyring.close();
    expect(await lastUsed()).toBeGreaterThan(Date.UTC(2026, 0, 2));
  });

  it('is kept as a hash, and stands in no log', async () => {
    const { token } = await createKey(database.url, { name: 'secret', ...size });
    await ask({ authorization: `Bearer ${token}` });
    await ask({ 'x-api-key': token.slice(0, 40) });
    const unknown = createToken();
    await ask({ 'x-api-key': unknown });
    const broken = await fetch(url, {
      method: 'POST',
      headers: { 'x-api-key': token, 'content-type': 'text/csv' },
      body: 'x',
    });
    expect(broken.status).toBe(415);
    await withClient(database.url, async (client) => {
      const { rows } = await client.query('select hash, api_key::text as text from api_key');
      expect(rows.some(({ hash }) => hashToken(token).equals(hash))).toBe(true);
      expect(rows.map(({ text }) => text).join()).not.toContain(token.slice(3));
    });
    for (const secret of [token, token.slice(0, 40), unknown]) expect(logged.join('\n')).not.toContain(secret);
  });

  it.each([
    [{ name: '', ...size }, 'Expected a name of 1 to 100 characters that says whose key it is, got "".'],
    [{ name: 'x', capacity: 0, perSecond: 1 }, 'Expected a capacity from 1 to 1000000000 points, got 0.'],
    [{ name: 'x', capacity: 1, perSecond: 2e9 }, 'Expected a rate from 1 to 1000000000 points, got 2000000000.'],
  ])('is not made of %j', async (key, message) => {
    await expect(createKey(database.url, key)).rejects.toThrow(message);
  });

  it('that there is not cannot be revoked', async () => {
    await expect(revokeKey(database.url, 'none')).rejects.toThrow('Expected the id of a key, got "none"');
  });

  async function serveFresh(capacity = 100, databaseUrl = database.url) {
    const throttle = { capacity, perSecond: 10, inFlight: 20, clock: () => 0 };
    const fresh = await createTestApi(databaseUrl, { throttle });
    const app = createServer();
    await fresh.mount(app);
    const address = `${await app.listen({ host: '127.0.0.1', port: 0 })}/graphql`;
    return {
      async ask(headers: Record<string, string>) {
        const body = JSON.stringify({ query: '{ __typename }' });
        const json = { 'content-type': 'application/json' };
        const response = await fetch(address, { method: 'POST', headers: { ...json, ...headers }, body });
        const { status } = response;
        // biome-ignore lint/suspicious/noExplicitAny: what came is what is tested
        const answered: any = await response.json();
        return { status, body: answered, authenticate: response.headers.get('www-authenticate') };
      },
      close: () => app.close().then(() => fresh.close()),
    };
  }
});
