import fc from 'fast-check';
import type pg from 'pg';
import { createPool } from '../../../schema/database.js';
import { toBit } from '../../../schema/heartbeat/slots.js';
import { createTestDatabase, type TestDatabase } from '../../../test/testDatabase.js';
import { createSeededRandom } from '../../lib/createSeededRandom.js';
import { judgeBlind } from './judgeBlind.js';
import type { ProbedScore } from './Probe.js';
import { pruneReach, type Reach, writeReach } from './reachStore.js';
import { pruneScores, writeScores } from './scoreStore.js';

const START = Date.UTC(2026, 0, 10, 22);
const HOUR = START / 3_600_000;
const key = { networkId: 'livepeer-arbitrum', probe: 'livepeer-service', observer: 'local' };

/** What one question to a host came to, at a minute after the start. */
interface Told {
  readonly host: string;
  readonly minute: number;
  readonly isAnswered: boolean;
  readonly latencyUs: number | null;
}

function told(host: string, minute: number, latencyUs: number | null = 7): Told {
  return { host, minute, isAnswered: latencyUs !== null, latencyUs };
}

const arbitrary: fc.Arbitrary<Told> = fc
  .record({
    host: fc.constantFrom('a', 'b', 'c', 'd'),
    minute: fc.integer({ min: 0, max: 150 }),
    outcome: fc.constantFrom('silent', 'silent', 'refused', 'reached'),
    latency: fc.integer({ min: 1, max: 9 }),
  })
  .map(({ host, minute, outcome, latency }) => ({
    ...{ host, minute, isAnswered: outcome !== 'silent', latencyUs: outcome === 'reached' ? latency : null },
  }));

let database: TestDatabase;
let pool: pg.Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.url, { role: 'test', max: 4 });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});
beforeEach(() => pool.query('truncate reach_hour, reach_blind, score_reading, probe_target'));

async function write(questions: readonly Told[]): Promise<void> {
  const client = await pool.connect();
  try {
    for (const { host, minute, isAnswered, latencyUs } of questions) {
      const reach: Reach = { at: new Date(START + minute * 60_000 + 30_000), isAnswered, latencyUs };
      const of = { ...key, target: `0x${host}`, host, providerId: `livepeer-arbitrum:0x${host}`, nodeId: null };
      await writeReach(client, of, reach);
    }
  } finally {
    client.release();
  }
}

const judge = () => judgeBlind(pool, key.observer, new Date(START + 86_400_000));
const listHours = async () =>
  (
    await pool.query(
      `select network_id, probe, target, observer, hour, host, provider_id, node_id, latency_us, asked::text,
         answered::text, reached::text from reach_hour
       order by target, hour`,
    )
  ).rows;
/** Those in which it was cut off, as text: more than 53 bits are no number. */
const listBlind = async () =>
  (await pool.query('select observer, hour, blind::text from reach_blind where blind <> 0 order by observer, hour'))
    .rows;

describe('readings of reachability', () => {
  it('are the same rows in any order, however often they come and whenever they are judged', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(arbitrary, { maxLength: 25 }), fc.integer(), async (questions, seed) => {
        const random = createSeededRandom(seed);
        const others = [...questions, ...questions.filter(() => random() < 0.5)]
          .map((one) => ({ one, at: random() }))
          .sort((a, b) => a.at - b.at)
          .map(({ one }) => one);
        await pool.query('truncate reach_hour, reach_blind');
        await write(questions);
        await judge();
        const once = { hours: await listHours(), blind: await listBlind() };
        await pool.query('truncate reach_hour, reach_blind');
        // Two processes share the targets of one observer, and each judges as it goes.
        const cut = Math.floor(random() * others.length);
        await Promise.all([write(others.slice(0, cut)), write(others.slice(cut))]);
        await judge();
        await judge();
        expect({ hours: await listHours(), blind: await listBlind() }).toEqual(once);
        for (const half of [others.slice(0, cut), others.slice(cut)]) {
          await write(half);
          await judge();
        }
        expect({ hours: await listHours(), blind: await listBlind() }).toEqual(once);
      }),
      { numRuns: 25 },
    );
  });

  it('say in which minutes it was asked, answered and reached, and how long that took', async () => {
    await write([told('a', 0, 5), told('a', 0, 9), told('a', 0, 6), told('a', 3, null), told('a', 61, 4)]);
    await write([{ host: 'a', minute: 7, isAnswered: true, latencyUs: null }]);
    const [first, second, ...rest] = await listHours();
    const latencies = Array.from({ length: 60 }, (_, at) => (at === 0 ? 9 : null));
    expect(first).toMatchObject({
      ...{ network_id: key.networkId, probe: key.probe, observer: 'local', target: '0xa', host: 'a', hour: HOUR },
      ...{ provider_id: 'livepeer-arbitrum:0xa', node_id: null, latency_us: latencies },
    });
    expect([first.asked, first.answered, first.reached].map(BigInt)).toEqual([
      ...[toBit(0) | toBit(3) | toBit(7), toBit(0) | toBit(7), toBit(0)],
    ]);
    expect(second).toMatchObject({ hour: HOUR + 1, asked: second.reached });
    expect(rest).toEqual([]);
  });

  it('are forgotten when they are old', async () => {
    await write([told('a', 0, null), told('a', 1), told('a', 150), told('b', 170)]);
    await judge();
    expect(await pruneReach(pool, new Date('2026-01-11'))).toBe(1);
    expect((await listHours()).map(({ hour }) => hour)).toEqual([HOUR + 2, HOUR + 2]);
    expect(await listBlind()).toEqual([]);
  });
});

