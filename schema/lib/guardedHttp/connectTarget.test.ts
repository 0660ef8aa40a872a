import { createServer as createTcpServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type Internet, openInternet } from '../../../test/openInternet.js';
import { listen } from '../../../test/openWebServer.js';
import { selfSigned } from '../../../test/selfSigned.js';
import { createGuardedHttp } from './createGuardedHttp.js';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

interface Greeted {
  readonly port: number;
  readonly connections: number;
  /** What each connection sent, in bytes. */
  readonly received: readonly number[];
}

/** Listens, and counts what it is told. */
async function serveTcp(): Promise<Greeted> {
  const received: number[] = [];
  const server = await listen(
    createTcpServer((socket: Socket) => {
      const at = received.push(0) - 1;
      socket.on('data', (data) => (received[at] = (received[at] ?? 0) + data.length));
      socket.on('error', () => undefined);
    }),
  );
  ends.push(server.close);
  return Object.assign(server, { received });
}

async function serveTls(
  ALPNProtocols?: string[],
): Promise<{ readonly port: number; readonly names: readonly string[] }> {
  const names: string[] = [];
  const tls = createTlsServer({ ...selfSigned, ...(ALPNProtocols ? { ALPNProtocols } : {}) }, (socket) => {
    names.push(String(socket.servername));
    socket.on('error', () => undefined);
  });
  tls.on('tlsClientError', () => undefined);
  const server = await listen(tls);
  ends.push(server.close);
  return Object.assign(server, { names });
}

function openWorld(servers?: Readonly<Record<string, number>>): Internet {
  const internet = openInternet(servers);
  ends.push(internet.close);
  return internet;
}

const http = createGuardedHttp({ allowPrivate: true });
const until = async (isDone: () => boolean) => {
  for (let left = 1_000; left > 0 && !isDone(); left -= 1) await new Promise((resolve) => setTimeout(resolve, 5));
};

