import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { openInternet } from '../../../test/openInternet.js';
import { listen, openWebServer, type Serve, type WebServer } from '../../../test/openWebServer.js';
import { createGuardedHttp } from './createGuardedHttp.js';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function serve(answer: Serve): Promise<WebServer> {
  const server = await openWebServer(answer);
  ends.push(() => server.close());
  return server;
}

const json: Serve = (_request, response) => {
  response.setHeader('content-type', 'application/json; charset=utf-8').end('{"allowed_regions":["é"]}');
};

describe('the guarded HTTP client', () => {
  const http = createGuardedHttp({ allowPrivate: true });

  it('gets a body, and where it came from', async () => {
    const { origin } = await serve((_request, response) => response.writeHead(203).end('text'));
    expect(await http.get(`${origin}/spec?a=1#b`)).toEqual({
      status: 203,
      url: `${origin}/spec?a=1`,
      body: Buffer.from('text'),
    });
  });

  it('gets JSON', async () => {
    const { origin } = await serve(json);
    expect(await http.getJson(`${origin}/spec`)).toEqual({ allowed_regions: ['é'] });
  });

  it('asks for the head alone, whatever length it announces', async () => {
    const { origin, requests } = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': 1_000_000_000 }).end();
    });
    expect(await http.head(origin)).toEqual({ status: 200, url: `${origin}/`, body: Buffer.alloc(0) });
    expect(requests[0]?.method).toBe('HEAD');
  });

  it('says the same of itself to everyone', async () => {
    const { origin, port, requests } = await serve(json);
    await http.getJson(origin, { headers: { authorization: 'Bearer a', 'x-api-key': 'b' } });
    expect(requests[0]?.headers).toEqual({
      host: `127.0.0.1:${port}`,
      connection: 'close',
      authorization: 'Bearer a',
      'x-api-key': 'b',
      accept: 'application/json',
      'accept-encoding': 'identity',
      'user-agent': 'computescan',
    });
  });

  it('keeps no cookie and no connection', async () => {
    const server = await serve((request, response) => {
      response.setHeader('set-cookie', 'a=b; Path=/');
      if (request.url === '/') response.writeHead(302, { location: '/there' }).end();
      else response.end();
    });
    await http.get(server.origin);
    await http.get(server.origin);
    expect(server.requests.map(({ headers }) => headers.cookie)).toEqual([undefined, undefined, undefined, undefined]);
    expect(server.connections).toBe(4);
  });

  it('knows the names of the system where private ones are allowed', async () => {
    const { port } = await serve(json);
    expect(await http.getJson(`http://localhost:${port}`)).toEqual({ allowed_regions: ['é'] });
  });

  it('refuses them all unless it is said', async () => {
    const server = await serve(json);
    const strict = createGuardedHttp();
    for (const host of ['127.0.0.1', 'localhost', '2130706433', '[::ffff:127.0.0.1]']) {
      const refused = strict.get(`http://${host}:${server.port}`);
      await expect(refused).rejects.toMatchObject({ name: 'GuardedHttpError', reason: 'blockedAddress' });
    }
    expect(server.connections).toBe(0);
  });
});

describe('the address that was checked', () => {
  it('is the one connected to, under the name of the URL', async () => {
    const server = await serve(json);
    const http = createGuardedHttp({ allowPrivate: true, resolve: async () => ['127.0.0.1'] });
    await http.getJson(`http://provider.example:${server.port}`);
    expect(server.requests[0]?.headers.host).toBe(`provider.example:${server.port}`);
  });

  it('is not asked for again, so a name that changes its mind gains nothing', async () => {
    const [provider, canary] = [await serve(json), await serve(json)];
    const internet = openInternet({ [`93.184.215.14:${canary.port}`]: provider.port });
    ends.push(internet.close);
    let asked = 0;
    const http = createGuardedHttp({
      resolve: async () => {
        asked += 1;
        return [asked % 2 === 1 ? '93.184.215.14' : '127.0.0.1'];
      },
    });
    const url = `http://provider.example:${canary.port}/`;
    for (let round = 1; round <= 10; round += 1) {
      const got = http.getJson(url);
      if (round % 2 === 1) expect(await got).toEqual({ allowed_regions: ['é'] });
      else await expect(got).rejects.toMatchObject({ reason: 'blockedAddress' });
      expect(asked).toBe(round);
    }
    expect(provider.connections).toBe(5);
    expect(canary.connections).toBe(0);
    expect(internet.connects).toEqual(Array(5).fill(`93.184.215.14:${canary.port}`));
  });

  it('is checked anew for each hop, also of the same name', async () => {
    const canary = await serve(json);
    const provider = await serve((_request, response) => response.writeHead(302, { location: '/again' }).end());
    const internet = openInternet({ [`93.184.215.14:${canary.port}`]: provider.port });
    ends.push(internet.close);
    const answers = [['93.184.215.14'], ['127.0.0.1']];
    const http = createGuardedHttp({ resolve: async () => answers.shift() ?? [] });
    const refused = http.get(`http://provider.example:${canary.port}/`);
    await expect(refused).rejects.toMatchObject({ reason: 'blockedAddress' });
    expect(provider.requests).toHaveLength(1);
    expect(canary.connections).toBe(0);
  });

  it('gives way to the next one where nobody listens', async () => {
    const server = await serve(json);
    const http = createGuardedHttp({ allowPrivate: true, resolve: async () => ['::1', '127.0.0.1'] });
    expect(await http.getJson(`http://provider.example:${server.port}`)).toEqual({ allowed_regions: ['é'] });
    const other = createGuardedHttp({ allowPrivate: true, resolve: async () => ['127.0.0.9', '127.0.0.1'] });
    expect(await other.getJson(`http://provider.example:${server.port}`)).toEqual({ allowed_regions: ['é'] });
  });

  it('is greeted by the name of the URL in TLS too', async () => {
    const greetings: Buffer[] = [];
    const server = await listen(
      createServer((socket) => {
        socket.once('data', (greeting) => {
          greetings.push(greeting);
          socket.end();
        });
      }),
    );
    ends.push(server.close);
    const http = createGuardedHttp({ allowPrivate: true, resolve: async () => ['127.0.0.1'] });
    const refused = http.get(`https://provider.example:${server.port}`);
    await expect(refused).rejects.toMatchObject({ reason: 'unreachable' });
    expect(greetings[0]?.includes('provider.example')).toBe(true);
  });

  it('is not left for a proxy of the environment', async () => {
    const [server, proxy] = [await serve(json), await serve(json)];
    const names = ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'ALL_PROXY'];
    for (const name of names) process.env[name] = proxy.origin;
    ends.push(() => {
      for (const name of names) delete process.env[name];
    });
    const http = createGuardedHttp({ allowPrivate: true, resolve: async () => ['127.0.0.1'] });
    await http.getJson(`http://provider.example:${server.port}`);
    expect(server.requests).toHaveLength(1);
    expect(proxy.connections).toBe(0);
  });
});
