import { afterEach, describe, expect, it } from '@jest/globals';
import { openWebServer, type Serve, type WebServer } from '../../../test/openWebServer.js';
import { createGuardedHttp, toNextTarget } from './createGuardedHttp.js';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

async function serve(answer: Serve): Promise<WebServer> {
  const server = await openWebServer(answer);
  ends.push(() => server.close());
  return server;
}

const names: Readonly<Record<string, string>> = { 'a.example': '127.0.0.1', 'metadata.example': '169.254.169.254' };
const http = createGuardedHttp({ allowPrivate: true, resolve: async (host) => [names[host] ?? host] });

describe('redirects', () => {
  it.each([301, 302, 303, 307, 308])('are followed with the same method: %i', async (status) => {
    const { origin, requests } = await serve(({ url }, response) => {
      if (url === '/') response.writeHead(status, { location: 'b/../c?d#e' }).end();
      else response.end('there');
    });
    expect(await http.get(origin)).toMatchObject({ url: `${origin}/c?d`, body: Buffer.from('there') });
    await http.head(origin);
    expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual(['GET /', 'GET /c?d', 'HEAD /', 'HEAD /c?d']);
  });

  it('are followed three times and no more', async () => {
    const { origin, requests } = await serve(({ url }, response) => {
      const left = Number(url?.slice(1));
      if (left === 0) response.end('there');
      else response.writeHead(302, { location: `/${left - 1}` }).end();
    });
    expect((await http.get(`${origin}/3`)).body.toString()).toBe('there');
    await expect(http.get(`${origin}/4`)).rejects.toMatchObject({ reason: 'tooManyRedirects' });
    expect(requests).toHaveLength(8);
  });

  it('end where they go round', async () => {
    const { origin, requests } = await serve((_request, response) => response.writeHead(302, { location: '/' }).end());
    await expect(http.get(origin)).rejects.toMatchObject({ reason: 'tooManyRedirects' });
    expect(requests).toHaveLength(4);
  });

  it.each([
    ['http://169.254.169.254/latest/meta-data/', 'blockedAddress'],
    ['//169.254.169.254/', 'blockedAddress'],
    ['http://metadata.example/', 'blockedAddress'],
    ['http://0/', 'blockedAddress'],
    ['http://[::ffff:127.0.0.1]/', 'blockedAddress'],
    ['http://[64:ff9b::7f00:1]/', 'blockedAddress'],
    ['file:///etc/passwd', 'badUrl'],
    ['gopher://a.example/', 'badUrl'],
    ['data:application/json,{}', 'badUrl'],
    ['http://user@a.example/', 'badUrl'],
    ['http://a.example:6379/', 'badUrl'],
    ['http://a.example:22/', 'badUrl'],
    ['http://', 'badUrl'],
    [`/${'a'.repeat(2_048)}`, 'badUrl'],
  ])('are checked like any URL: %s', async (location, reason) => {
    const { origin, requests } = await serve((_request, response) => response.writeHead(302, { location }).end());
    await expect(http.get(origin)).rejects.toMatchObject({ reason });
    expect(requests).toHaveLength(1);
  });

  it.each([
    { title: 'no Location', headers: [] },
    { title: 'two of them', headers: ['location', '/a', 'location', '/b'] },
  ])('need one Location: $title', async ({ headers }) => {
    const { origin } = await serve((_request, response) => response.writeHead(302, headers).end());
    await expect(http.get(origin)).rejects.toMatchObject({ reason: 'badRedirect' });
  });

  it('never leave https', () => {
    const from = new URL('https://a.example/');
    expect(toNextTarget(from, '/b', false).href).toBe('https://a.example/b');
    expect(toNextTarget(from, '//b.example/', false).href).toBe('https://b.example/');
    expect(() => toNextTarget(from, 'http://a.example/', false)).toThrow(
      expect.objectContaining({ reason: 'badRedirect' }),
    );
    expect(toNextTarget(new URL('http://a.example/'), 'https://a.example/', false).protocol).toBe('https:');
  });

  it('do not wait for the body of what redirects', async () => {
    const { origin } = await serve(({ url }, response) => {
      if (url !== '/') response.end('there');
      else response.writeHead(302, { location: '/there', 'content-length': 1_000_000_000 }).write('x');
    });
    expect((await http.get(origin)).body.toString()).toBe('there');
  });

  it("carry the caller's headers within an origin, and lose them for good beyond it", async () => {
    const other = await serve((_request, response) => {
      response.writeHead(302, { location: `${first.origin}/back` }).end();
    });
    const first: WebServer = await serve(({ url }, response) => {
      const location = url === '/' ? '/within' : url === '/within' ? `${other.origin}/` : undefined;
      if (location) response.writeHead(302, { location }).end();
      else response.end('there');
    });
    const headers = { authorization: 'Bearer key', 'x-api-key': 'key' };
    expect((await http.get(first.origin, { headers })).url).toBe(`${first.origin}/back`);
    const sent = [...first.requests, ...other.requests].map(({ url, headers }) => [
      url,
      headers.authorization,
      headers['x-api-key'],
    ]);
    expect(sent).toEqual([
      ['/', 'Bearer key', 'key'],
      ['/within', 'Bearer key', 'key'],
      ['/back', undefined, undefined],
      ['/', undefined, undefined],
    ]);
  });
});
