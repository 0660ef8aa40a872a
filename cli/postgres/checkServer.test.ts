import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../../schema/lib/errors.js';
import { assertSupportedServer, findProblem, type ServerFacts } from './checkServer.js';
import { withClient } from './connection.js';
import { dropPostgres } from './dropPostgres.js';
import { type EmbeddedPostgres, openPostgres } from './openPostgres.js';

describe('a DATABASE_URL that leads to a server', () => {
  const folder = mkdtempSync(join(tmpdir(), 'computescan-check-'));
  let postgres: EmbeddedPostgres;

  beforeAll(async () => {
    postgres = await openPostgres({ dataDir: folder });
    await withClient(postgres.url, async (client) => {
      await client.query(
        `create database latin encoding 'LATIN1' locale 'C' locale_provider 'libc' template template0`,
      );
      await client.query(`create role guest login password 'hush-hush'`);
    });
  });

  afterAll(async () => {
    await dropPostgres(folder);
    rmSync(folder, { recursive: true, force: true });
  });

  it('is taken, with its version told', async () => {
    expect(await assertSupportedServer(postgres.url)).toEqual({ version: postgres.version });
  });

  it.each([
    ['a wrong password', (url: URL) => Object.assign(url, { password: 'wrong' }), 'found another password wanted'],
    ['an unknown database', (url: URL) => Object.assign(url, { pathname: '/nowhere' }), 'found no such database'],
    ['another encoding', (url: URL) => Object.assign(url, { pathname: '/latin' }), 'found LATIN1: create one with'],
    [
      'a role that may not create tables',
      (url: URL) => Object.assign(url, { username: 'guest', password: 'hush-hush' }),
      'found guest, which may not: `grant create',
    ],
  ])('is refused for %s, without telling the password', async (_title, change, text) => {
    const url = change(new URL(postgres.url));
    const refused = assertSupportedServer(url.href);
    await expect(refused).rejects.toThrow(UserError);
    await expect(refused).rejects.toThrow(text);
    await expect(refused).rejects.not.toThrow(url.password);
  });

  it('is refused when it is read-only', async () => {
    await withClient(postgres.url, (client) => client.query('alter role guest set default_transaction_read_only = on'));
    const url = Object.assign(new URL(postgres.url), { username: 'guest', password: 'hush-hush' });
    await expect(assertSupportedServer(url.href)).rejects.toThrow('found a read-only one');
  });
});

describe('a DATABASE_URL that leads nowhere', () => {
  it('is refused when nothing listens there', async () => {
    const port = await findClosedPort();
    await expect(assertSupportedServer(`postgres://me:secret@127.0.0.1:${port}/db`)).rejects.toThrow(
      `(me@127.0.0.1:${port}/db), found nothing that listens there: start the server`,
    );
  });

  it.each([
    ['a word', 'found a text of 4 characters that is no URL'],
    ['mysql://me:secret@localhost/db', 'found mysql://…'],
  ])('is refused when it is no Postgres URL: %s', async (url, text) => {
    await expect(assertSupportedServer(url === 'a word' ? 'word' : url)).rejects.toThrow(text);
  });
});

describe('the facts of a server', () => {
  const fine: ServerFacts = {
    version: '16.14',
    versionNumber: 160_014,
    encoding: 'UTF8',
    isReadOnly: false,
    schema: 'public',
    canCreate: true,
    role: 'me',
  };

  it.each([150_018, 160_014, 170_010, 180_004])('are fine for version %i', (versionNumber) => {
    expect(findProblem({ ...fine, versionNumber })).toBeUndefined();
  });

  it.each([140_023, 190_000])('are not for version %i', (versionNumber) => {
    expect(findProblem({ ...fine, versionNumber })?.expected).toBe('PostgreSQL 15 to 18');
  });

  it('are not when there is no schema for new tables', () => {
    expect(findProblem({ ...fine, schema: null, canCreate: false })?.found).toContain('on schema public to me');
  });
});

function findClosedPort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
