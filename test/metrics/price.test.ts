import type { FamilyRow } from '../../indexer/metrics/families.js';
import { describeWithShared } from '../sharedData.js';
import { expectOracle, findOracle, oracleFile } from './findOracle.js';
import {
  firstDay,
  logRow,
  networkId,
  openPriceWorld,
  type PriceWorld,
  priceRow,
  readStatement,
  toId,
  toTime,
} from './openPriceWorld.js';

const HOUR = 3_600;
const DAY = 86_400;

let world: PriceWorld;
beforeEach(async () => {
  world = await openPriceWorld();
});
afterEach(() => world.close());

function find(rows: readonly FamilyRow[], metric: string, subject = networkId, day = 0): FamilyRow {
  const hour = (firstDay + day) * 24;
  const found = rows.filter((row) => row.metric === metric && row.subject === subject && row.hour === hour);
  if (found.length !== 1) throw new Error(`Expected one row of ${metric} and ${subject}, found ${found.length}.`);
  return found[0] as FamilyRow;
}

const toNumber = ({ num }: FamilyRow) => (num === null ? null : Number(num));
const gpu = (model: string) => `${networkId}:gpu:${model}`;

describeWithShared(oracleFile, 'oracles of prices, through Postgres', () => {
  it('PRC-01: traded price', async () => {
    const { inputs, expected, tolerance } = findOracle('PRC-01');
    const pairs: readonly [string, number][] = inputs.tradesUsdPerGpuHour_qtyGpuHours;
    for (const [at, [price, gpuHours]] of pairs.entries()) {
      await world.trade({ provider: `p${at}`, buyer: `b${at}`, price, gpuHours, at: HOUR + at });
    }
    const rows = await world.figures('price_day', 0, 1);
    expectOracle(
      { vwap: toNumber(find(rows, 'price.vwap')), index: toNumber(find(rows, 'price.settledIndex')) },
      { expected: { vwap: expected.vwap, index: expected.index }, tolerance },
    );
    const index = find(rows, 'price.settledIndex');
    expect(index).toMatchObject({ n: 7, detail: { providers: 7, buyers: 7, dropped: 7 - expected.kept.length } });
    expect(index.detail?.inToken).toBe(index.num);
    expect(find(rows, 'price.settledIndex', gpu('nvidia-h100'))).toMatchObject({ num: index.num, kind: 'hardware' });
  });

  it('PRC-02: partitions by the hour', async () => {
    const { inputs, expected, tolerance } = findOracle('PRC-02');
    const partitions: readonly (readonly [string, number][])[] = inputs.partitions;
    let count = 0;
    for (const [hour, trades] of partitions.entries()) {
      for (const [price, gpuHours] of trades) {
        count += 1;
        const parties = { provider: `p${count}`, buyer: `b${count}` };
        await world.trade({ ...parties, price, gpuHours, at: hour * HOUR + 60 + count });
      }
    }
    const rows = await world.figures('price_day', 0, 1);
    const index = toNumber(find(rows, 'price.partitionedIndex'));
    expectOracle({ index }, { expected: { index: expected.index }, tolerance });
  });

  it('PRC-03: the book of asks', async () => {
    const { inputs, expected, tolerance } = findOracle('PRC-03');
    const asks: readonly [string, number, number][] = inputs.asksProviderModelUsdGpus;
    for (const [at, [provider, usd, gpus]] of asks.entries()) {
      await offer({ provider, price: usd.toFixed(2), gpus, at: 100 + at });
    }
    const rows = await world.figures('price_day', 0, 1);
    const { bestAsk, supplyWeightedAsk, depth } = expected;
    expectOracle(
      {
        bestAsk: toNumber(find(rows, 'price.ask')),
        supplyWeightedAsk: toNumber(find(rows, 'price.askSupplyWeighted')),
        depth: find(rows, 'price.rent8').detail?.depth,
      },
      { expected: { bestAsk, supplyWeightedAsk, depth }, tolerance },
    );
    // 2 at 1.80, 4 at 2.00 and 2 at 2.10; there are no 64.
    expect(find(rows, 'price.rent8')).toMatchObject({
      num: '15.8',
      detail: { averagePrice: '1.975', marginalPrice: '2.1', presence: 'notMeasured' },
    });
    expect(find(rows, 'price.rent64')).toMatchObject({ num: null, detail: { reason: 'tooFewGpus', depth: 30 } });
  });

  it('PRC-08: self-dealing removed, and a provider capped', async () => {
    const { inputs, expected, tolerance } = findOracle('PRC-08');
    const trades: readonly { provider: string; buyer: string; usd: string; gpuHours: number; sameCluster: boolean }[] =
      inputs.trades;
    for (const [at, { provider, buyer, usd, gpuHours, sameCluster }] of trades.entries()) {
      // By two buyers each, so that no pair has a fifth: the oracle caps providers alone.
      for (const half of ['x', 'y']) {
        const parties = { provider, buyer: `${buyer}${half}` };
        await world.trade({ ...parties, price: usd, gpuHours: gpuHours / 2, at: HOUR + at });
        if (sameCluster) await remove(parties.provider, parties.buyer);
      }
    }
    // The rule asks for three providers: a third one with next to nothing.
    await world.trade({ provider: 'P4', buyer: 'b4', price: '2.00', gpuHours: '0.000000001', at: HOUR });
    const rows = await world.figures('price_day', 0, 1);
    expectOracle(
      {
        vwapAll: toNumber(find(rows, 'price.vwap')),
        vwapCleanCapped: toNumber(find(rows, 'price.cleanVwap')),
        removedVolumeShare: toNumber(find(rows, 'price.removedShare')),
      },
      {
        expected: {
          vwapAll: expected.vwapAll,
          vwapCleanCapped: expected.vwapCleanCapped,
          removedVolumeShare: expected.removedVolumeShare,
        },
        tolerance,
      },
    );
  });

  it('PRC-09: an index of models, day after day', async () => {
    const { inputs, expected, tolerance } = findOracle('PRC-09');
    for (const [day, period] of [inputs.period0, inputs.period1].entries()) {
      const entries: readonly [string, { usd: string; gpuHours: number }][] = Object.entries(period);
      for (const [model, { usd, gpuHours }] of entries) await sell({ model: `RTX ${model}`, usd, gpuHours, day });
    }
    const rows = await world.figures('price_day', 0, 2);
    expect(find(rows, 'price.fisher')).toMatchObject({ num: '100', detail: { begins: true } });
    const fisher = find(rows, 'price.fisher', networkId, 1);
    expectOracle(
      {
        fisher: Number(fisher.num) / 100,
        laspeyres: Number(fisher.detail?.laspeyres),
        paasche: Number(fisher.detail?.paasche),
        naiveAverage0: toNumber(find(rows, 'price.vwap')),
        naiveAverage1: toNumber(find(rows, 'price.vwap', networkId, 1)),
      },
      { expected: { ...expected, naiveChange: undefined }, tolerance },
    );
    expect(fisher.n).toBe(3);
  });

  it('PRC-07: cost of an hour that succeeds, by the lower bound of success', async () => {
    await offer({ provider: 'a', price: '0.50', gpus: 4, at: 100 });
    await record('provider', toId('a'), { succeeded: 48, attempts: 50 });
    await record('provider', toId('nobody'), { succeeded: 1, attempts: 1 });
    await offer({ provider: 'b', price: '0.40', gpus: 4, at: 101 });
    await record('provider', toId('b'), { succeeded: 0, attempts: 3 });
    const rows = await world.figures('price_day', 0, 1);
    const cost = find(rows, 'price.costPerSuccessfulHour', toId('a'));
    // REL-04: 48 of 50 is 0.865403 at least.
    const success = Number(cost.detail?.success);
    expect(success).toBeLessThan(48 / 50);
    expect(Number(cost.num)).toBeCloseTo(0.5 / success, 12);
    expect(cost).toMatchObject({ n: 50, detail: { succeeded: 48, attempts: 50, priceOf: 'ask' } });
    expect(find(rows, 'price.costPerSuccessfulHour', toId('b'))).toMatchObject({
      num: null,
      detail: { reason: 'noSuccess', success: '0.000000' },
    });
    expect(rows.filter(({ subject }) => subject === toId('nobody'))).toEqual([]);
  });
});

