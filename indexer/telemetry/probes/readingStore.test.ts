import fc from 'fast-check';
import type pg from 'pg';
import { createPool } from '../../../schema/database.js';
import { getNetwork } from '../../../schema/protocols/protocols.js';
import { createTestDatabase, type TestDatabase } from '../../../test/testDatabase.js';
import { createSeededRandom } from '../../lib/createSeededRandom.js';
import type { ProbedPrice } from './Probe.js';
import { type Assignment, listAssignments } from './probes.js';
import { pruneReadings, writeReadings } from './readingStore.js';
import { keepTargets, recordSuccess } from './targetStore.js';
import { toReadings } from './toReadings.js';

const [assignment] = listAssignments([getNetwork('marlin-arbitrum')], {}) as readonly [Assignment];
const key = { networkId: 'marlin-arbitrum', probe: 'marlin-spec', target: '0xa', observer: 'local' };
const START = Date.UTC(2026, 0, 10, 22);

const toPrice = (resource: string, amount: number): ProbedPrice => ({
  ...{ basis: 'advertised', resource, unit: 'second', amount: BigInt(amount), scale: 18, attributes: { cpu: '2' } },
});

/** What a target says at a minute after the start. */
interface Said {
  readonly minute: number;
  readonly prices: readonly ProbedPrice[];
}

const toRows = ({ minute, prices }: Said) =>
  toReadings(prices, {
    ...assignment,
    ...{ target: key.target, observer: key.observer, sourceUrl: 'https://cp.example/', intervalSeconds: 1_800 },
    at: new Date(START + minute * 60_000),
  });

describe('readings', () => {
  let database: TestDatabase;
  let pool: pg.Pool;
  beforeAll(async () => {
    database = await createTestDatabase();
    pool = createPool(database.url, { role: 'test', max: 1 });
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  async function write(answers: readonly Said[]): Promise<readonly unknown[]> {
    const client = await pool.connect();
    try {
      await client.query('delete from price_reading');
      for (const said of answers) await writeReadings(client, key, toRows(said));
      return (await client.query('select * from price_reading order by thing, day, amount')).rows;
    } finally {
      client.release();
    }
  }

  it('are the same rows in any order, however often they come', async () => {
    const prices = fc.uniqueArray(
      fc.record({ resource: fc.constantFrom('a', 'b', 'c'), amount: fc.integer({ min: 0, max: 3 }) }),
      { selector: ({ resource }) => resource },
    );
    const said = fc.record({
      minute: fc.integer({ min: 0, max: 300 }),
      prices: prices.map((some) => some.map(({ resource, amount }) => toPrice(resource, amount))),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(said, { maxLength: 8 }), fc.integer(), async (answers, seed) => {
        const random = createSeededRandom(seed);
        const others = [...answers, ...answers.filter(() => random() < 0.5)]
          .map((one) => ({ one, at: random() }))
          .sort((a, b) => a.at - b.at)
          .map(({ one }) => one);
        expect(await write(others)).toEqual(await write(answers));
      }),
      { numRuns: 60 },
    );
  });

  it('are new rows only where a price has changed or a day has begun', async () => {
    const minutes = Array.from({ length: 40 }, (_, at) => at * 5);
    const rows = await write(
      minutes.map((minute) => ({ minute, prices: [toPrice('a', 1), toPrice('b', minute < 30 ? 1 : 2)] })),
    );
    // Two hours of one day, a bit more of the next: one thing in two rows, the other in three.
    expect(rows).toHaveLength(5);
    expect(rows).toContainEqual(
      expect.objectContaining({
        resource: 'a',
        first_seen: new Date(START),
        last_seen: new Date(START + 115 * 60_000),
        valid_until: new Date(START + 115 * 60_000 + 5_400_000),
      }),
    );
  });

  it('are fresh from when an aggregate saw them itself', () => {
    const [row] = toRows({ minute: 60, prices: [{ ...toPrice('a', 1), sampledAt: START }] });
    expect(row?.valid_until).toBe(new Date(START + 5_400_000).toISOString());
  });

  it('are forgotten when they are old, but for the last word', async () => {
    await keepTargets(pool, {
      ...{ ...key, intervalSeconds: 1_800, now: new Date(START) },
      targets: [{ target: key.target, providerId: null, nodeId: null, url: 'https://cp.example/', host: 'cp.example' }],
    });
    const days = [0, 1, 2].map((day) => ({ minute: day * 1_440, prices: [toPrice('a', day)] }));
    await write(days);
    const at = new Date(START + 2 * 86_400_000);
    const client = await pool.connect();
    await recordSuccess(client, key, { at, nextDue: at, prices: 1, refused: 0 });
    client.release();
    expect(await pruneReadings(pool, '2027-01-01')).toBe(2);
    const { rows } = await pool.query('select amount from price_reading');
    expect(rows).toEqual([{ amount: '2' }]);
  });
});
