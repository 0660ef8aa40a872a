import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { startIndexer } from '../../indexer/main.js';
import { isTape, recordTape, replayTape } from '../../indexer/tape/main.js';
import { toDigest } from '../../indexer/writer/digest.js';
import { findDigest } from '../../indexer/writer/findDigest.js';
import { createPool } from '../../schema/database.js';
import { dumpFacts } from '../dumpFacts.js';
import { silentLog } from '../silentLog.js';
import { createTestDatabase, type TestDatabase } from '../testDatabase.js';
import { openDevnet } from './world.js';

const CHAIN = 31_337;

describe('a tape of a whole sync', () => {
  let folder: string;
  let world: Awaited<ReturnType<typeof openDevnet>>;
  let online: OpenDatabase;
  let tape: string;
  let height: number;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'computescan-tapes-'));
    world = await openDevnet({ historyDays: 2 });
    online = await openDatabase();
    tape = join(folder, 'devnet.tape');
    height = await record(online, tape);
  }, 120_000);

  afterAll(async () => {
    await online?.close();
    await world?.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function record(database: OpenDatabase, file: string, verify: Record<string, 'off'> = {}): Promise<number> {
    const recorded = await recordTape({
      databaseUrl: database.url,
      networks: ['iexec-devnet'],
      endpoints: { [CHAIN]: [{ url: world.devnet.rpcUrl }] },
      verify,
      pollMs: 50,
      maxRangeBlocks: 500,
      log: silentLog,
      file,
      madeBy: 'computescan test',
      signal: new AbortController().signal,
    });
    if (!recorded) throw new Error('the recording was interrupted');
    expect(recorded.holdsEveryHeader).toBe(true);
    return recorded.height;
  }

  async function replay(file: string, maxRangeBlocks: number): Promise<OpenDatabase> {
    const database = await openDatabase();
    await replayTape({
      databaseUrl: database.url,
      file,
      maxRangeBlocks,
      log: silentLog,
      signal: new AbortController().signal,
    });
    return database;
  }

  it('is made while the chain is indexed as usual, up to the head of that moment', async () => {
    expect(await isTape(tape)).toBe(true);
    const block = await world.request<{ number: string }>('eth_getBlockByNumber', ['latest', false]);
    expect(height).toBe(Number(block.number));
    const { rows } = await online.pool.query('select height, (select count(*) from event) as events from chain');
    expect(rows).toEqual([{ height, events: expect.any(Number) }]);
    expect(rows[0].events).toBeGreaterThan(100);
  });

  it('brings an empty database to the same facts and to the same digest of every block, without any network', async () => {
    const offline = await replay(tape, 500);
    try {
      expect(await dumpFacts(offline.pool)).toEqual(await dumpFacts(online.pool));
      expect(await listDigests(offline.pool)).toEqual(await listDigests(online.pool));
    } finally {
      await offline.close();
    }
  });

  it.each([7, 113, 10_000])(
    'does so in ranges of at most %i blocks, too, which it was not recorded in',
    async (blocks) => {
      const offline = await replay(tape, blocks);
      try {
        expect(await dumpFacts(offline.pool)).toEqual(await dumpFacts(online.pool));
        const [ours, theirs] = [await listDigests(offline.pool), await listDigests(online.pool)];
        // Which empty blocks are kept as the end of a range differs; every block with facts is kept.
        const common = [...ours].filter(([at]) => theirs.has(at));
        expect(common.length).toBeGreaterThan(50);
        expect(common.filter(([at, digest]) => theirs.get(at) !== digest)).toEqual([]);
        expect(ours.get(height)).toBe(theirs.get(height));
      } finally {
        await offline.close();
      }
    },
  );

  it('holds as much where nothing is verified', async () => {
    const plain = await openDatabase();
    const file = join(folder, 'plain.tape');
    try {
      await record(plain, file, { [CHAIN]: 'off' });
      const offline = await replay(file, 61);
      try {
        expect(await dumpFacts(offline.pool)).toEqual(await dumpFacts(online.pool));
      } finally {
        await offline.close();
      }
    } finally {
      await plain.close();
    }
  });

  it('is refused when it was cut short, before anything is written', async () => {
    const cut = join(folder, 'cut.tape');
    const whole = await readFile(tape);
    await writeFile(cut, whole.subarray(0, Math.floor(whole.length * 0.7)));
    const database = await openDatabase();
    try {
      await expect(
        replayTape({
          databaseUrl: database.url,
          file: cut,
          maxRangeBlocks: 500,
          log: silentLog,
          signal: new AbortController().signal,
        }),
      ).rejects.toThrow(/Expected a whole tape in .*cut\.tape, got one that is cut short/);
      expect((await database.pool.query('select * from chain')).rows).toEqual([]);
    } finally {
      await database.close();
    }
  });

  it('is not made from a database that holds part of the chain, for that part would be missing', async () => {
    await expect(record(online, join(folder, 'late.tape'))).rejects.toThrow(
      /written up to block \d+.*the tape would lack/,
    );
  });

  it('leaves no file behind when it is interrupted', async () => {
    const database = await openDatabase();
    const file = join(folder, 'interrupted.tape');
    const interruption = new AbortController();
    try {
      const recorded = recordTape({
        databaseUrl: database.url,
        networks: ['iexec-devnet'],
        endpoints: { [CHAIN]: [{ url: world.devnet.rpcUrl }] },
        pollMs: 50,
        maxRangeBlocks: 5,
        log: silentLog,
        file,
        madeBy: 'computescan test',
        report: (report) => report.kind === 'written' && interruption.abort(),
        signal: interruption.signal,
      });
      expect(await recorded).toBeUndefined();
      await expect(readFile(file)).rejects.toThrow(/ENOENT/);
      // What was indexed until then stays, and an indexer goes on from there.
      const indexer = await startIndexer({
        databaseUrl: database.url,
        networks: ['iexec-devnet'],
        endpoints: { [CHAIN]: [{ url: world.devnet.rpcUrl }] },
        pollMs: 50,
        maxRangeBlocks: 500,
        log: silentLog,
        until: height,
      });
      await indexer.done;
      expect(await dumpFacts(database.pool)).toEqual(await dumpFacts(online.pool));
    } finally {
      await database.close();
    }
  });

  it('leaves no file behind when it fails, and says why', async () => {
    const database = await openDatabase();
    const file = join(folder, 'failed.tape');
    try {
      const recorded = recordTape({
        databaseUrl: database.url,
        networks: ['iexec-devnet'],
        endpoints: { [CHAIN]: [{ url: world.devnet.rpcUrl }] },
        pollMs: 50,
        maxRangeBlocks: 500,
        log: silentLog,
        file,
        madeBy: 'computescan test',
        report: (report) => {
          if (report.kind === 'written') throw new TypeError('a bug in whoever listens');
        },
        signal: new AbortController().signal,
      });
      await expect(recorded).rejects.toThrow('a bug in whoever listens');
      await expect(readFile(file)).rejects.toThrow(/ENOENT/);
    } finally {
      await database.close();
    }
  });

  async function listDigests(pool: pg.Pool): Promise<ReadonlyMap<number, string>> {
    const { rows } = await pool.query<{ height: number; hash: Buffer }>(
      'select height, hash from block order by height',
    );
    const digests = new Map<number, string>();
    for (const row of rows) {
      digests.set(row.height, toDigest(await findDigest(pool, CHAIN, { height: row.height, hash: '0x' })));
    }
    return digests;
  }
});

interface OpenDatabase {
  readonly url: string;
  readonly pool: pg.Pool;
  close(): Promise<void>;
}

async function openDatabase(): Promise<OpenDatabase> {
  const database: TestDatabase = await createTestDatabase();
  const pool = createPool(database.url, { role: 'test' });
  return {
    url: database.url,
    pool,
    async close() {
      await pool.end();
      await database.drop();
    },
  };
}