describe('an hour of a long job', () => {
  const model = `${networkId}:gpu:nvidia-l40s`;

  it('costs more where machines of the class break off, by the bound of their time between outages (PRC-07)', async () => {
    await offer({ provider: 'a', price: '0.50', gpus: 4, at: 100 });
    await record('hardware', model, { succeeded: 48, attempts: 50 });
    await record('provider', toId('a'), { succeeded: 48, attempts: 50 });
    const before = find(await world.figures('price_day', 0, 1), 'price.costPerSuccessfulHour', model);
    expect(before.detail).not.toHaveProperty('longJob');
    // 600 machine-hours, of which 6 down, in four outages of which three ended.
    await tellMachines(model, { uptime: 594 * 60, downSlots: 6 * 60, outages: 4, repairs: 3 });
    const rows = await world.figures('price_day', 0, 1);
    const cost = find(rows, 'price.costPerSuccessfulHour', model);
    expect(cost.num).toBe(before.num);
    const { hours, mtbfHours, restartHours, factor, usd } = (cost.detail?.longJob ?? {}) as Record<string, string>;
    // chi2(.975, 10) is 20.483.
    expect(Number(mtbfHours)).toBeCloseTo((2 * 594) / 20.483177, 4);
    expect(restartHours).toBe('2.000000');
    const lost = Math.expm1(24 / Number(mtbfHours)) * (Number(mtbfHours) + 2);
    expect([hours, Number(factor)]).toEqual([24, expect.closeTo(lost / 24, 6)]);
    expect(Number(usd)).toBeCloseTo(0.5 * Number(factor), 9);
    expect(find(rows, 'price.costPerSuccessfulHour', toId('a')).detail).not.toHaveProperty('longJob');
  });

  it('knows of machines without an outage how seldom one is at most', async () => {
    await offer({ provider: 'a', price: '0.50', gpus: 4, at: 100 });
    await record('hardware', model, { succeeded: 1, attempts: 1 });
    await tellMachines(model, { uptime: 300 * 60, downSlots: 0, outages: 0, repairs: 0 });
    const cost = find(await world.figures('price_day', 0, 1), 'price.costPerSuccessfulHour', model);
    expect(cost.detail?.longJob).toMatchObject({ mtbfHours: '100.142460', restartHours: '0.000000' });
  });
});

