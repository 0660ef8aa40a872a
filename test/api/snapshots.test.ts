import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { createDatabase, type SnapshotDatabase } from '../../api/database/createDatabase.js';
import type { Snapshot } from '../../api/database/openSnapshot.js';
import { QueryTimeout } from '../../api/database/QueryTimeout.js';
import { BLOCK_CHANNEL } from '../../schema/lib/channels.js';
import { RetryableError } from '../../schema/lib/errors.js';
import { createTestDatabase, type TestDatabase } from '../testDatabase.js';
import { createTestApi } from './openApi.js';
import { chainRow, devnet, emptyNetworks, execute, seed } from './seed.js';

let test: TestDatabase;
let database: SnapshotDatabase | undefined;
beforeEach(async () => {
  test = await createTestDatabase();
  await seed(test.url, { chain: [chainRow({ height: 1 })] });
});
afterEach(async () => {
  await database?.close();
  database = undefined;
  await test.drop();
});

function open(maxAgeMs: number): SnapshotDatabase {
  const opened = createDatabase({ url: test.url, maxAgeMs });
  database = opened;
  return opened;
}

/** As the writer does: the height and the notice in one transaction. */
const write = (height: number) =>
  execute(test.url, `begin; update chain set height = ${height}; select pg_notify('${BLOCK_CHANNEL}', '{}'); commit`);

async function readHeight(asked: Pick<Snapshot, 'query'>): Promise<number | undefined> {
  const [row] = await asked.query<{ height: number }>('select height from chain');
  return row?.height;
}

async function readOnce({ open: openOne }: SnapshotDatabase): Promise<number | undefined> {
  const snapshot = openOne();
  try {
    return await readHeight(snapshot);
  } finally {
    snapshot.release();
  }
}

