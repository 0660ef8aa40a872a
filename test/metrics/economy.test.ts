import { readFileSync } from 'node:fs';
import type { FamilyInput } from '../../indexer/metrics/families.js';
import {
  address,
  chainRow,
  devnet,
  emptyNetworks,
  id,
  jobRow,
  networkDeltaRow,
  networkRow,
  payoutRow,
  type Row,
  type Seed,
  seed,
  stakeChangeRow,
  stepRow,
  tokenRow,
} from '../api/seed.js';
import { hourOf } from '../api/seedHeartbeats.js';
import { describeWithShared, toSharedPath } from '../sharedData.js';
import { createTestDatabase, type TestDatabase } from '../testDatabase.js';
import { readFamily } from './readFamily.js';

const FILE = '../oracles/metric-oracles.json';
const HOUR = hourOf('2026-01-10T12:00:00Z');
const timeOf = (seconds: number) => new Date(HOUR * 3_600_000 + seconds * 1_000);
const [alice, bob] = [address('a'), address('b')];
const token = `${devnet.network}:rlc`;

interface World {
  readonly seconds: number;
  /** Sum of all that `stake_change` has. */
  readonly stake?: string;
  readonly usd?: Row | null;
}

async function openWorld({ seconds, stake = '0', usd = null }: World, more: Seed): Promise<TestDatabase> {
  const database = await createTestDatabase();
  await seed(database.url, {
    ...emptyNetworks,
    chain: [chainRow({ height: 9_999, block_time: timeOf(seconds) })],
    network: [networkRow({ stake })],
    token: [tokenRow({ decimals: 0, usd })],
    network_delta: [networkDeltaRow(1, { time: timeOf(0) })],
    ...more,
  });
  return database;
}

/** One task that was paid: the pay and the fee, in one log. */
function sale(
  height: number,
  { seconds, buyer, pay, fee }: { seconds: number; buyer: string; pay: number; fee: number },
) {
  const job = `j${height}`;
  const at = { time: timeOf(seconds), job_id: id(job), payer: buyer };
  return {
    job: jobRow(job, { buyer, provider_id: id('p1'), time: timeOf(seconds), status: 'completed' }),
    payouts: [
      payoutRow(height, { ...at, provider_id: id('p1'), role: 'provider', amount: String(pay) }),
      payoutRow(height, { ...at, role: 'fee', for_work: false, recipient: null, amount: String(fee), part: 1 }),
    ],
    escrow: {
      ...{
        chain_id: devnet.id,
        height,
        log_index: 0,
        network_id: devnet.network,
        job_id: id(job),
        account: buyer,
        kind: 'spent',
      },
      ...{
        token,
        amount: String(pay + fee),
        delta: String(-pay - fee),
        time: timeOf(seconds),
        tx_hash: Buffer.alloc(32),
      },
    },
  };
}

function toSeed(sales: readonly ReturnType<typeof sale>[]): Seed {
  return {
    job: sales.map(({ job }) => job),
    payout: sales.flatMap(({ payouts }) => payouts),
    escrow_change: sales.map(({ escrow }) => escrow),
  };
}

function of(rows: readonly FamilyInput[], subject: string, hour = HOUR): Readonly<Record<string, string>> {
  const mine = rows.filter((row) => row.subject === subject && row.hour === hour);
  return Object.fromEntries(
    mine.map(({ metric, num, den }) => [
      String(metric).replace('economy.', ''),
      den === null ? String(num === null ? null : Number(num)) : `${Number(num)}/${Number(den)}`,
    ]),
  );
}

/** What is stored of providers and buyers in either case. */
function sumByDay(rows: readonly FamilyInput[]): readonly string[] {
  const sums = new Map<string, { num: number; n: number }>();
  for (const { metric, kind, subject, num, n } of rows) {
    if (kind !== 'provider' && kind !== 'buyer') continue;
    const key = `${metric} ${subject}`;
    const sum = sums.get(key) ?? { num: 0, n: 0 };
    sums.set(key, { num: sum.num + Number(num), n: sum.n + Number(n) });
  }
  return [...sums].map(([key, { num, n }]) => `${key} ${num} ${n}`).sort();
}