describe('what is published', () => {
  it('is the price of three providers and three buyers, and else why not', async () => {
    for (const at of [0, 1, 2]) {
      await world.trade({ provider: `p${at % 2}`, buyer: `b${at}`, price: '2', gpuHours: 1, at: HOUR + at });
    }
    expect(find(await world.figures('price_day', 0, 1), 'price.settledIndex')).toMatchObject({
      num: null,
      detail: { reason: 'fewProviders', providers: 2, buyers: 3 },
    });
    await world.trade({ provider: 'p3', buyer: 'b0', price: '2', gpuHours: 1, at: HOUR });
    const rows = await world.figures('price_day', 0, 1);
    expect(find(rows, 'price.settledIndex').num).toBe('2');
    expect(find(rows, 'price.partitionedIndex')).toMatchObject({
      num: null,
      detail: { reason: 'fewHours' },
    });
    expect(find(rows, 'price.providers').num).toBe('3');
    expect(find(rows, 'price.buyers').num).toBe('3');
  });

  it('counts providers of one owner once', async () => {
    for (const at of [0, 1, 2]) {
      await world.trade({ provider: `p${at}`, buyer: `b${at}`, price: '2', gpuHours: 1, at: HOUR + at });
      await provider(`p${at}`, { owner: at === 0 ? '0x1' : '0x2' });
    }
    expect(find(await world.figures('price_day', 0, 1), 'price.settledIndex').detail).toMatchObject({
      reason: 'fewProviders',
      providers: 2,
    });
  });

  it('is nothing of a day without trades', async () => {
    expect(await world.figures('price_day', 0, 5)).toEqual([]);
    expect(await world.figures('price', 0, 48)).toEqual([]);
  });
});

