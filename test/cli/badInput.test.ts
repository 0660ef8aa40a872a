import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../product.js';
import { createTestDatabase, type TestDatabase } from '../testDatabase.js';

/** Each mistake gets one sentence that says what was expected, what came and what to do, and an exit code of its own. */
describe('bad input', () => {
  let folder: string;
  let database: TestDatabase;
  let server: Server;
  let port: number;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'computescan-bad-'));
    database = await createTestDatabase();
    // A node of another chain, and something that holds a port.
    server = createServer((request, response) => {
      request.on('data', (body) => {
        const { id } = JSON.parse(String(body));
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify({ jsonrpc: '2.0', id, result: '0x1' }));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });

  afterAll(async () => {
    server.close();
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  });

  async function expectSentence(
    args: readonly string[],
    variables: Readonly<Record<string, string>>,
    sentence: RegExp,
    code = 1,
  ): Promise<void> {
    const { code: exit, output } = await runCommand(args, { COMPUTESCAN_DATA: folder, ...variables });
    expect(output).toMatch(sentence);
    expect(output).not.toMatch(/^\s+at .*:\d+:\d+/m);
    expect(exit).toBe(code);
  }

  it('a busy port', () =>
    expectSentence(['up', '--port', String(port)], {}, /Expected port \d+ on 127\.0\.0\.1 to be free.*--port/));

  it('an unknown option, and an unknown command', async () => {
    await expectSentence(['up', '--prot', '80'], {}, /unknown option '--prot'.*(\n.*)*Did you mean --port/, 2);
    await expectSentence(['upp'], {}, /unknown command 'upp'.*(\n.*)*Did you mean up/, 2);
    await expectSentence(['up', '--port', 'many'], {}, /Expected a whole number up to 65535/, 2);
  });

  it('a setting that is none', () =>
    expectSentence(['migrate'], { INDEX_POLL_MS: 'often' }, /INDEX_POLL_MS: expected a whole number.*"often"/));

  it('a network nobody knows', () =>
    expectSentence(['index'], { DATABASE_URL: database.url, COMPUTESCAN_NETWORKS: 'atlantis' }, /got "atlantis"/));

  it('no RPC endpoint, one out of reach, and one of another chain', async () => {
    const base = { DATABASE_URL: database.url, COMPUTESCAN_NETWORKS: 'iexec-arbitrum' };
    await expectSentence(['index'], base, /Expected an RPC endpoint for chain 42161, found none: set RPC_URLS/);
    const nowhere = 'http://127.0.0.1:9';
    await expectSentence(
      ['index'],
      { ...base, RPC_URLS: `42161=${nowhere}` },
      /Expected a JSON-RPC endpoint of chain 42161, got: http:\/\/127\.0\.0\.1:9: connect ECONNREFUSED/,
    );
    const other = `http://127.0.0.1:${port}`;
    await expectSentence(
      ['index'],
      { ...base, RPC_URLS: `42161=${other}` },
      /Expected chain 42161 at .*, got chain 1\. Correct RPC_URLS/,
    );
  });

  it('a database out of reach, and --reset on one of the user', async () => {
    const url = 'postgres://nobody@127.0.0.1:9/none';
    await expectSentence(['migrate'], { DATABASE_URL: url }, /DATABASE_URL/);
    await expectSentence(['up', '--port', '0', '--reset'], { DATABASE_URL: database.url }, /--reset .*DATABASE_URL/);
  });

  it('a data directory that cannot be written', async () => {
    const file = join(folder, 'a-file');
    await writeFile(file, '');
    await expectSentence(['migrate'], { COMPUTESCAN_DATA: join(file, 'data') }, /Expected .*a-file/);
  });

  it('a replay file that is missing, damaged, of another shape or of another network', async () => {
    const variables = { DATABASE_URL: database.url };
    const write = async (name: string, text: string) => {
      await writeFile(join(folder, name), text);
      return join(folder, name);
    };
    await expectSentence(['replay', join(folder, 'none.json')], variables, /Expected a recording at .*none\.json/);
    await expectSentence(['replay', await write('cut.json', '[{"address":')], variables, /cut\.json.*damaged/);
    await expectSentence(['replay', await write('shape.json', '[{"a":1}]')], variables, /got \{"a":1\} at entry 1/);
    const foreign = { address: `0x${'1'.repeat(40)}`, transactionHash: `0x${'2'.repeat(64)}`, name: 'Bond', data: {} };
    await expectSentence(
      ['replay', await write('foreign.json', JSON.stringify([foreign]))],
      variables,
      /got Bond of 0x1111/,
    );
    const partial = {
      ...foreign,
      address: '0x35Bcf3c30594191d53231E4FF333E8A770453e40',
      data: { delegator: 'nobody' },
    };
    await expectSentence(
      ['replay', await write('partial.json', JSON.stringify([partial]))],
      variables,
      /arguments of Bond at entry 1/,
    );
    await expectSentence(['replay', '--network', 'iexec-arbitrum', 'x'], variables, /Expected a recorded network/);
  });
});