const range = { network: devnet.network, fromHour: HOUR, toHour: HOUR + 1 };

describe('the economy by the hour', () => {
  let database: TestDatabase | undefined;
  afterEach(async () => {
    await database?.drop();
    database = undefined;
  });

  it('gives all that buyers pay to somebody, in every block and hour, and zero where nothing moved', async () => {
    const sales = [
      sale(11, { seconds: 10, buyer: alice, pay: 97, fee: 3 }),
      sale(12, { seconds: 20, buyer: bob, pay: 50, fee: 0 }),
      sale(13, { seconds: 7_300, buyer: bob, pay: 1, fee: 1 }),
    ];
    database = await openWorld({ seconds: 9_000 }, toSeed(sales));
    const rows = await readFamily(database.url, 'economy', { ...range, fromHour: HOUR - 1, toHour: HOUR + 5 });
    expect(of(rows, devnet.network)).toMatchObject({
      ...{ gmv: '150', payouts: '147', fees: '3', escrowSpent: '150', takeRate: '3/150', providerShare: '147/150' },
      ...{ activeBuyers: '2', washShare: '0/150', takeRateExWash: '3/150', stake: '0/3600', rewards: '0' },
    });
    expect(of(rows, id('p1'))).toEqual({ payouts: '147', payoutsUsd: 'null' });
    expect(of(rows, id(alice))).toEqual({ gmv: '100', gmvUsd: 'null' });
    const quiet = of(rows, devnet.network, HOUR + 1);
    expect(quiet).toMatchObject({ gmv: '0', payouts: '0', fees: '0', gmvUsd: '0', activeBuyers: '0', stake: '0/3600' });
    expect(quiet).not.toHaveProperty('takeRate');
    // The open hour counts up to the last block; before the first event and after the last block there is nothing.
    expect(of(rows, devnet.network, HOUR + 2)).toMatchObject({ gmv: '2', stake: '0/1800' });
    expect(new Set(rows.map(({ hour }) => hour))).toEqual(new Set([HOUR, HOUR + 1, HOUR + 2]));
    const usd = rows.find(({ metric, num }) => metric === 'economy.gmvUsd' && num === null);
    expect(usd?.detail).toMatchObject({ reason: 'No price source is named for the token.' });
  });

  it('takes the worth of each payment from the feed as it stood at its block', async () => {
    const feed = { proxy: '0xFEED', heartbeatSeconds: 600 };
    const answer = (height: number, seconds: number, value: number) => ({
      ...{
        chain_id: devnet.id,
        height,
        log_index: 0,
        network_id: devnet.network,
        feed: '0xfeed',
        aggregator: '0x1',
        decimals: 2,
      },
      ...{
        round_id: String(height),
        answer: String(value),
        updated_at: String(HOUR * 3_600 + seconds),
        time: timeOf(seconds),
      },
    });
    const sales = [
      sale(5, { seconds: 50, buyer: alice, pay: 8, fee: 2 }),
      sale(12, { seconds: 120, buyer: alice, pay: 10, fee: 0 }),
      // Later in the same minute, and nothing yet on the chain; then no answer; then too old.
      sale(13, { seconds: 3_599, buyer: bob, pay: 100, fee: 0 }),
      sale(14, { seconds: 8_000, buyer: bob, pay: 100, fee: 0 }),
    ];
    database = await openWorld(
      { seconds: 9_000, usd: { kind: 'feed', feed } },
      {
        ...toSeed(sales),
        feed_answer: [answer(10, 100, 250), answer(12, 3_000, 300), answer(12, 3_100, -1), answer(20, 3_500, 999)].map(
          (row, part) => ({ ...row, part }),
        ),
      },
    );
    const rows = await readFamily(database.url, 'economy', { ...range, toHour: HOUR + 3 });
    expect(of(rows, devnet.network)).toMatchObject({ gmv: '120', gmvUsd: '325' });
    const partial = rows.find((row) => row.metric === 'economy.gmvUsd' && row.hour === HOUR && row.kind === 'network');
    expect(partial?.detail).toMatchObject({ unpriced: 2 });
    expect(of(rows, devnet.network, HOUR + 2)).toMatchObject({ gmv: '100', gmvUsd: 'null' });
  });

  it('bears amounts beyond any that a token has', async () => {
    const most = (2n ** 256n - 1n).toString();
    const at = (height: number) => ({ time: timeOf(height), provider_id: id('p1'), amount: most, log_index: height });
    database = await openWorld(
      { seconds: 3_600, stake: most },
      {
        payout: [1, 2, 3].map((height) => payoutRow(height, at(height))),
        stake_change: [stakeChangeRow(1, { time: timeOf(0), amount: most, delta: most })],
      },
    );
    const rows = await readFamily(database.url, 'economy', range);
    const find = (metric: string) => rows.find((row) => row.metric === metric && row.kind === 'network');
    expect(find('economy.gmv')?.num).toBe(String(3n * BigInt(most)));
    expect(find('economy.stake')).toMatchObject({ num: String(3_600n * BigInt(most)), den: '3600' });
  });

  it('holds a fee against whoever had the job when it was paid, whoever has it now', async () => {
    const { job, payouts } = sale(11, { seconds: 10, buyer: alice, pay: 97, fee: 3 });
    const step = (height: number, kind: string, provider: string) =>
      stepRow(height, { job_id: job.id, kind, provider_id: id(provider), time: timeOf(height) });
    const pair = { network_id: devnet.network, buyer: alice, provider_id: id('p1'), reason: 'sameCluster' };
    database = await openWorld(
      { seconds: 3_600 },
      {
        job: [{ ...job, provider_id: id('p2') }],
        payout: payouts,
        job_step: [step(1, 'created', 'p1'), step(12, 'assigned', 'p2')],
        removed_pair: [{ ...pair, day: Math.floor(HOUR / 24) }],
      },
    );
    const rows = await readFamily(database.url, 'economy', range);
    expect(of(rows, devnet.network)).toMatchObject({ gmv: '100', washGmv: '100' });
    expect(of(rows, id(alice))).toMatchObject({ washGmv: '100' });
  });

  it('sums the hours of providers and buyers by the day where they are not kept, and all else stays', async () => {
    const sales = [
      sale(11, { seconds: 10, buyer: alice, pay: 97, fee: 3 }),
      sale(12, { seconds: 20, buyer: bob, pay: 50, fee: 0 }),
      sale(13, { seconds: 7_300, buyer: alice, pay: 1, fee: 1 }),
    ];
    const stakes = [10, 7_200].map((seconds, at) =>
      stakeChangeRow(at + 20, { time: timeOf(seconds), provider_id: id('p1'), amount: '5', delta: '5' }),
    );
    const pair = { network_id: devnet.network, buyer: bob, provider_id: id('p1'), reason: 'sameCluster' };
    const removed = [{ ...pair, day: Math.floor(HOUR / 24) }];
    const day = Math.floor(HOUR / 24) * 24;
    const ask = async (seconds: number) => {
      await database?.drop();
      database = await openWorld(
        { seconds, usd: { kind: 'static', usd: '2', note: 'Made up.' } },
        { ...toSeed(sales), stake_change: stakes, removed_pair: removed },
      );
      return readFamily(database.url, 'economy', { ...range, fromHour: day, toHour: day + 24 });
    };
    const [kept, coarse] = [await ask(11 * 3_600), await ask(40 * 3_600)];
    const isOfMany = ({ kind }: FamilyInput) => kind === 'provider' || kind === 'buyer';
    expect(coarse.filter(isOfMany).map(({ hour }) => hour)).toEqual(coarse.filter(isOfMany).map(() => day));
    expect(sumByDay(coarse)).toEqual(sumByDay(kept));
    expect(sumByDay(kept).length).toBeGreaterThan(6);
    const others = (rows: readonly FamilyInput[]) =>
      rows.flatMap((row) => (isOfMany(row) || Number(row.hour) >= HOUR + 11 ? [] : [JSON.stringify(row)])).sort();
    expect(others(coarse)).toEqual(others(kept));
  });

  describeWithShared(FILE, 'and its oracles', () => {
    const oracles: readonly { readonly id: string; readonly expected: Readonly<Record<string, number>> }[] = JSON.parse(
      readFileSync(toSharedPath(FILE), 'utf8'),
    );
    const expectedOf = (name: string) => oracles.find((oracle) => oracle.id === name)?.expected ?? {};

    /** Of all hours together, as a reader adds them. */
    function toRate(rows: readonly FamilyInput[], metric: string): number {
      const mine = rows.filter((row) => row.metric === metric && row.kind === 'network');
      const sum = (name: 'num' | 'den') => mine.reduce((total, row) => total + BigInt(String(row[name])), 0n);
      return Number(sum('num')) / Number(sum('den'));
    }

    it('ECO-02: yields, through the tables', async () => {
      const week = 7 * 86_400;
      const reward = { kind: 'rewarded', delta: '0' };
      database = await openWorld(
        { seconds: week, stake: '999850' },
        {
          stake_change: [
            stakeChangeRow(1, { time: timeOf(0), amount: '1000000', delta: '1000000' }),
            stakeChangeRow(2, { ...reward, time: timeOf(100_000), amount: '2800' }),
            // What a task brought, buyers paid.
            stakeChangeRow(3, { ...reward, time: timeOf(200_000), amount: '700', task_id: id('t1') }),
            stakeChangeRow(4, { kind: 'slashed', time: timeOf(week - 1), amount: '150', delta: '-150' }),
          ],
        },
      );
      const rows = await readFamily(database.url, 'economy', { ...range, toHour: HOUR + 168 });
      const expected = expectedOf('ECO-02');
      expect(toRate(rows, 'economy.apr')).toBeCloseTo(expected.apr ?? Number.NaN, 9);
      expect(toRate(rows, 'economy.realYield')).toBeCloseTo(expected.realYieldApr ?? Number.NaN, 9);
      expect(toRate(rows, 'economy.slashRate')).toBeCloseTo(expected.annualSlashRate ?? Number.NaN, 9);
      expect(toRate(rows, 'economy.stake')).toBeCloseTo(1_000_000, 2);
    });

    it('ECO-03: who gets what, through the tables', async () => {
      const sales = [
        sale(11, { seconds: 10, buyer: alice, pay: 29_250, fee: 750 }),
        sale(12, { seconds: 20, buyer: bob, pay: 87_750, fee: 2_250 }),
      ];
      const stake_change = [stakeChangeRow(1, { kind: 'rewarded', time: timeOf(30), amount: '240000', delta: '0' })];
      const pair = { network_id: devnet.network, buyer: alice, provider_id: id('p1'), reason: 'sameCluster' };
      database = await openWorld(
        { seconds: 3_600, usd: { kind: 'static', usd: '1', note: 'Made up.' } },
        { ...toSeed(sales), stake_change, removed_pair: [{ ...pair, day: Math.floor(HOUR / 24) }] },
      );
      const rows = await readFamily(database.url, 'economy', range);
      const { identity, ...expected } = expectedOf('ECO-03');
      expect(identity).toBe('fees + payouts = gmv');
      for (const [name, value] of Object.entries(expected)) {
        expect([name, toRate(rows, `economy.${name}`)]).toEqual([name, expect.closeTo(value, 9)]);
      }
      expect(of(rows, devnet.network)).toMatchObject({ gmvUsd: '120000', feesUsd: '3000', payoutsUsd: '117000' });
    });
  });
});