describe('a trade', () => {
  const parties = { provider: 'p', buyer: 'b', price: '2', gpuHours: 3 };
  const volume = async () => find(await world.figures('price_day', 0, 1), 'price.vwap');

  it('is of the day on which it was paid', async () => {
    await world.trade({ ...parties, at: DAY + 10, outcome: { known_from: toTime(DAY - 10) } });
    expect(await world.figures('price_day', 0, 1)).toEqual([]);
    expect(find(await world.figures('price_day', 1, 2), 'price.vwap', networkId, 1).num).toBe('2');
    expect(await world.figures('price', 23, 25)).toContainEqual(
      expect.objectContaining({ metric: 'price.volumeGpuHours', hour: (firstDay + 1) * 24, num: '3', kind: 'network' }),
    );
  });

  it('is one, when a dispute about it was won', async () => {
    await world.trade({ ...parties, at: HOUR });
    const [row] = (await world.pool.query('select * from task_outcome')).rows;
    await world.insert('task_outcome', {
      ...row,
      part: 1,
      kind: 'disputeWon',
      known_from: toTime(2 * HOUR),
      paid_time: toTime(2 * HOUR),
    });
    expect(await volume()).toMatchObject({ n: 1 });
    // Another attempt at the task is another trade.
    await world.insert('task_outcome', { ...row, part: 2, provider_id: toId('other') });
    expect(await volume()).toMatchObject({ n: 2 });
  });

  it.each([
    ['failed', { kind: 'failed' }],
    ['not paid', { paid: null, fee: null, paid_time: null }],
    ['paid with nothing', { paid: '0', fee: '0' }],
    ['for a price of nothing', { price: '0' }],
    ['for no price that is known', { price: null }],
  ])('is none that is %s', async (_, outcome) => {
    await world.trade({ ...parties, at: HOUR, outcome });
    expect((await world.figures('price_day', 0, 1)).map(({ metric }) => metric)).toEqual([]);
  });

  it('takes the largest numbers of a chain', async () => {
    const largest = String(2n ** 256n - 1n);
    await world.trade({ ...parties, at: HOUR, outcome: { price: largest, paid: largest, fee: largest } });
    const rows = await world.figures('price_day', 0, 1);
    expect(find(rows, 'price.vwap').num?.replace('.', '')).toMatch(new RegExp(`^${largest.slice(0, 30)}`));
    const volumes = await world.figures('price', 0, 24);
    expect(volumes.find(({ metric }) => metric === 'price.volumeToken')?.num).toBe(String(2n * BigInt(largest)));
    expect(volumes.find(({ metric }) => metric === 'price.volumeGpuHours')?.num).toBe('2');
  });

  it('by the second costs 3,600 times as much an hour, and a machine’s is for all its GPUs', async () => {
    const agreed = { unit: 'second', resource: null };
    const job = { price_unit: 'second' };
    await world.trade({ ...parties, at: HOUR, gpus: 4, price: '0.001', gpuHours: 7_200, job, agreed });
    expect(await volume()).toMatchObject({ num: '0.9' });
    const hours = await world.figures('price', 1, 2);
    // 7.2 tokens at 3.6 a machine-hour are two hours of four GPUs.
    expect(hours.find(({ metric }) => metric === 'price.volumeGpuHours')?.num).toBe('8');
  });

  it.each(['constructor', '__proto__', 'furlong'])('by the %s is none', async (unit) => {
    await world.trade({ ...parties, at: HOUR, price: '1', gpuHours: 1, job: { price_unit: unit }, agreed: { unit } });
    expect(await world.figures('price_day', 0, 1)).toEqual([]);
  });

  it('of an unknown number of GPUs is a machine’s, and one by the task a task’s', async () => {
    const three = ['0', '1', '2'];
    for (const at of three) {
      const own = { ...parties, provider: `p${at}`, buyer: `b${at}`, at: HOUR };
      await world.trade({ ...own, outcome: { gpus: null }, agreed: { resource: null } });
      await world.trade({ ...own, job: { price_unit: 'task' }, agreed: null });
    }
    const rows = await world.figures('price_day', 0, 1);
    expect(rows.map(({ metric, num }) => [metric, num])).toEqual([
      ['price.settledPerMachineHour', '2'],
      ['price.settledPerTask', '6'],
    ]);
    expect((await world.figures('price', 1, 2)).map(({ metric }) => metric)).toEqual([
      'price.volumeToken',
      'price.volumeUsd',
    ]);
  });

  it('is one lines of SQL, whichever family asks', () => {
    const cut = (id: string) => /-- trades:[\s\S]*-- end of trades/.exec(readStatement(id))?.[0];
    expect(cut('price')).toBe(cut('price_day'));
    expect(cut('price')).toContain('task_outcome');
  });

  it('adds up by the hour to what the day has', async () => {
    for (let at = 0; at < 30; at++) {
      await world.trade({
        provider: `p${at % 4}`,
        buyer: `b${at % 5}`,
        price: `1.${at}7`,
        gpuHours: `${at}.333333`,
        at: 100 + at * 2_700,
      });
    }
    const hours = await world.figures('price', 0, 24);
    const sum = hours
      .filter(({ metric, kind }) => metric === 'price.volumeGpuHours' && kind === 'network')
      .reduce((total, { num }) => total + Number(num), 0);
    const detail = find(await world.figures('price_day', 0, 1), 'price.settledIndex').detail;
    expect(Number(detail?.volume)).toBeCloseTo(sum, 9);
  });
});