describe('a snapshot', () => {
  it('is of one moment, on however many connections its statements run', async () => {
    const database = open(0);
    const snapshot = database.open();
    expect(await readHeight(snapshot)).toBe(1);
    await write(2);
    const heights = await Promise.all(Array.from({ length: 8 }, () => readHeight(snapshot)));
    expect(heights).toEqual(Array(8).fill(1));
    expect((await snapshot.listChains()).map(({ height }) => height)).toEqual([1]);
    expect(await readHeight(database)).toBe(2);
    expect(await readOnce(database)).toBe(2);
    snapshot.release();
  });

  it('outlives a statement of its own that fails, and those of others', async () => {
    const snapshot = open(0).open();
    expect(await readHeight(snapshot)).toBe(1);
    await expect(snapshot.query('select 1 / 0')).rejects.toThrow('division by zero');
    await write(2);
    expect(await readHeight(snapshot)).toBe(1);
    await expect(snapshot.query('select pg_sleep(5)')).rejects.toThrow(QueryTimeout);
    expect(await readHeight(snapshot)).toBe(1);
    snapshot.release();
  });

  it('plans lists for their values each time, and what is found by keys once', async () => {
    const snapshot = open(60_000).open();
    const read = (isKeyed: boolean) => snapshot.query('select height from chain where height = $1', [1], { isKeyed });
    // Postgres plans for values five times before it has a choice.
    for (let turn = 0; turn < 10; turn++) await read(true);
    for (let turn = 0; turn < 10; turn++) await read(false);
    const count = (isKeyed: boolean) =>
      snapshot.query(
        `select generic_plans::int as generic, custom_plans::int as custom from pg_prepared_statements
         where statement like 'select height from chain%'`,
        [],
        { isKeyed },
      );
    expect(await count(true)).toEqual([{ generic: 9, custom: 0 }]);
    expect(await count(false)).toEqual([{ generic: 0, custom: 10 }]);
    snapshot.release();
  });

  it('is read by another connection once one keeps many statements', async () => {
    const snapshot = open(60_000).open();
    const processes = new Set<number>();
    const read = async (at: number) => {
      const [row] = await snapshot.query<{ readonly id: number }>(`select pg_backend_pid() as id, ${at}`);
      if (row) processes.add(row.id);
    };
    for (let at = 0; at < 300; at++) await read(at);
    expect(processes.size).toBe(1);
    for (let at = 0; at < 300; at++) await read(at);
    expect(processes.size).toBe(2);
    snapshot.release();
  });

  it('is an outage of one answer where a table has got other columns since a statement was kept', async () => {
    await execute(test.url, 'create table told as select 1 as number');
    const database = open(0);
    const readTold = async () => {
      const snapshot = database.open();
      try {
        return await snapshot.query('select * from told');
      } finally {
        snapshot.release();
      }
    };
    for (let turn = 0; turn < 3; turn++) expect(await readTold()).toEqual([{ number: 1 }]);
    // It waits for the transaction that read the table last.
    const altered = execute(test.url, 'alter table told add column other int');
    await until(async () => {
      const { rows } = await ask("select from pg_locks where relation = 'told'::regclass and not granted");
      return rows.length > 0;
    });
    await expect(readTold()).rejects.toThrow(RetryableError);
    await altered;
    expect(await readTold()).toEqual([{ number: 1, other: null }]);
  });

  it('is shared until a block is written', async () => {
    const database = open(60_000);
    expect(await readOnce(database)).toBe(1);
    await execute(test.url, 'update chain set height = 2');
    // Without a word from the writer it is as good as new.
    await listening();
    expect(await readOnce(database)).toBe(2);
    await execute(test.url, 'update chain set height = 3');
    expect(await readOnce(database)).toBe(2);
    await write(4);
    await until(async () => (await readOnce(database)) === 4);
  });

  it('is shared for no longer than it may', async () => {
    const database = open(200);
    expect(await readOnce(database)).toBe(1);
    await execute(test.url, 'update chain set height = 2');
    await until(async () => (await readOnce(database)) === 2);
  });

  it('leaves who shares it what it was while others take the next', async () => {
    const database = open(0);
    const heights: (number | undefined)[] = [];
    const snapshots: Snapshot[] = [];
    for (let height = 1; height <= 6; height++) {
      await execute(test.url, `update chain set height = ${height}`);
      const snapshot = database.open();
      snapshots.push(snapshot);
      heights.push(await readHeight(snapshot));
    }
    // Four stand at once; who comes after takes the newest of them.
    expect(heights).toEqual([1, 2, 3, 4, 4, 4]);
    expect(await Promise.all(snapshots.map(readHeight))).toEqual(heights);
    for (const snapshot of snapshots) snapshot.release();
    expect(await readOnce(database)).toBe(6);
  });

  it('is let go when it is released, however many were taken', async () => {
    const database = open(0);
    for (let turn = 0; turn < 30; turn++) await readOnce(database);
    const { rows } = await ask(
      "select count(*)::int as count from pg_stat_activity where application_name = 'computescan-api-snapshots' and datname = current_database()",
    );
    expect(rows[0].count).toBeLessThanOrEqual(4);
  });

  it('that breaks costs the answer that it is of, and no other', async () => {
    const database = open(60_000);
    const snapshot = database.open();
    expect(await readHeight(snapshot)).toBe(1);
    await ask(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'computescan-api%' and datname = current_database()",
    );
    await write(2);
    await expect(readHeight(snapshot)).rejects.toThrow(RetryableError);
    snapshot.release();
    await until(async () => (await readOnce(database)) === 2);
  });

  it('takes no question after it was released', async () => {
    const snapshot = open(0).open();
    snapshot.release();
    await expect(readHeight(snapshot)).rejects.toThrow('after the answer was sent');
  });

  async function listening(): Promise<void> {
    await until(async () => {
      const { rows } = await ask(
        "select 1 from pg_stat_activity where application_name = 'computescan-api-listen' and query like 'listen%' and state = 'idle' and datname = current_database()",
      );
      return rows.length > 0;
    });
    // What it hears first is that it listens.
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
});

describe('an answer', () => {
  it('names the height that all of it was read at', async () => {
    await seed(test.url, { network: emptyNetworks.network ?? [] });
    const api = await createTestApi(test.url, { snapshotMs: 1_000 });
    const query = `{ _meta(chain: ${devnet.id}) { block { number } chains { block { number } networks { id } } } }`;
    let isWriting = true;
    const writing = (async () => {
      for (let height = 2; isWriting; height++) await write(height);
    })();
    try {
      for (let turn = 0; turn < 20; turn++) {
        const { data } = JSON.parse(JSON.stringify(await api.execute(query)));
        expect(data._meta.chains[0].block).toEqual(data._meta.block);
      }
    } finally {
      isWriting = false;
      await writing;
      await api.close();
    }
  });
});

async function ask(statement: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: test.url });
  await client.connect();
  try {
    return await client.query(statement);
  } finally {
    await client.end();
  }
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('Expected it to hold within five seconds.');
}