describe('a guarded connection', () => {
  it.each(['tcp://127.0.0.1:', 'TCP://127.0.0.1:', 'http://127.0.0.1:'])(
    'by %s comes to whoever listens, says nothing and ends',
    async (start) => {
      const server = await serveTcp();
      expect(await http.connect(`${start}${server.port}`)).toEqual({ tls: undefined });
      await until(() => server.received.length === 1);
      expect(server.received).toEqual([0]);
    },
  );

  it.each([
    [['h2', 'http/1.1'], 'h2'],
    [['http/1.1'], 'http/1.1'],
    [undefined, undefined],
  ] as const)('by https shakes hands with who offers %j, whatever the certificate says', async (offered, alpn) => {
    const server = await serveTls(offered ? [...offered] : undefined);
    const named = createGuardedHttp({ allowPrivate: true, resolve: async () => ['127.0.0.1'] });
    const connection = await named.connect(`https://orchestrator.example:${server.port}`);
    expect(connection).toEqual({ tls: { protocol: 'TLSv1.3', alpn } });
    await until(() => server.names.length === 1);
    expect(server.names).toEqual(['orchestrator.example']);
  });

  it('is none where nobody listens, or nobody knows TLS', async () => {
    const server = await serveTcp();
    const { port } = server;
    await expect(http.connect(`https://127.0.0.1:${port}`, { deadlineMs: 200 })).rejects.toMatchObject({
      reason: 'timeout',
    });
    const closed = await listen(createTcpServer());
    await closed.close();
    const refused = http.connect(`tcp://127.0.0.1:${closed.port}`);
    await expect(refused).rejects.toMatchObject({ reason: 'unreachable', isOurs: false });
    await expect(refused).rejects.toThrow(/got ECONNREFUSED/);
  });

  it('is none where the other side hangs up before the greeting is over', async () => {
    const server = await listen(createTcpServer((socket) => socket.destroy()));
    ends.push(server.close);
    const refused = http.connect(`https://127.0.0.1:${server.port}`);
    await expect(refused).rejects.toMatchObject({ name: 'GuardedHttpError', reason: 'unreachable' });
  });

  it('goes to the address that was checked, whose name is asked for once', async () => {
    const [provider, canary] = [await serveTcp(), await serveTcp()];
    const internet = openWorld({ [`93.184.215.14:${canary.port}`]: provider.port });
    let asked = 0;
    const strict = createGuardedHttp({
      resolve: async () => {
        asked += 1;
        return [asked % 2 === 1 ? '93.184.215.14' : '127.0.0.1'];
      },
    });
    for (let round = 1; round <= 10; round += 1) {
      const connected = strict.connect(`tcp://provider.example:${canary.port}`);
      if (round % 2 === 1) await connected;
      else await expect(connected).rejects.toMatchObject({ reason: 'blockedAddress' });
      expect(asked).toBe(round);
    }
    await until(() => provider.connections === 5);
    expect(canary.connections).toBe(0);
    expect(internet.connects).toEqual(Array(5).fill(`93.184.215.14:${canary.port}`));
  });

  it('gives way to the next address where nobody listens', async () => {
    const { port } = await serveTcp();
    const other = createGuardedHttp({ allowPrivate: true, resolve: async () => ['127.0.0.9', '127.0.0.1'] });
    expect(await other.connect(`tcp://provider.example:${port}`)).toEqual({ tls: undefined });
  });

  it.each(['127.0.0.1', 'localhost', '2130706433', '127.1', '0x7f.1', '１２７.0.0.1', '[::1]', '[::ffff:127.0.0.1]'])(
    'to %s is refused, by tcp as well as by http',
    async (host) => {
      const internet = openWorld();
      const strict = createGuardedHttp();
      for (const url of [`tcp://${host}:8080`, `http://${host}:8080`, `https://${host}:8080`]) {
        await expect(strict.connect(url)).rejects.toMatchObject({ reason: 'blockedAddress' });
      }
      expect(internet.connects).toEqual([]);
    },
  );

  it.each([
    ...['tcp:', 'tcp://', 'tcp://provider.example', 'tcp:provider.example:80', 'tcp://provider.example:80/path'],
    ...['tcp://user@provider.example:8080', 'tcp://provider.example:8080?a', 'tcp://provider.example:8080#a'],
    ...['tcp://provider.example:22', 'tcp://provider.example:6379', 'tcp://provider.example:0', 'tcp://a\\@b:80'],
    ...['udp://provider.example:8080', 'provider.example:8080', ' ', 'file:///etc/passwd', 'tcp://a:80@127.0.0.1:80'],
  ])('refuses %j', async (url) => {
    const internet = openWorld();
    await expect(createGuardedHttp().connect(url)).rejects.toMatchObject({ reason: 'badUrl' });
    expect(internet.connects).toEqual([]);
  });

  it('ends at its deadline, and when it is given up', async () => {
    const slow = createGuardedHttp({ resolve: () => new Promise(() => undefined) });
    const late = slow.connect('https://provider.example', { deadlineMs: 50 });
    await expect(late).rejects.toMatchObject({ reason: 'timeout' });
    const server = await serveTcp();
    const controller = new AbortController();
    const given = http.connect(`https://127.0.0.1:${server.port}`, { signal: controller.signal });
    await until(() => server.connections === 1);
    controller.abort();
    await expect(given).rejects.toMatchObject({ reason: 'aborted' });
    const early = http.connect(`https://127.0.0.1:${server.port}`, { signal: AbortSignal.abort() });
    await expect(early).rejects.toMatchObject({ reason: 'aborted' });
  });
});

describe('a failure of this machine', () => {
  it.each([
    [{ code: 'ENETUNREACH', syscall: 'connect' }, true],
    [{ code: 'EAI_AGAIN', syscall: 'getaddrinfo' }, true],
    [{ code: 'ETIMEOUT', syscall: 'queryA' }, true],
    [{ code: 'ECONNREFUSED', syscall: 'queryAaaa' }, true],
    [{ code: 'ECONNREFUSED', syscall: 'connect' }, false],
    [{ code: 'ENOTFOUND', syscall: 'queryA' }, false],
    [{ code: 'ESERVFAIL', syscall: 'queryA' }, false],
    [{ code: 'EHOSTUNREACH', syscall: 'connect' }, false],
  ])('is told from one of the other side: %j', async (thrown, isOurs) => {
    const failing = createGuardedHttp({ resolve: () => Promise.reject(Object.assign(new Error('no'), thrown)) });
    for (const ask of [failing.connect, failing.head]) {
      await expect(ask('https://provider.example')).rejects.toMatchObject({ reason: 'unreachable', isOurs });
    }
  });
});