describe('a market that records no payments', () => {
  it('is told by what was agreed on', async () => {
    await world.pool.query(`update network set capabilities = '{"payout": "Paid in private."}'`);
    for (const at of [0, 1, 2]) {
      const row = { basis: 'settled', provider_id: toId(`p${at}`), log_index: at, job_id: toId(`j${at}`) };
      await world.insert('price', priceRow(HOUR, { ...row, unit: 'task', resource: null, amount: `${at + 1}000000` }));
      await world.insert('job', {
        ...{
          id: toId(`j${at}`),
          network_id: networkId,
          chain_id: 1,
          native_id: `j${at}`,
          buyer: `b${at}`,
          status: 'open',
        },
        ...{ volume: 1, height: 1, time: toTime(0) },
      });
    }
    const rows = await world.figures('price_day', 0, 1);
    expect(rows).toMatchObject([{ metric: 'price.settledPerTask', num: '2', n: 3 }]);
    expect(await world.figures('price', 0, 24)).toEqual([]);
  });
});

describe('an ask', () => {
  it('holds until the next one, and no longer than its machine is offered', async () => {
    await offer({ provider: 'a', price: '2', gpus: 1, at: 100 });
    await world.insert(
      'price',
      priceRow(DAY + 5, { basis: 'advertised', provider_id: toId('a'), node_id: toId('a-0'), amount: '3000000' }),
    );
    await world.pool.query('update node_version set height_to = $1', [2 * DAY + 5]);
    await world.insert('node_version', {
      node_id: toId('a-0'),
      height_from: 2 * DAY + 5,
      chain_id: 31_400,
      provider_id: toId('a'),
      active: false,
      gpu_count: 1,
    });
    for (const at of [DAY - 1, DAY + 5, 2 * DAY + 5])
      await world.insert('block', { chain_id: 31_400, height: at, hash: Buffer.alloc(32, at % 251), time: toTime(at) });
    const rows = await world.figures('price_day', 0, 4);
    expect(find(rows, 'price.ask').num).toBe('2');
    expect(find(rows, 'price.ask', networkId, 1).num).toBe('3');
    expect(rows.filter(({ hour }) => hour >= (firstDay + 2) * 24)).toEqual([]);
  });

  it('counts where its machine is up, once machines are heard', async () => {
    for (const [at, name] of ['up', 'down', 'late'].entries()) {
      await offer({ provider: name, price: `${at + 1}`, gpus: 8, at: 100 + at });
    }
    await hear('up', 2n ** 60n - 1n);
    await hear('down', 2n ** 50n - 1n);
    const rows = await world.figures('price_day', 0, 1);
    const detail = { offers: 3, offline: 1, unheard: 1, presence: 'measured' };
    expect(find(rows, 'price.ask')).toMatchObject({ num: '1', n: 1, detail });
    expect(find(rows, 'price.rent8')).toMatchObject({ num: '8', detail });
  });

  it('of a machine with a task is no supply, until the task ended, ran out of time or went elsewhere', async () => {
    await offer({ provider: 'a', price: '1', gpus: 8, at: 100 });
    const depth = async () => find(await world.figures('price_day', 0, 1), 'price.rent8').num;
    expect(await depth()).toBe('8');
    await task('running', { node: 'a-0', at: 200 });
    expect(await depth()).toBeNull();
    expect(find(await world.figures('price_day', 0, 1), 'price.ask').num).toBe('1');
    await step('running', 'completed', { at: 300 });
    await world.pool.query(`update job set status = 'completed', ended_time = $1`, [toTime(300)]);
    expect(await depth()).toBe('8');
    await task('forgotten', { node: 'a-0', at: 400, deadline: toTime(500) });
    expect(await depth()).toBe('8');
    await task('moved', { node: 'a-0', at: 600 });
    expect(await depth()).toBeNull();
    await step('moved', 'attempted', { at: 700, node: 'b-0' });
    expect(await depth()).toBe('8');
    // Its job was closed the day after, with the task still open: on the day it was at work.
    await task('closed', { node: 'a-0', at: 800 });
    await world.pool.query(`update job set status = 'failed', ended_time = $1 where id = $2`, [
      toTime(DAY + 9),
      toId('closed'),
    ]);
    expect(await depth()).toBeNull();
    await step('closed', 'failed', { at: 900 });
    await task('tomorrow', { node: 'a-0', at: DAY + 5 });
    expect(await depth()).toBe('8');
  });

  it('that a probe brought counts while it is fresh', async () => {
    await reading({ amount: '5000000', from: 0, seen: DAY - 100, until: DAY + 1_700 });
    await reading({ amount: '7000000', from: DAY, seen: DAY + 100, until: DAY + 1_900 });
    const rows = await world.figures('price_day', 0, 3);
    // Five tokens an hour for two GPUs.
    expect(find(rows, 'price.ask', gpu('nvidia-a100')).num).toBe('2.5');
    expect(rows.filter(({ hour }) => hour > firstDay * 24)).toEqual([]);
  });
});