describe('an observer that is cut off', () => {
  async function addTarget(host: string, row: { readonly minute: number; readonly failures: number }): Promise<void> {
    await pool.query(
      `insert into probe_target (network_id, probe, target, observer, url, host, interval_seconds, next_due,
         last_attempt, failures, error_reason, error_text)
       values ($1, $2, $3, $4, '', $5, 300, $6, $7, $8, 'timeout', 'none')`,
      [
        ...[key.networkId, key.probe, `0x${host}`, key.observer, host, new Date(START + 9e8)],
        ...[new Date(START + row.minute * 60_000 + 30_000), row.failures],
      ],
    );
  }

  it('knows it, and blames nobody for it', async () => {
    await write(['a', 'b', 'c'].flatMap((host, at) => [told(host, at), told(host, 20 + at, null)]));
    // Minute 2 is that of the last answer; what failed before it failed for itself.
    for (const host of ['a', 'b', 'c']) await addTarget(host, { minute: 21, failures: 2 });
    await addTarget('d', { minute: 1, failures: 5 });
    expect(await judge()).toBe(3);
    const bits = [2, 20, 21, 22].reduce((all, at) => all | toBit(at), 0n);
    expect(await listBlind()).toEqual([{ observer: 'local', hour: HOUR, blind: String(bits) }]);
    const { rows } = await pool.query(
      'select target, failures, error_reason, next_due from probe_target order by target',
    );
    const forgiven = { failures: 0, error_reason: 'unasked', next_due: new Date(START + 86_400_000 + 300_000) };
    expect(rows).toEqual([
      ...['0xa', '0xb', '0xc'].map((target) => ({ target, ...forgiven })),
      { target: '0xd', failures: 5, error_reason: 'timeout', next_due: new Date(START + 9e8) },
    ]);
    expect(await judge()).toBe(0);
  });

  it('takes it back when an answer from that time is told later', async () => {
    await write(['a', 'b', 'c'].flatMap((host, at) => [told(host, at), told(host, 20 + at, null)]));
    await judge();
    expect(await listBlind()).toHaveLength(1);
    await write([told('d', 20), told('d', 21), told('d', 22)]);
    await judge();
    expect(await listBlind()).toEqual([]);
  });

  it('still knows it hours later, after a restart', async () => {
    await write(['a', 'b', 'c'].map((host) => told(host, 0)));
    for (let hour = 0; hour < 30; hour += 1) {
      await write(['a', 'b', 'c'].map((host) => told(host, 60 * hour + 30, null)));
      // From hour 10 on nobody judged for ten hours.
      if (hour < 10 || hour >= 20) await judge();
    }
    const { rows } = await pool.query(
      'select count(*) as hours, count(*) filter (where blind & (1::int8 << 30) <> 0) as blind from reach_blind',
    );
    expect(rows).toEqual([{ hours: 30, blind: 30 }]);
  });

  it('is another than the one beside it', async () => {
    await write([told('a', 0, null)]);
    expect(await judgeBlind(pool, 'elsewhere', new Date(START))).toBe(0);
    expect(await listBlind()).toEqual([]);
  });
});

describe('what a source measured', () => {
  const score = (minute: number, value: bigint): ProbedScore => ({
    ...{ region: 'FRA', metric: 'rtt_us', value, measuredAt: START + minute * 60_000 },
  });
  const listScores = async () =>
    (await pool.query('select *, value::text as value from score_reading order by source_time')).rows;

  async function say(answers: readonly { readonly minute: number; readonly scores: readonly ProbedScore[] }[]) {
    const client = await pool.connect();
    try {
      for (const { minute, scores } of answers) {
        const at = new Date(START + minute * 60_000);
        const of = { ...key, target: '0xa', providerId: 'livepeer-arbitrum:0xa', sourceUrl: 'https://a.example/', at };
        await writeScores(client, of, scores);
      }
    } finally {
      client.release();
    }
  }

  it('is one row a measurement, in any order and however often it is told', async () => {
    const scores = fc.array(
      fc.record({ minute: fc.integer({ min: 0, max: 3 }), value: fc.bigInt({ min: 0n, max: 3n }) }),
      { maxLength: 4 },
    );
    const answers = fc.array(
      fc.record({ minute: fc.integer({ min: 0, max: 9 }), scores: scores.map((some) => some.map(toScore)) }),
      { maxLength: 6 },
    );
    await fc.assert(
      fc.asyncProperty(answers, async (some) => {
        await pool.query('truncate score_reading');
        await say(some);
        const once = await listScores();
        await pool.query('truncate score_reading');
        await say([...some].reverse());
        await say(some);
        expect(await listScores()).toEqual(once);
      }),
      { numRuns: 40 },
    );
  });

  const toScore = ({ minute, value }: { minute: number; value: bigint }) => score(minute, value);

  it('keeps the time of the source, and is forgotten by it', async () => {
    await say([{ minute: 60, scores: [score(0, 8n), score(30, 9n)] }]);
    expect(await listScores()).toMatchObject([
      {
        ...{ provider_id: 'livepeer-arbitrum:0xa', region: 'FRA', metric: 'rtt_us', value: '8', observer: 'local' },
        ...{ source_time: new Date(START), last_seen: new Date(START + 3_600_000), source_url: 'https://a.example/' },
      },
      { value: '9', source_time: new Date(START + 1_800_000) },
    ]);
    expect(await pruneScores(pool, new Date(START + 60_000))).toBe(1);
  });
});
