import { createServer, type Server } from 'node:net';
import { brotliCompressSync } from 'node:zlib';
import { askTarget, type Outcome } from '../../indexer/telemetry/probes/askTarget.js';
import { type Assignment, listAssignments, probes, sourceNames } from '../../indexer/telemetry/probes/probes.js';
import { createGuardedHttp, type GuardedHttp } from '../../schema/lib/guardedHttp/createGuardedHttp.js';
import { listNetworks } from '../../schema/protocols/protocols.js';
import { type Internet, openInternet } from '../openInternet.js';
import { listen, openWebServer, type Serve, type WebServer } from '../openWebServer.js';
import { resolveCorpus, urlCorpus } from '../urlCorpus.js';

/** What no provider may make us talk to; it listens on loopback, as databases and consoles do. */
let canary: WebServer;
let provider: WebServer;
let internet: Internet;

/** Where the provider's server sends whoever asks it. */
let location = '/';
const PUBLIC = '93.184.215.14';

beforeAll(async () => {
  canary = await openWebServer((_request, response) => response.end());
  provider = await openWebServer((_request, response) => {
    // A header holds bytes, and nothing says that they are UTF-8: such a host is none.
    response.writeHead(307, { location: Buffer.from(location).toString('latin1') }).end();
  });
  internet = openInternet({ [`${PUBLIC}:${canary.port}`]: provider.port });
});

afterEach(() => expect(canary.connections).toBe(0));

afterAll(async () => {
  internet.close();
  await provider.close();
  await canary.close();
});

function createHttp(...answers: readonly (readonly string[])[]) {
  let asked = 0;
  return createGuardedHttp({
    resolve: async () => {
      asked += 1;
      return answers[asked - 1] ?? answers.at(-1) ?? [];
    },
  });
}

/** What is refused, and how many connections to anywhere were tried for it. */
async function refusalOf(http: ReturnType<typeof createGuardedHttp>, url: string) {
  const before = internet.connects.length;
  const reason = await http.getJson(url).then(
    () => 'none',
    (error: { readonly reason?: unknown }) => error.reason,
  );
  return { reason, connects: internet.connects.slice(before) };
}

const spellings = [
  '127.0.0.1',
  '127.1',
  '2130706433',
  '0x7f.1',
  '0177.0.0.1',
  '１２７.0.0.1',
  '127。0。0。1',
  '%31%32%37.0.0.1',
  '127.0.0.1.',
  '0.0.0.0',
  'localhost',
  '[::1]',
  '[::ffff:127.0.0.1]',
  '[::127.0.0.1]',
  '[64:ff9b::127.0.0.1]',
  '[2002:7f00:1::]',
  '169.254.169.254',
  '[fd00:ec2::254]',
];
const blocked = { reason: 'blockedAddress', connects: [] };

describe("providers' URLs", () => {
  it.each(spellings)(
    'fault 31: one that spells an address as %s is refused, and nothing is connected to',
    async (host) => {
      expect(await refusalOf(createHttp(), `http://${host}:${canary.port}/`)).toEqual(blocked);
    },
  );

  it.each([
    ['127.0.0.1'],
    ['169.254.169.254'],
    ['10.0.0.1'],
    ['64:ff9b::7f00:1'],
    ['::ffff:7f00:1'],
    [PUBLIC, '127.0.0.1'],
  ])('fault 31: one whose name leads to %s is refused, and nothing is connected to', async (...addresses) => {
    expect(await refusalOf(createHttp(addresses), `http://provider.example:${canary.port}/`)).toEqual(blocked);
  });

  it('fault 31: one whose name changes its mind is connected to where it was checked', async () => {
    location = 'file:///etc/passwd';
    const http = createHttp([PUBLIC], ['127.0.0.1']);
    const url = `http://provider.example:${canary.port}/`;
    expect(await refusalOf(http, url)).toEqual({ reason: 'badUrl', connects: [`${PUBLIC}:${canary.port}`] });
    expect(await refusalOf(http, url)).toEqual(blocked);
  });

  it.each(spellings)('fault 31: one that redirects to %s is not followed', async (host) => {
    location = `http://${host}:${canary.port}/`;
    const refused = await refusalOf(createHttp([PUBLIC]), `http://provider.example:${canary.port}/`);
    const reason = /[^ -~]/.test(host) ? 'badUrl' : 'blockedAddress';
    expect(refused).toEqual({ reason, connects: [`${PUBLIC}:${canary.port}`] });
  });
});