describe('USD', () => {
  it('PRC-05: is by the last valid answer before it, else absent, and tokens stay', async () => {
    const feed = { pair: 'X / USD', proxy: '0xAB', decimals: 8, heartbeatSeconds: 86_400, phases: [], source: 'x' };
    await world.pool.query('update token set usd = $1', [JSON.stringify({ kind: 'feed', feed })]);
    const answers: readonly [number, string][] = [
      [HOUR, '150000000'],
      [2 * HOUR, '0'],
      [DAY + HOUR, '200000000'],
    ];
    for (const [at, answer] of answers) {
      await world.insert(
        'feed_answer',
        logRow(at, {
          ...{ network_id: networkId, feed: '0xab', aggregator: '0xcd', round_id: String(at), answer, decimals: 8 },
          updated_at: String(firstDay * DAY + at),
        }),
      );
    }
    const moments = [HOUR - 1, HOUR, 3 * HOUR, DAY + HOUR - 1, DAY + HOUR, 3 * DAY];
    for (const at of moments) await world.trade({ provider: 'p', buyer: `b${at}`, price: '2', gpuHours: 1, at });
    const hours = await world.figures('price', 0, 24 * 4);
    const usd = new Map(
      hours
        .filter(({ metric, kind }) => metric === 'price.volumeUsd' && kind === 'network')
        .map(({ hour, num }) => [hour - firstDay * 24, num]),
    );
    expect([...usd]).toEqual([
      [1, '3'],
      [3, '3'],
      [24, '3'],
      [25, '4'],
    ]);
    const tokens = hours.filter(({ metric, kind }) => metric === 'price.volumeToken' && kind === 'network');
    expect(tokens.map(({ num }) => num)).toEqual(moments.map(() => '2000000'));
    const rows = await world.figures('price_day', 0, 4);
    expect(find(rows, 'price.vwap')).toMatchObject({ num: '3', n: 3, detail: { inToken: '2', withoutUsd: 1 } });
    expect(find(rows, 'price.vwap', networkId, 3)).toMatchObject({
      num: null,
      detail: { reason: 'stale', inToken: '2' },
    });
  });

  it('is absent without a source, and the token’s figures stay', async () => {
    await world.pool.query(`update token set usd = '{"kind": "none", "reason": "No feed."}'`);
    for (const at of [0, 1, 2])
      await world.trade({ provider: `p${at}`, buyer: `b${at}`, price: '2', gpuHours: 1, at: HOUR });
    const rows = await world.figures('price_day', 0, 1);
    expect(find(rows, 'price.settledIndex')).toMatchObject({ num: null, detail: { reason: 'noFeed', inToken: '2' } });
    expect(rows.filter(({ metric }) => metric === 'price.fisher')).toEqual([]);
  });
});

