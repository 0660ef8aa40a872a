import type pg from 'pg';
import { type Finding, runAudit } from '../../indexer/audit/main.js';
import { createTestDatabase } from '../testDatabase.js';
import { openDevnet, openIndex } from './world.js';

const CHAIN = 31_337;

/** What is done to a healthy database, and how an audit must name it. */
const seeded: readonly {
  readonly title: string;
  readonly sql: string;
  readonly found: (place: Place) => Partial<Finding>;
}[] = [
  {
    title: 'an event that was deleted',
    sql: `delete from event where (height, log_index) = (${one('event')})`,
    found: ({ height, log_index }) => ({ kind: 'missing', height, logIndex: log_index }),
  },
  {
    title: 'an event that was made up',
    sql: `insert into event select chain_id, height, log_index + 5000, tx_index, block_hash, tx_hash, time, network_id,
            address, topics, data, name, kind, args, provider_id, node_id, job_id, task_id
          from event where (height, log_index) = (${one('event')})`,
    found: ({ height, log_index }) => ({ kind: 'extra', height, logIndex: log_index + 5_000 }),
  },
  {
    title: 'one byte of data that was changed',
    sql: `update event set data = set_byte(data, 0, get_byte(data, 0) # 1)
          where (height, log_index) = (${one('event', 'octet_length(data) > 0')})`,
    found: ({ height, log_index }) => ({ kind: 'different', height, logIndex: log_index }),
  },
  {
    title: 'a step that was deleted',
    sql: `delete from job_step where (height, log_index) = (${one('job_step', "kind = 'completed'")})`,
    found: () => ({ name: 'tasks equal a fold of their steps' }),
  },
  {
    title: 'a task whose status was changed',
    sql: `update task set status = 'failed' where id = (select id from task where status = 'completed' order by id limit 1)`,
    found: () => ({ name: 'jobs equal a fold of their tasks' }),
  },
  {
    title: 'a payout that was raised',
    sql: `update payout set amount = amount + 1 where (height, log_index) = (${one('payout', 'for_work')})`,
    found: () => ({ name: 'what a block adds to a provider equals its facts' }),
  },
  {
    title: 'a stake change that was deleted',
    sql: `delete from stake_change where (height, log_index) = (${one('stake_change', 'delta <> 0')})`,
    found: ({ height }) => ({ name: 'what a block adds to a network equals its facts', height }),
  },
  {
    title: 'a total that was changed',
    sql: 'update provider set paid = paid + 1 where id = (select id from provider where paid > 0 order by id limit 1)',
    found: () => ({ name: 'provider totals equal the sum of their blocks' }),
  },
  {
    title: 'a kept count that was changed',
    sql: "update job_count set jobs = jobs + 1 where kind = 'status' and value = 'completed'",
    found: () => ({ name: 'kept counts of jobs equal how many there are', subject: 'iexec-devnet' }),
  },
  {
    title: 'a network total that was changed',
    sql: 'update network set tasks = tasks - 1',
    found: () => ({ name: 'network totals equal the sum of their blocks', subject: 'iexec-devnet' }),
  },
  {
    title: 'a block that was replaced',
    sql: `update block set hash = sha256(hash) where height = (select max(height) from event)`,
    found: ({ height }) => ({ name: 'blocks are linked and logs lie in them', height }),
  },
  {
    title: 'a cursor that was moved',
    sql: 'update chain set height = height - 1',
    found: () => ({ name: 'blocks are linked and logs lie in them', subject: 'cursor' }),
  },
  {
    title: 'an attempt that comes from nowhere',
    sql: `update attempt set log_index = log_index + 7000 where (height, log_index) = (${one('attempt')})`,
    found: () => ({ name: 'facts come from stored logs' }),
  },
  {
    title: 'a version that ends too early',
    sql: `update provider_version set height_to = height_from + 1
          where height_to is null and provider_id = (select min(provider_id) from provider_version)`,
    found: () => ({ name: 'versions of a provider follow one another' }),
  },
  {
    title: 'a price that nothing else is derived from',
    sql: 'update job set price = price + 1 where id = (select id from job order by id limit 1)',
    found: () => ({ name: 'the state digest equals a rescan' }),
  },
];

interface Place {
  readonly height: number;
  readonly log_index: number;
}

