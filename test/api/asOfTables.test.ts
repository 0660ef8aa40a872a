import { describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import type { AsOf } from '../../api/database/asOf/AsOf.js';
import { listPoints } from '../../api/database/asOf/pointQueries.js';
import { rewrite, tables, timeless } from '../../api/database/asOf/rewrite.js';
import { dumpQueries } from '../dumpFacts.js';
import { chainId, drawChain, toBatches, toHeader } from '../writer/marketChain.js';
import { type OpenStore, openStore } from '../writer/openStore.js';

const BLOCKS = 12;

describe('every table as of every height', () => {
  it.each([
    ['written block by block', 3, { size: 1, coarse: false }],
    ['written in batches', 4, { size: 5, coarse: false }],
    ['written in ranges of the far past', 5, { size: 4, coarse: true }],
    ['written in one range', 6, { size: BLOCKS, coarse: true }],
  ])(
    'is what a database holds that was written up to it: %s',
    async (_, seed, { size, coarse }) => {
      const chain = drawChain({ seed, blocks: BLOCKS, logsPerBlock: 30 });
      const whole = await openStore();
      const grown = await openStore();
      try {
        await whole.write(toBatches(chain, size).map((batch) => ({ ...batch, coarse })));
        const heights: number[] = [];
        for (const batch of toBatches(chain, 1)) {
          await grown.write([batch]);
          const { height } = batch.last;
          heights.push(height);
          const asOf = await toPoint(whole, height);
          // What a range added to a provider is one row, whichever way it is cut.
          const compared = Object.entries(dumpQueries).filter(([table]) => !coarse || table !== 'provider_delta');
          for (const [table, query] of compared) {
            const expected = await read(grown.pool, query);
            expect([height, table, await read(whole.pool, rewrite(query, asOf))]).toEqual([height, table, expected]);
            if (table !== 'job') continue;
            // Found by how it stands, and of the far past: each is another way to look it up.
            const byStatus = query.replace(
              'order by',
              "where status = any('{open,running,completed,failed,partial}') order by",
            );
            expect(await read(whole.pool, rewrite(byStatus, asOf))).toEqual(expected);
            const far = await read(whole.pool, rewrite(query, toFar(asOf)));
            expect([height, 'job of the far past', far]).toEqual([height, 'job of the far past', expected]);
          }
        }
        expect(heights).toHaveLength(BLOCKS);
      } finally {
        await Promise.all([whole.close(), grown.close()]);
      }
    },
    240_000,
  );

  it('looks jobs up by provider, whoever ran them later', async () => {
    const whole = await openStore();
    const grown = await openStore();
    try {
      const chain = drawChain({ seed: 8, blocks: BLOCKS, logsPerBlock: 40 });
      await whole.write(toBatches(chain, 5));
      let moved = 0;
      for (const batch of toBatches(chain, 1)) {
        await grown.write([batch]);
        const asOf = await toPoint(whole, batch.last.height);
        for (const condition of ["provider_id = 'market-test:p1'", 'provider_id is null', 'provider_id is not null']) {
          const query = `select * from job j where j.${condition} order by id`;
          const expected = await read(grown.pool, query);
          for (const past of [asOf, toFar(asOf)]) {
            expect([condition, await read(whole.pool, rewrite(query, past))]).toEqual([condition, expected]);
          }
          const now = await read(whole.pool, query);
          if (now.length !== expected.length) moved += 1;
        }
      }
      expect(moved).toBeGreaterThan(10);
    } finally {
      await Promise.all([whole.close(), grown.close()]);
    }
  }, 240_000);
});

describe('the tables', () => {
  it('are all said to have a past or none', async () => {
    const store = await openStore();
    try {
      const { rows } = await store.pool.query(
        `select relname as name from pg_class
         where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
           and relname <> 'migrations'
         order by relname`,
      );
      const names = rows.map(({ name }) => name);
      expect([...Object.keys(tables), ...timeless].sort()).toEqual(names.sort());
    } finally {
      await store.close();
    }
  });

  it('keep their columns in the past', async () => {
    const store = await openStore();
    try {
      const asOf: AsOf = { chains: [], time: new Date() };
      const point = {
        chainId,
        height: 5,
        hash: Buffer.alloc(32, 1),
        time: new Date(),
        judgedAt: new Date(),
        headHeight: 9,
        rangeFrom: 3,
        isRecent: true,
      };
      for (const past of [
        asOf,
        { ...asOf, chains: [point] },
        { ...asOf, chains: [point, { ...point, chainId: 2, isRecent: false }] },
      ]) {
        for (const table of Object.keys(tables)) {
          const { fields: now } = await store.pool.query(`select * from ${table} limit 0`);
          const { fields: then } = await store.pool.query(rewrite(`select * from ${table} limit 0`, past));
          expect([table, toTypes(then)]).toEqual([table, toTypes(now)]);
        }
      }
    } finally {
      await store.close();
    }
  });

  const toTypes = (fields: readonly pg.FieldDef[]) => fields.map((field) => `${field.name} ${field.dataTypeID}`).sort();
});

async function toPoint({ pool }: OpenStore, height: number): Promise<AsOf> {
  const database = {
    query: async <Row>(sql: string, parameters: readonly unknown[] = []) =>
      (await pool.query(sql, [...parameters])).rows as Row[],
  };
  const chains = await listPoints(database, [{ chainId, height, time: null }]);
  expect(chains).toMatchObject([{ chainId, height, time: toHeader(height).time }]);
  return { chains, time: toHeader(height).time };
}

/** The same moment, looked up as if much had happened since. */
function toFar({ chains, time }: AsOf): AsOf {
  return { chains: chains.map((point) => ({ ...point, isRecent: false })), time };
}

/** Without the order of columns. */
async function read(pool: pg.Pool, query: string): Promise<readonly object[]> {
  const { rows } = await pool.query(query);
  return JSON.parse(JSON.stringify(rows));
}