describe('the roller', () => {
  it('makes the same prices day by day as in one go, and again after a late trade', async () => {
    const models = ['H100', 'A100', 'RTX 4090'];
    await world.moveHead(2 * DAY + 50_000);
    for (let day = 0; day < 12; day++) {
      for (const [at, model] of models.entries()) {
        // The second model is away for most of it.
        if (at === 1 && day > 1 && day < 8) continue;
        await sell({ model, usd: `${at + 1}.${10 + ((day * 7 + at) % 10)}`, gpuHours: 10 + day, day });
      }
      await offer({ provider: `late${day}`, price: `${3 + day}`, gpus: 8, at: day * DAY + 9 });
      await world.moveHead(day * DAY + 80_000);
      await world.roll(day);
    }
    const lines = await world.dump();
    expect(lines.filter((line) => line.startsWith('price.fisher'))).toHaveLength(12);
    await sell({ model: 'H100', usd: '9.00', gpuHours: 500, day: 3 });
    await world.roll(3);
    const changed = await world.dump();
    const fisher = (some: readonly string[]) => some.filter((line) => line.startsWith('price.fisher'));
    expect(fisher(changed).filter((line, at) => line !== fisher(lines)[at]).length).toBeGreaterThan(1);
    expect(await world.compare()).toEqual([]);
    expect(await world.dump()).toEqual(changed);
  });
});

async function offer(ask: {
  readonly provider: string;
  readonly price: string;
  readonly gpus: number;
  readonly at: number;
}) {
  const node = toId(`${ask.provider}-0`);
  const [whole, fraction = ''] = ask.price.split('.');
  const amount = `${whole}${fraction.padEnd(6, '0')}`;
  const row = { basis: 'advertised', provider_id: toId(ask.provider), node_id: node, amount };
  await world.insert('price', priceRow(ask.at, row));
  const version = {
    node_id: node,
    height_from: ask.at,
    chain_id: 31_400,
    provider_id: toId(ask.provider),
    active: true,
  };
  await world.insert('node_version', { ...version, gpu_model: 'NVIDIA L40S', gpu_count: ask.gpus });
  await world.insert('block', { chain_id: 31_400, height: ask.at, hash: Buffer.alloc(32), time: toTime(ask.at) });
}

/** A model at one price, by three providers to three buyers. */
async function sell({ model, usd, gpuHours, day }: { model: string; usd: string; gpuHours: number; day: number }) {
  for (const at of [0, 1, 2]) {
    const parties = { provider: `${model}-p${at}`, buyer: `${model}-b${at}` };
    await world.trade({
      ...parties,
      model,
      price: usd,
      gpuHours: gpuHours / (at === 0 ? 2 : 4),
      at: day * DAY + at * 7 * HOUR + 7_000,
    });
  }
}

