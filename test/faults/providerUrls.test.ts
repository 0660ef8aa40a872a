import { createGuardedHttp } from '../../schema/lib/guardedHttp/createGuardedHttp.js';
import { type Internet, openInternet } from '../openInternet.js';
import { openWebServer, type WebServer } from '../openWebServer.js';

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