/** Each probe once, as the networks that it is for have it. */
const assignments: readonly Assignment[] = probes.map((probe) => {
  const sources = Object.fromEntries([...sourceNames].map((name) => [name, 'https://prices.example']));
  const found = listAssignments(listNetworks(), sources).find((one) => one.probe === probe);
  if (!found) throw new Error(`Expected a network for ${probe.id}, found none.`);
  return found;
});
const byId = assignments.map((assignment) => [assignment.probe.id, assignment] as const);
/** As the price probes did before others came; a list that shrinks would prove less. */
const kinds = [
  'marlin-spec',
  'livepeer-stats',
  'iexec-asks',
  'marlin-control-plane',
  'livepeer-service',
  'http',
  'tcp',
];

function ask(asked: {
  readonly http: GuardedHttp;
  readonly assignment: Assignment;
  readonly base: string;
  readonly deadlineMs?: number;
}): Promise<Outcome> {
  const { http, assignment, base, deadlineMs = assignment.probe.deadlineMs } = asked;
  return askTarget({
    ...{ http, base, target: '0xa', signal: new AbortController().signal },
    assignment: { ...assignment, probe: { ...assignment.probe, deadlineMs } },
    runtime: { now: () => performance.now(), wallTime: () => new Date() },
  });
}

/** The same URL on another port; the text stays as it is but for that, odd spelling and all. */
function toPort(url: string, port: number): string {
  return url.replace(/^(\s*[a-z]+:[\\/]*(?:\[[^\]]*\]|[^\s/\\?#:@[\]]+))(:\d+)?(?=[/\\?#]|$)/i, `$1:${port}`);
}

describe('whatever a probe is given to ask', () => {
  /** On both loopbacks, on one port: whoever gets through to this machine gets there. */
  let canaries: readonly Omit<WebServer, 'requests'>[] = [];
  const count = () => canaries.reduce((sum, { connections }) => sum + connections, 0);

  beforeAll(async () => {
    const accept = (): Server => createServer((socket) => void socket.on('error', () => undefined));
    const first = await listen(accept());
    // Where this machine has no IPv6, nobody gets there either.
    const second = await listen(accept(), { host: '::1', port: first.port }).catch(() => undefined);
    canaries = second ? [first, second] : [first];
  });
  afterAll(() => Promise.all(canaries.map((one) => one.close())));

  it('is all there', () => {
    expect(probes.map(({ id }) => id)).toEqual(expect.arrayContaining(kinds));
    expect(urlCorpus.length).toBeGreaterThanOrEqual(200);
  });

  it('would be found out: the canaries hear who gets through', async () => {
    const open = createGuardedHttp({ allowPrivate: true });
    for (const [, assignment] of byId) {
      const before = count();
      const port = canaries[0]?.port ?? 0;
      const base = `${assignment.probe.id === 'tcp' ? 'tcp' : 'http'}://127.0.0.1:${port}`;
      await ask({ http: open, assignment, base, deadlineMs: 100 });
      expect([assignment.probe.id, count() - before]).toEqual([assignment.probe.id, 1]);
    }
  });

  it.each(byId)(
    'fault 31: %s leaves loopback alone, whatever of 208 URLs it is given, by any port',
    async (id, assignment) => {
      const http = createGuardedHttp({ resolve: resolveCorpus });
      const [before, connectsBefore] = [count(), internet.connects.length];
      const port = canaries[0]?.port ?? 0;
      let blocked = 0;
      for (const [url, verdict] of urlCorpus) {
        const onPort = toPort(url, port);
        for (const base of [url, onPort, onPort.replace(/^\s*https?:[\\/]*/i, 'tcp://')]) {
          const outcome = await ask({ http, assignment, base });
          // Nobody is there: what is asked at all comes to nothing.
          expect([id, base, outcome.kind]).toEqual([id, base, 'failed']);
          if (outcome.kind !== 'failed') continue;
          expect(outcome.flaw.text).not.toMatch(/secret|passwd|meta-data/);
          // A probe appends a path of its own, which makes a host of no text that had none.
          if (base === url && verdict === 'blockedAddress')
            expect([base, outcome.flaw.reason]).toEqual([base, verdict]);
          if (outcome.flaw.reason !== 'blockedAddress') continue;
          expect('reach' in outcome).toBe(false);
          blocked += 1;
        }
      }
      // Most of the corpus leads inside, on any port, and by tcp to whom that is known.
      expect(blocked).toBeGreaterThan(200);
      expect(count() - before).toBe(0);
      const inside = /^(127\.|10\.|192\.168\.|169\.254\.|0\.|::|fe80|fd|fc|64:ff9b)|[ ](127\.|10\.|192\.168\.|::1)/;
      expect(internet.connects.slice(connectsBefore).filter((one) => inside.test(one))).toEqual([]);
    },
  );

  it.each(byId.filter(([, { probe }]) => probe.kind !== 'reach' || probe.question.kind === 'head'))(
    'fault 31: %s follows no redirect inside',
    async (_, assignment) => {
      const before = count();
      for (const host of spellings) {
        location = `http://${host}:${canaries[0]?.port}/`;
        const outcome = await ask({
          http: createHttp([PUBLIC]),
          assignment,
          base: `http://provider.example:${canary.port}`,
        });
        expect(outcome).toMatchObject({
          kind: 'failed',
          flaw: { reason: /[^ -~]/.test(host) ? 'badUrl' : 'blockedAddress' },
        });
      }
      expect(count() - before).toBe(0);
    },
  );

  // Made once: a server that compresses for as long as the deadline has answered nothing by then.
  const compressed = brotliCompressSync(Buffer.alloc(1_000_000, 0x20));

  /** Each would go on for as long as one listens. */
  const endless: Readonly<Record<string, Serve>> = {
    'drips without end': (_request, response) => {
      response.setHeader('content-type', 'application/json').flushHeaders();
      const drip = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(drip));
    },
    'is larger than any list': (request, response) => {
      response.setHeader('content-type', 'application/json');
      // Of a body that nobody asked for Node takes without end.
      if (request.method === 'HEAD') return response.flushHeaders();
      const pour = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536, 0x20)));
      };
      response.on('drain', pour);
      pour();
    },
    'is compressed': (_request, response) =>
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'br' }).end(compressed),
    'announces a gigabyte': (_request, response) =>
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1_000_000_000 }).flushHeaders(),
    'has headers without end': (_request, response) => {
      const { socket } = response;
      socket?.write('HTTP/1.1 200 OK\r\n');
      const pour = () => {
        while (socket && !socket.destroyed && socket.write(`x-more: ${'a'.repeat(8_000)}\r\n`));
      };
      socket?.on('drain', pour);
      pour();
    },
    'says nothing': () => undefined,
  };
  const cases = Object.keys(endless).flatMap((name) => byId.map(([id, assignment]) => [name, id, assignment] as const));

  it.each(cases)('fault 32: an answer that %s is cut off by %s', async (name, _, assignment) => {
    const serve = endless[name];
    if (!serve) throw new Error('there is one');
    const server = await openWebServer(serve);
    try {
      const http = createGuardedHttp({ allowPrivate: true });
      const base = `${assignment.probe.id === 'tcp' ? 'tcp' : 'http'}://127.0.0.1:${server.port}`;
      const { probe } = assignment;
      const isConnection = probe.kind === 'reach' && probe.question.kind === 'connection';
      // A connection needs no answer, and a head no body: neither is read.
      const isHead = probe.kind === 'reach' && !/headers|nothing/.test(name);
      const isReached = isConnection || isHead;
      // Who is reached is so long before any deadline, on however busy a machine.
      const outcome = await ask({ http, assignment, base, deadlineMs: isReached ? 10_000 : 300 });
      if (isReached) return expect(outcome.kind).toBe('reached');
      const reasons = ['timeout', 'tooLarge', 'badAnswer'];
      expect(outcome).toMatchObject({ kind: 'failed', flaw: { reason: expect.stringMatching(reasons.join('|')) } });
    } finally {
      await server.close();
    }
  });
});
