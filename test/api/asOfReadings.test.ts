import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { AsOf } from '../../api/database/asOf/AsOf.js';
import { listPoints } from '../../api/database/asOf/pointQueries.js';
import { rewrite } from '../../api/database/asOf/rewrite.js';
import type { Database } from '../../api/database/createDatabase.js';
import { createTestDatabase, type TestDatabase } from '../testDatabase.js';
import { chainRow, devnet, seed } from './seed.js';

const MINUTE = 60_000;
/** In the middle of a minute. */
const at = new Date(30_000_000 * MINUTE + MINUTE / 2);
const asOf: AsOf = {
  time: at,
  chains: [
    {
      ...{ chainId: 1, height: 50, hash: Buffer.alloc(32, 5), time: at, judgedAt: at },
      ...{ headHeight: 99, rangeFrom: null, isRecent: true },
    },
  ],
};
const later = (minutes: number) => new Date(at.getTime() + minutes * MINUTE).toISOString();

describe('readings as of the past', () => {
  let test: TestDatabase;
  let client: pg.Client;
  beforeAll(async () => {
    test = await createTestDatabase();
    client = new pg.Client({ connectionString: test.url });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await test.drop();
  });
  const read = async (sql: string) => (await client.query(rewrite(sql, asOf))).rows;

  it('know what became of a task as it was known then', async () => {
    const outcome = async (row: { task: string; from: number; to?: number; height?: number; paid?: number }) =>
      client.query(
        `insert into task_outcome (job_id, task_id, part, network_id, chain_id, kind, known_from, known_to, height, derived,
           hardware, paid, fee, paid_time)
         values ('j', $1, 0, 'n', 1, 'success', $2, $3, $4, false, 'unknown', $5, $5, $6)`,
        [
          ...[row.task, later(row.from), row.to === undefined ? null : later(row.to), row.height ?? null],
          ...(row.paid === undefined ? [null, null] : [7, later(row.paid)]),
        ],
      );
    await outcome({ task: 'holds', from: -9, height: 40, paid: -8 });
    await outcome({ task: 'corrected later', from: -9, to: 5, height: 40 });
    await outcome({ task: 'corrected before', from: -9, to: -5, height: 40 });
    await outcome({ task: 'paid later', from: -9, height: 40, paid: 5 });
    await outcome({ task: 'by its deadline', from: 0 });
    await outcome({ task: 'a later block of the same second', from: 0, height: 51 });
    expect(
      await read('select task_id, paid, fee, paid_time from task_outcome e where known_to is null order by 1'),
    ).toEqual([
      { task_id: 'by its deadline', paid: null, fee: null, paid_time: null },
      { task_id: 'corrected later', paid: null, fee: null, paid_time: null },
      { task_id: 'holds', paid: '7', fee: '7', paid_time: new Date(later(-8)) },
      { task_id: 'paid later', paid: null, fee: null, paid_time: null },
    ]);
  });

  it('cut outages where the point lies', async () => {
    // Slots from the one that runs at the point on.
    await client.query(
      `insert into outage (node_key, from_slot, last_slot, down, ended)
       select row, 30000000 + "from", 30000000 + "to", down, ended
       from (values (1, -9, -5, 4, true), (2, -9, -1, 9, true), (3, -9, 20, 30, true), (4, -9, 20, 3, false),
         (5, -1, 20, 22, true), (6, 0, 20, 21, true)) as v (row, "from", "to", down, ended)`,
    );
    expect(
      await read('select node_key, last_slot - 30000000 as last, down, ended from outage y order by node_key'),
    ).toEqual([
      { node_key: 1, last: -5, down: 4, ended: true },
      { node_key: 2, last: -1, down: 9, ended: false },
      { node_key: 3, last: -1, down: 9, ended: false },
      { node_key: 4, last: -1, down: 3, ended: false },
    ]);
  });

  it('judge deadlines by the time that is asked for, up to that of the head', async () => {
    await seed(test.url, {
      chain: [chainRow({ height: 9, block_time: later(0) })],
      block: [3, 6].map((height) => ({
        ...{ chain_id: devnet.id, height, time: later(height - 9) },
        ...{ hash: Buffer.alloc(32, height), parent_hash: Buffer.alloc(32, height - 1) },
      })),
    });
    const judge = async (key: { height: number; minute?: number }) => {
      const time = key.minute === undefined ? null : new Date(later(key.minute));
      const database = {
        query: async (sql: string, values: readonly unknown[] = []) => (await client.query(sql, [...values])).rows,
      };
      const [point] = await listPoints(database as Database, [{ chainId: devnet.id, height: key.height, time }]);
      return [Number(point?.height), point?.judgedAt?.toISOString() ?? null];
    };
    expect(await judge({ height: 9, minute: -4 })).toEqual([3, later(-4)]);
    expect(await judge({ height: 9, minute: -2 })).toEqual([6, later(-2)]);
    expect(await judge({ height: 9, minute: 7 })).toEqual([6, later(0)]);
    expect(await judge({ height: 9, minute: -7 })).toEqual([-1, null]);
    // Up to a block that is final, or that is asked for: whose time is kept if it bears facts.
    expect(await judge({ height: 5, minute: 7 })).toEqual([3, later(-6)]);
    expect(await judge({ height: 8 })).toEqual([6, later(-3)]);
    expect(await judge({ height: 9 })).toEqual([6, later(0)]);
  });

  it('do not know who acted as one', async () => {
    await client.query(
      `insert into operator_member (provider_id, network_id, operator_id, links) values ('n:p', 'n', 'n:operator:p', '[]')`,
    );
    expect(await read('select * from operator_member')).toEqual([]);
  });
});
