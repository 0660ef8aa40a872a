import type pg from 'pg';
import { createPool } from '../../../schema/database.js';
import { createTestDatabase, type TestDatabase } from '../../../test/testDatabase.js';
import { keepPartitions } from './keepPartitions.js';
import { ensureHours, ensureSlots } from './partitions.js';

let database: TestDatabase;
let pool: pg.Pool;
beforeEach(async () => {
  database = await createTestDatabase();
  pool = createPool(database.url, { role: 'test' });
});
afterEach(async () => {
  await pool.end();
  await database.drop();
});

const now = new Date('2026-01-31T23:30:00Z');
const toSlotOf = (day: string) => Date.parse(`${day}T12:00:00Z`) / 60_000;

async function listParts(table: string): Promise<readonly string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `select relname as name from pg_inherits join pg_class on oid = inhrelid where inhparent = $1::regclass order by 1`,
    [table],
  );
  return rows.map(({ name }) => name.slice(table.length + 1));
}

async function addBeat(day: string): Promise<void> {
  await pool.query(
    `insert into heartbeat (digest, node_key, slot, delegation_key, counter, sent_cs, received_cs, observer)
     values (1, 1, $1, 1, 1, 0, 0, 1)`,
    [toSlotOf(day)],
  );
}

describe('partitions', () => {
  it('are there from yesterday to three days ahead, and by months for what is rolled up', async () => {
    const { made } = await keepPartitions(pool, { now, rawDays: 7 });
    expect(made).toHaveLength(5 + 2 * 2);
    expect(await listParts('heartbeat')).toEqual(['20260130', '20260131', '20260201', '20260202', '20260203']);
    for (const table of ['node_hour', 'node_verdict']) expect(await listParts(table)).toEqual(['202601', '202602']);
    expect(await keepPartitions(pool, { now, rawDays: 7 })).toEqual({ made: [], dropped: [] });
  });

  it('take the first and the last of their slots and hours', async () => {
    await keepPartitions(pool, { now, rawDays: 7 });
    const first = toSlotOf('2026-01-30') - 720;
    for (const slot of [first, first + 5 * 1_440 - 1])
      await pool.query(
        `insert into heartbeat (digest, node_key, slot, delegation_key, counter, sent_cs, received_cs, observer)
         values (1, 1, $1, 1, 1, 0, 0, 1)`,
        [slot],
      );
    const [start, end] = [Date.UTC(2026, 0) / 3_600_000, Date.UTC(2026, 2) / 3_600_000];
    for (const hour of [start, end - 1])
      await pool.query('insert into node_verdict (up, known, expected, node_key, hour) values (0, 0, 0, 1, $1)', [
        hour,
      ]);
    await expect(
      pool.query('insert into node_verdict (up, known, expected, node_key, hour) values (0, 0, 0, 1, $1)', [end]),
    ).rejects.toMatchObject({ code: '23514' });
  });

  it('are made for years of history, and by several at once', async () => {
    const [from, to] = [Date.UTC(2024, 5) / 3_600_000, Date.UTC(2026, 0, 15) / 3_600_000];
    await Promise.all(Array.from({ length: 6 }, () => ensureHours(pool, from, to)));
    const parts = await listParts('node_hour');
    expect(parts).toHaveLength(20);
    expect([parts[0], parts[19]]).toEqual(['202406', '202601']);
  });

  it('are made without waiting for those who write and read', async () => {
    await ensureSlots(pool, toSlotOf('2026-01-31'), toSlotOf('2026-01-31'));
    const other = await pool.connect();
    await other.query('begin');
    await other.query(`
      insert into heartbeat (digest, node_key, slot, delegation_key, counter, sent_cs, received_cs, observer)
      select 1, 1, ${toSlotOf('2026-01-31')}, 1, 1, 0, 0, 1 from (select count(*) from node_hour) as read`);
    const { made } = await keepPartitions(pool, { now, rawDays: 7 });
    expect(made.length).toBeGreaterThan(4);
    await other.query('commit');
    other.release();
  });

  it('are attached again with what they hold where somebody detached a month', async () => {
    const hour = Date.UTC(2025, 3, 10) / 3_600_000;
    await ensureHours(pool, hour, hour);
    await pool.query('insert into node_hour values (7, 0, 1, $1, 0, 0, 0, 1, 0, 0)', [hour]);
    await pool.query('insert into node_verdict values (7, 7, 7, null, 1, $1)', [hour]);
    for (const table of ['node_hour', 'node_verdict']) {
      await pool.query(`alter table ${table} detach partition ${table}_202504`);
    }
    expect(await ensureHours(pool, hour, hour)).toEqual(['node_hour_202504', 'node_verdict_202504']);
    for (const table of ['node_hour', 'node_verdict']) {
      expect((await pool.query(`select up::int from ${table}`)).rows).toEqual([{ up: 7 }]);
    }
  });

  it('are taken back with the transaction in which they are made', async () => {
    const client = await pool.connect();
    await client.query('begin');
    await ensureHours(client, 490_000, 490_000);
    await client.query('rollback');
    client.release();
    expect(await listParts('node_hour')).toEqual([]);
  });

  it('are dropped when they are older than what is kept, but for hours that are not closed', async () => {
    for (const day of ['2026-01-20', '2026-01-22', '2026-01-23', '2026-01-24']) {
      await ensureSlots(pool, toSlotOf(day), toSlotOf(day));
      await addBeat(day);
    }
    await pool.query('insert into node_hour_open (up, late, node_key, hour, observer) values (1, 0, 1, $1, 1)', [
      Math.floor(toSlotOf('2026-01-22') / 60),
    ]);
    expect((await keepPartitions(pool, { now, rawDays: 7 })).dropped).toEqual([
      'heartbeat_20260120',
      'heartbeat_20260123',
    ]);
    expect((await listParts('heartbeat')).slice(0, 3)).toEqual(['20260122', '20260124', '20260130']);
    await pool.query('delete from node_hour_open');
    expect((await keepPartitions(pool, { now, rawDays: 7 })).dropped).toEqual(['heartbeat_20260122']);
    const { rows } = await pool.query(`select relname from pg_class where relname ~ '^heartbeat_202601(20|22|23)'`);
    expect(rows).toEqual([]);
  });

  it('are dropped by one of several processes', async () => {
    await ensureSlots(pool, toSlotOf('2026-01-02'), toSlotOf('2026-01-12'));
    const kept = await Promise.all(Array.from({ length: 4 }, () => keepPartitions(pool, { now, rawDays: 7 })));
    expect(kept.flatMap(({ dropped }) => dropped)).toHaveLength(11);
    // The lock is given back: another one can.
    await ensureSlots(pool, toSlotOf('2026-01-02'), toSlotOf('2026-01-02'));
    expect((await keepPartitions(pool, { now, rawDays: 7 })).dropped).toHaveLength(1);
  });

  it('are left for later where somebody reads them, and writers go on meanwhile', async () => {
    await ensureSlots(pool, toSlotOf('2026-01-10'), toSlotOf('2026-01-10'));
    await addBeat('2026-01-10');
    await keepPartitions(pool, { now, rawDays: 100 });
    const reader = await pool.connect();
    await reader.query('begin');
    await reader.query('select count(*) from heartbeat');
    const dropping = keepPartitions(pool, { now, rawDays: 7 });
    let isOver = false;
    void dropping.then(() => {
      isOver = true;
    });
    let written = 0;
    while (!isOver) {
      await addBeat('2026-01-31');
      written += 1;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect((await dropping).dropped).toEqual([]);
    // Had one of them waited for the reader, it would have been the last.
    expect(written).toBeGreaterThan(5);
    await reader.query('commit');
    reader.release();
    expect((await keepPartitions(pool, { now, rawDays: 7 })).dropped).toEqual(['heartbeat_20260110']);
    const { rows } = await pool.query('select count(*) from heartbeat');
    expect(rows).toEqual([{ count: written }]);
  });
});
