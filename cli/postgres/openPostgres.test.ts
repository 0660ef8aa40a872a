import { execFileSync, spawn } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { UserError } from '../../schema/lib/errors.js';
import { canReach } from './account.js';
import { withClient } from './connection.js';
import { dropPostgres } from './dropPostgres.js';
import { type EmbeddedPostgres, openPostgres } from './openPostgres.js';
import { readServerState } from './processes.js';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const isRoot = process.getuid?.() === 0;
const nobody = { name: 'nobody', uid: 65_534, gid: 65_534 };
const folders: string[] = [];

/** Servers of other processes are found by their compiled twin of this code. */
beforeAll(() => {
  execFileSync(process.execPath, [join(root, 'cli', 'compile.mjs')]);
});

afterAll(async () => {
  for (const folder of folders) {
    chmodSync(folder, 0o755);
    for (const name of ['pg', 'private/pg']) await dropPostgres(join(folder, name));
    rmSync(folder, { recursive: true, force: true });
  }
});

describe('an embedded Postgres', () => {
  const dataDir = join(createFolder(), 'pg');

  it('starts from nothing with the promised settings, and stops', async () => {
    const steps: string[] = [];
    const postgres = await openPostgres({ dataDir, settings: { work_mem: '5MB' }, onStep: (text) => steps.push(text) });
    expect(postgres).toMatchObject({ adopted: false, version: expect.stringMatching(/^18\./) });
    expect(steps).toContain('creating the database (first start)');
    expect(await readSettings(postgres.url)).toEqual({
      collation: 'C.UTF-8',
      jit: 'off',
      listen_addresses: '127.0.0.1',
      password_encryption: 'scram-sha-256',
      synchronous_commit: 'on',
      unix_socket_directories: '',
      work_mem: '5MB',
      TimeZone: 'UTC',
    });
    expect(statSync(join(dataDir, 'password')).mode & 0o777).toBe(0o600);
    await run(postgres.url, 'create table kept as select 42 as answer');

    await postgres.stop();
    expect(stateOf(postgres, dataDir)).not.toBe('alive');
    await expect(run(postgres.url, 'select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('starts again with its rows, and refuses a wrong password', async () => {
    const postgres = await openPostgres({ dataDir });
    expect(await run(postgres.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
    const wrong = postgres.url.replace(/:[^:@]+@/, ':wrong@');
    await expect(run(wrong, 'select 1')).rejects.toMatchObject({ code: '28P01' });
    await postgres.stop();
  });

  it('is shared by a second opener, who does not stop it', async () => {
    const first = await openPostgres({ dataDir });
    const second = await openPostgres({ dataDir });
    expect(second).toMatchObject({ adopted: true, pid: first.pid, url: first.url });
    await second.stop();
    expect(await run(first.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
    await first.stop();
  });

  it('comes back after kill -9 of the server, with every committed row', async () => {
    const killed = await openPostgres({ dataDir });
    await run(killed.url, 'insert into kept values (43)');
    process.kill(killed.pid, 'SIGKILL');
    const postgres = await openPostgres({ dataDir });
    expect(postgres).toMatchObject({ adopted: false });
    expect(postgres.pid).not.toBe(killed.pid);
    expect(await run(postgres.url, 'select count(*)::int from kept')).toEqual([{ count: 2 }]);
    await postgres.stop();
  });

  it('is left alone while its owner lives, and taken over once the owner was killed', async () => {
    const owner = await openInChild(dataDir);
    const guest = await openPostgres({ dataDir });
    expect(guest).toMatchObject({ adopted: true, pid: owner.serverPid });
    await guest.stop();
    expect(stateOf(guest, dataDir)).toBe('alive');
    await expect(dropPostgres(dataDir)).rejects.toThrow(`found process ${owner.pid} at work on it`);

    await owner.kill();
    expect(stateOf(guest, dataDir)).toBe('alive');
    const heir = await openPostgres({ dataDir });
    expect(heir).toMatchObject({ adopted: true, pid: owner.serverPid });
    await heir.stop();
    expect(stateOf(heir, dataDir)).not.toBe('alive');
  });

  it('starts although its pid now belongs to a stranger', async () => {
    const killed = await openPostgres({ dataDir });
    process.kill(killed.pid, 'SIGKILL');
    // The server's account is the one whose pids Postgres itself would take for a living server.
    const stranger = spawn('sleep', ['30'], isRoot ? toAccount(clusterOf(dataDir)) : {});
    const pidFile = join(clusterOf(dataDir), 'postmaster.pid');
    const lines = readFileSync(pidFile, 'utf8').split('\n');
    writeFileSync(pidFile, [stranger.pid, ...lines.slice(1)].join('\n'));
    const postgres = await openPostgres({ dataDir });
    stranger.kill();
    expect(postgres.adopted).toBe(false);
    await postgres.stop();
  });

  it('keeps its log short', async () => {
    const logFile = join(dataDir, 'postgres.log');
    appendFileSync(logFile, Buffer.alloc(11 * 1024 * 1024, '\n'));
    await (await openPostgres({ dataDir })).stop();
    expect(statSync(logFile).size).toBeLessThan(100_000);
    expect(existsSync(`${logFile}.1`)).toBe(true);
  });

  it('refuses a setting the server does not know, in the server’s words', async () => {
    await expect(openPostgres({ dataDir, settings: { work_memory: '1' } })).rejects.toThrow(
      'unrecognized configuration parameter "work_memory"',
    );
  });

  it('refuses the files of another major version, and says how to go on', async () => {
    const file = join(clusterOf(dataDir), 'PG_VERSION');
    writeFileSync(file, '17\n');
    const refused = openPostgres({ dataDir });
    await expect(refused).rejects.toThrow(UserError);
    await expect(refused).rejects.toThrow(
      /Expected a data directory of PostgreSQL 18 in .*, found 17.*@17\.10.*--reset.*DATABASE_URL/,
    );
    writeFileSync(file, '18\n');
  });

  it('is dropped with everything it had, but nothing else', async () => {
    const postgres = await openPostgres({ dataDir });
    writeFileSync(join(dataDir, 'notes.txt'), 'mine');
    await dropPostgres(dataDir);
    expect(execFileSync('ls', ['-A', dataDir], { encoding: 'utf8' })).toBe('notes.txt\n');
    await expect(run(postgres.url, 'select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});

it('lets one of two first starts make the database and both use it', async () => {
  const dataDir = join(createFolder(), 'pg');
  const [child, postgres] = await Promise.all([openInChild(dataDir), openPostgres({ dataDir })]);
  expect(child.serverPid).toBe(postgres.pid);
  await child.kill();
  await postgres.stop();
});

it('refuses a data directory it cannot write to, in one sentence', async () => {
  const folder = createFolder();
  writeFileSync(join(folder, 'file'), '');
  const refused = openPostgres({ dataDir: join(folder, 'file', 'pg') });
  await expect(refused).rejects.toThrow(/^Expected a data directory that can be written, found .* \(ENOTDIR\): .*\.$/);
  if (!isRoot) {
    chmodSync(folder, 0o555);
    await expect(openPostgres({ dataDir: join(folder, 'pg') })).rejects.toThrow('EACCES');
  }
});

const whenRoot = isRoot ? it : it.skip;

whenRoot('puts the files where the server’s account can reach them when root’s folder is private', async () => {
  const folder = createFolder();
  mkdirSync(join(folder, 'private'), { mode: 0o700 });
  const dataDir = join(folder, 'private', 'pg');
  const first = await openPostgres({ dataDir });
  const clusterDir = clusterOf(dataDir);
  expect(clusterDir).toMatch(/^\/var\/lib\/computescan\/data\//);
  await run(first.url, 'create table kept as select 42 as answer');
  await first.stop();
  const second = await openPostgres({ dataDir });
  expect(await run(second.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
  await dropPostgres(dataDir);
  expect(existsSync(dirname(clusterDir))).toBe(false);
  expect(existsSync(dataDir)).toBe(false);
});

const canSwitch = isRoot && canReach(root, nobody) && canReach(process.execPath, nobody);

(canSwitch ? it : it.skip)('runs for a user who is not root, and then for root on that user’s files', async () => {
  const folder = createFolder();
  chownSync(folder, nobody.uid, nobody.gid);
  const dataDir = join(folder, 'pg');
  const child = await openInChild(dataDir, nobody);
  await child.kill();
  const postgres = await openPostgres({ dataDir });
  expect(postgres).toMatchObject({ adopted: true, pid: child.serverPid });
  await postgres.stop();
  const again = await openPostgres({ dataDir });
  await again.stop();
  expect(statSync(join(dataDir, 'postgres.log')).uid).toBe(nobody.uid);
});

/** Everyone may pass, so that root's server does not have to lie elsewhere. */
function createFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'computescan-pg-'));
  chmodSync(folder, 0o755);
  folders.push(folder);
  return folder;
}

function clusterOf(dataDir: string): string {
  const pointer = join(dataDir, 'cluster.at');
  return existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : join(dataDir, 'cluster');
}

function stateOf({ pid }: EmbeddedPostgres, dataDir: string): string {
  return readServerState(pid, clusterOf(dataDir));
}

function toAccount(path: string): { uid: number; gid: number } {
  const { uid, gid } = statSync(path);
  return { uid, gid };
}

async function openInChild(dataDir: string, account?: { uid: number; gid: number }) {
  const compiled = pathToFileURL(join(root, 'dist', 'cli', 'postgres', 'openPostgres.js')).href;
  const script = `
    const { openPostgres } = await import(${JSON.stringify(compiled)});
    const { pid } = await openPostgres({ dataDir: ${JSON.stringify(dataDir)} });
    process.stdout.write(String(pid));
    setInterval(() => {}, 60_000);`;
  const ids = account && { uid: account.uid, gid: account.gid };
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { ...ids, cwd: '/' });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const serverPid = await new Promise<number>((resolve, reject) => {
    child.stdout.once('data', (chunk) => resolve(Number(chunk)));
    child.once('exit', () => reject(new Error(`The child ended: ${said}`)));
  });
  const kill = () => {
    child.kill('SIGKILL');
    return ended;
  };
  return { pid: child.pid, serverPid, kill };
}

function run(url: string, sql: string): Promise<unknown[]> {
  return withClient(url, async (client) => (await client.query<Record<string, unknown>>(sql)).rows);
}

async function readSettings(url: string): Promise<Record<string, unknown>> {
  const rows = (await run(
    url,
    `select name, setting from (
       select name, current_setting(name) as setting from pg_settings
       union all select 'collation', datlocale from pg_database where datname = current_database()
     ) s where name in ('collation', 'jit', 'listen_addresses', 'password_encryption', 'synchronous_commit',
       'unix_socket_directories', 'work_mem', 'TimeZone')`,
  )) as { name: string; setting: unknown }[];
  return Object.fromEntries(rows.map(({ name, setting }) => [name, setting]));
}