async function provider(nativeId: string, row: Readonly<Record<string, unknown>>) {
  await world.insert('block', {
    chain_id: 31_400,
    height: 5 + Number(nativeId.slice(1)),
    hash: Buffer.alloc(32),
    time: toTime(5),
  });
  const times = { height: 1, time: toTime(1), last_height: 1, last_time: toTime(1) };
  const id = toId(nativeId);
  await world.insert('provider', { id, network_id: networkId, chain_id: 31_400, native_id: nativeId, ...times });
  await world.insert('provider_version', { provider_id: toId(nativeId), height_from: 1, chain_id: 31_400, ...row });
}

async function remove(providerId: string, buyer: string) {
  const pair = { network_id: networkId, day: firstDay, buyer, provider_id: toId(providerId), reason: 'sameCluster' };
  await world.insert('removed_pair', pair);
}

async function record(kind: string, id: string, { succeeded, attempts }: { succeeded: number; attempts: number }) {
  await world.pool.query('insert into metric_subject (kind, id, network_id) values ($1, $2, $3)', [
    kind,
    id,
    networkId,
  ]);
  await world.pool.query(
    `insert into metric_day (subject_key, metric_key, day, num, den, n)
     select s.subject_key, m.metric_key, $2, $3, $4::int, $4::int from metric_subject s, metric m where s.id = $1 and m.id = 'jobs.success'`,
    [id, firstDay, succeeded, attempts],
  );
}

/** Figures of another family, on the first day. */
async function tellMachines(id: string, figures: Readonly<Record<string, number>>) {
  for (const [name, num] of Object.entries(figures)) {
    await world.pool.query('insert into metric (id, method_version) values ($1, 1)', [`reliability.${name}`]);
    await world.pool.query(
      `insert into metric_day (subject_key, metric_key, day, num, n)
       select s.subject_key, m.metric_key, $2, $3, 1 from metric_subject s, metric m where s.id = $1 and m.id = $4`,
      [id, firstDay, num, `reliability.${name}`],
    );
  }
}

/** Verdict bits of the day's last hour. */
async function hear(name: string, up: bigint) {
  await world.insert('heartbeat_node', { node_id: toId(`${name}-0`), network_id: networkId });
  const all = String(2n ** 60n - 1n);
  await world.pool.query(
    `insert into node_verdict (node_key, hour, up, known, expected)
     select node_key, $2, $3, $4, $4 from heartbeat_node where node_id = $1`,
    [toId(`${name}-0`), firstDay * 24 + 23, String(up), all],
  );
}

async function task(name: string, { node, at, deadline = null }: { node: string; at: number; deadline?: Date | null }) {
  const own = { network_id: networkId, chain_id: 31_400, height: at };
  await world.insert('job', {
    ...own,
    id: toId(name),
    native_id: name,
    status: 'running',
    volume: 1,
    time: toTime(at),
    deadline,
  });
  await step(name, 'attempted', { at, node });
}

async function step(name: string, kind: string, { at, node = null }: { at: number; node?: string | null }) {
  const own = { job_id: toId(name), task_id: toId(`${name}-0`), tx_hash: Buffer.alloc(32) };
  await world.insert('job_step', logRow(at, { ...own, kind, node_id: node === null ? null : toId(node) }));
}

async function reading({ amount, from, seen, until }: { amount: string; from: number; seen: number; until: number }) {
  await world.insert('price_reading', {
    ...{ network_id: networkId, thing: Buffer.alloc(32), day: toTime(from).toISOString().slice(0, 10), amount },
    ...{ probe: 'x', target: 'x', observer: 'x', provider_id: toId('far'), basis: 'advertised', unit: 'hour' },
    ...{ token: `${networkId}:usdx`, source_url: 'https://example.org', valid_until: toTime(until) },
    attributes: JSON.stringify({ gpuModel: 'A100', gpuCount: '2' }),
    ...{ first_seen: toTime(from), last_seen: toTime(seen) },
  });
}