function one(table: string, where = 'true'): string {
  return `select height, log_index from ${table} where ${where} order by height, log_index offset 3 limit 1`;
}

describe('an audit', () => {
  let world: Awaited<ReturnType<typeof openDevnet>>;
  let index: Awaited<ReturnType<typeof openIndex>>;

  beforeAll(async () => {
    world = await openDevnet({ historyDays: 2 });
    index = await openIndex(world.devnet.rpcUrl);
    const indexer = await index.start();
    const block = await world.request<{ number: string; hash: string }>('eth_getBlockByNumber', ['latest', false]);
    await index.reached({ height: Number(block.number), hash: block.hash });
    await indexer.stop();
    // All of it may be looked at: nobody acts on this chain any more.
    await index.pool.query('update chain set finalized_height = height');
  }, 120_000);

  afterAll(async () => {
    await index?.close();
    await world?.close();
  });

  function audit(databaseUrl: string, options: { readonly blocks?: number; readonly against?: string } = {}) {
    const { blocks = 10_000, against = world.devnet.rpcUrl } = options;
    return runAudit({ databaseUrl, chainId: CHAIN, ranges: 20, blocks, seed: 1, endpoints: {}, against });
  }

  it('finds nothing in what was indexed, and proves what it asks for again', async () => {
    const [found] = await audit(index.databaseUrl);
    expect(found?.findings).toEqual([]);
    expect(found?.checks.length).toBeGreaterThanOrEqual(10);
    const logs = found?.ranges.reduce((sum, range) => sum + range.logs, 0);
    const { rows } = await index.pool.query('select count(*) from event');
    expect(logs).toBe(rows[0].count);
    expect(found?.ranges.map(({ level }) => level)).toEqual(found?.ranges.map(() => 'exact'));
  });

  it('looks at as many ranges as it is asked for, the same for the same seed', async () => {
    const [first] = await audit(index.databaseUrl, { blocks: 10 });
    const [second] = await audit(index.databaseUrl, { blocks: 10 });
    expect(first?.ranges.length).toBeGreaterThan(10);
    expect(second?.ranges).toEqual(first?.ranges);
  });

  it('says that it had nobody to ask, instead of passing over it', async () => {
    const [found] = await runAudit({
      ...{ databaseUrl: index.databaseUrl, ranges: 5, blocks: 100, seed: 1, endpoints: {} },
    });
    expect(found?.notes).toEqual([expect.stringMatching(/No endpoint to compare with.*--against/)]);
    expect(found?.ranges).toEqual([]);
  });

  it.each(seeded)('finds $title', async ({ sql, found }) => {
    const place = await findPlace(index.pool, sql);
    await withChange(index.pool, sql, async () => {
      const [audited] = await audit(index.databaseUrl);
      expect(audited?.findings).toContainEqual(expect.objectContaining(found(place)));
    });
    const [healed] = await audit(index.databaseUrl, { blocks: 10 });
    expect(healed?.findings).toEqual([]);
  });

  async function findPlace(pool: pg.Pool, sql: string): Promise<Place> {
    const [, select] = /\((select height, log_index from .*? limit 1)\)/s.exec(sql) ?? [];
    const query = select ?? 'select max(height) as height, 0 as log_index from event';
    const { rows } = await pool.query<Place>(query);
    if (!rows[0]) throw new Error(`nothing to change: ${query}`);
    return rows[0];
  }

  /** Copies of the tables that may change bring back what was there. */
  async function withChange(pool: pg.Pool, sql: string, work: () => Promise<void>): Promise<void> {
    const [, table = ''] = /^(?:delete from|insert into|update) (\w+)/.exec(sql) ?? [];
    await pool.query(`create table backup as select * from ${table}`);
    try {
      const { rowCount } = await pool.query(sql);
      expect(rowCount).toBeGreaterThan(0);
      await work();
    } finally {
      await pool.query(`delete from ${table}`);
      await pool.query(`insert into ${table} select * from backup`);
      await pool.query('drop table backup');
    }
  }
});

describe('an audit of an empty database', () => {
  it('says what to do first', async () => {
    const database = await createTestDatabase();
    try {
      const options = { databaseUrl: database.url, ranges: 1, blocks: 1, seed: 1, endpoints: {} };
      await expect(runAudit(options)).rejects.toThrow(/Expected a chain with written blocks.*Index it first/);
    } finally {
      await database.drop();
    }
  });
});
