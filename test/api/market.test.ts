import pg from 'pg';
import { listMarketPoints } from '../../api/domains/market/marketQueries.js';
import { catalogue } from '../../schema/metrics/catalogue.js';
import { listStatements } from './listStatements.js';
import { type OpenApi, openApi } from './openApi.js';
import { at, chainRow, devnet, networkRow, recorded, recordedChainRow, recordedNetworkRow } from './seed.js';

const network = devnet.network;
/** 2026-01-10, a Saturday. */
const day = Date.UTC(2026, 0, 10) / 86_400_000;
const metrics = ['jobs.success', 'economy.gmvUsd', 'reliability.uptime', 'reliability.coverage', 'price.ask'];
const keyOf = (id: string) => metrics.indexOf(id) + 1;
const begins = (days: number) => new Date((day + days) * 86_400_000).toISOString();

interface Series {
  readonly metric: { readonly id: string };
  readonly subject: string;
  readonly network: { readonly id: string };
  readonly reason: string | null;
  readonly points: readonly Readonly<Record<string, unknown>>[];
}

const series =
  '{ series { metric { id } kind subject reason asOfBlock network { id } points { from to value low high numerator denominator samples coverage inProgress reason detail } } }';

describe('market', () => {
  let open: OpenApi;

  beforeAll(async () => {
    open = await openApi({
      chain: [chainRow(), recordedChainRow()],
      network: [networkRow(), recordedNetworkRow()],
      metric: metrics.map((id) => ({ id, method_version: 1 })),
      metric_subject: [
        { kind: 'network', id: network, network_id: network },
        { kind: 'hardware', id: `${network}:gpu:nvidia-h100`, network_id: network },
        { kind: 'region', id: `${network}:region:eu west`, network_id: network },
      ],
      metric_progress: [{ network_id: network, rolled_time: at(30), rolled_height: 77, method_digest: '' }],
      metric_hour: [
        { subject_key: 1, metric_key: keyOf('jobs.success'), hour: day * 24 + 11, num: '1', den: '2', n: 2 },
        { subject_key: 1, metric_key: keyOf('jobs.success'), hour: day * 24 + 12, num: '3', den: '3', n: 3 },
      ],
      metric_day: [
        { subject_key: 1, metric_key: keyOf('jobs.success'), day: day - 9, num: '8', den: '9', n: 9 },
        { subject_key: 1, metric_key: keyOf('jobs.success'), day: day - 5, num: '1', den: '1', n: 1 },
        { subject_key: 1, metric_key: keyOf('jobs.success'), day: day - 3, num: '9', den: '12', n: 12 },
        { subject_key: 1, metric_key: keyOf('jobs.success'), day, num: '4', den: '5', n: 5 },
        {
          ...{ subject_key: 1, metric_key: keyOf('economy.gmvUsd'), day: day - 3, num: '10.50', n: 4 },
          detail: { unpriced: 1, reason: 'no feed' },
        },
        {
          ...{ subject_key: 1, metric_key: keyOf('economy.gmvUsd'), day: day - 2, num: null, n: 2 },
          detail: { unpriced: 2, reason: 'no feed' },
        },
        { subject_key: 1, metric_key: keyOf('economy.gmvUsd'), day: day - 1, num: '2', n: 2 },
        { subject_key: 1, metric_key: keyOf('reliability.uptime'), day: day - 1, num: '1000', den: '1080', n: 1 },
        { subject_key: 1, metric_key: keyOf('reliability.coverage'), day: day - 1, num: '1080', den: '1440', n: 1 },
        { subject_key: 2, metric_key: keyOf('price.ask'), day: day - 1, num: '2.5', n: 3 },
        { subject_key: 3, metric_key: keyOf('reliability.uptime'), day: day - 1, num: '9', den: '10', n: 1 },
      ],
    });
  });

  afterAll(() => open.close());

  async function ask(args: string): Promise<readonly Series[]> {
    return (await open.read<{ market: { series: readonly Series[] } }>(`{ market(${args}) ${series} }`)).market.series;
  }

  const range = `from: "${begins(-5)}", to: "${begins(1)}"`;

  it('is every figure of a network that has a point, each with bounds, evidence and what is not over', async () => {
    const found = await ask(`network: "${network}", ${range}`);
    expect(found.map(({ metric }) => metric.id)).toEqual(
      catalogue.map(({ id }) => id).filter((id) => metrics.slice(0, 4).includes(id)),
    );
    const success = found.find(({ metric }) => metric.id === 'jobs.success');
    expect(success).toMatchObject({ kind: 'network', subject: network, asOfBlock: '77', network: { id: network } });
    // By REL-04: 9 of 12.
    expect(success?.points[1]).toEqual({
      ...{ from: begins(-3), to: begins(-2), value: '0.75', numerator: '9', denominator: '12', samples: '12' },
      ...{ low: '0.467695', high: '0.911058', coverage: null, inProgress: false, reason: null, detail: null },
    });
    expect(success?.points.map(({ from, inProgress }) => [from, inProgress])).toEqual([
      [begins(-5), false],
      [begins(-3), false],
      [begins(0), true],
    ]);
  });

  it('tells how much of a figure is known: minutes that were observed, payments that have a worth', async () => {
    const found = await ask(`network: "${network}", ${range}, metrics: ["economy.gmvUsd", "reliability.uptime"]`);
    const told = found.map(({ metric, points }) => [
      metric.id,
      points.map(({ value, coverage, reason }) => [value, coverage, reason]),
    ]);
    expect(told).toEqual([
      ['reliability.uptime', [['0.925925925926', '0.75', null]]],
      [
        'economy.gmvUsd',
        [
          ['10.5', '0.75', 'no feed'],
          [null, '0', 'no feed'],
          ['2', '1', null],
        ],
      ],
    ]);
  });

  it('has a series for each class of hardware that there are figures of', async () => {
    const { market } = await open.read<{ market: { series: readonly { hardware: string; subject: string }[] } }>(
      `{ market(everyHardware: true, ${range}, metrics: ["price.ask"]) { series { hardware subject points { value } } } }`,
    );
    expect(market.series).toEqual([
      { hardware: 'nvidia-h100', subject: `${network}:gpu:nvidia-h100`, points: [{ value: '2.5' }] },
    ]);
    const { message } = await open.fail('{ market(everyHardware: true, hardware: "h100") { from } }');
    expect(message).toMatch(/^Expected `everyHardware` alone/);
  });

  it.each(['hour', 'week'] as const)('reads the buckets that are asked for alone, by the %s', async (interval) => {
    const client = new pg.Client({ connectionString: open.url });
    await client.connect();
    await client.query('set enable_seqscan = off; set enable_bitmapscan = off');
    const lines: string[] = [];
    const database = {
      async query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
        const { rows } = await client.query(`explain ${sql}`, [...parameters]);
        lines.push(...rows.map((row: { readonly 'QUERY PLAN': string }) => row['QUERY PLAN']));
        return [];
      },
    };
    await listMarketPoints(database, {
      ...{ interval, from: new Date(begins(-9)), to: new Date(begins(0)), subjectKeys: [1] },
      metrics: [{ id: 'jobs.success', isRatio: true, observedBy: null }],
    });
    await client.end();
    const bucket = interval === 'hour' ? 'hour' : 'day';
    const scan = lines.findIndex((line) =>
      new RegExp(`using metric_${bucket}_\\w+ on metric_${bucket} p\\b`).test(line),
    );
    expect(lines[scan + 1]).toMatch(new RegExp(`Index Cond: .*\\b${bucket} >= .*\\b${bucket} <`));
  });

  it('adds days up to weeks from Monday on, and to months', async () => {
    const weeks = await ask(
      `network: "${network}", from: "2025-12-29T00:00:00Z", to: "2026-01-12T00:00:00Z", interval: week, metrics: ["jobs.success", "economy.gmvUsd"]`,
    );
    expect(weeks.map(({ points }) => points)).toMatchObject([
      [
        { from: '2025-12-29T00:00:00.000Z', to: '2026-01-05T00:00:00.000Z', numerator: '8', denominator: '9' },
        {
          from: '2026-01-05T00:00:00.000Z',
          numerator: '14',
          denominator: '18',
          samples: '18',
          inProgress: true,
          detail: { days: 3 },
        },
      ],
      [{ from: '2026-01-05T00:00:00.000Z', value: '12.5', samples: '8', coverage: '0.625' }],
    ]);
    const [months] = await ask(
      `network: "${network}", from: "2026-01-01T00:00:00Z", to: "2026-02-01T00:00:00Z", interval: month, metrics: ["jobs.success"]`,
    );
    expect(months?.points).toMatchObject([
      { from: '2026-01-01T00:00:00.000Z', to: '2026-02-01T00:00:00.000Z', numerator: '22' },
    ]);
    const [hours] = await ask(
      `network: "${network}", from: "${begins(0)}", to: "${begins(1)}", interval: hour, metrics: ["jobs.success"]`,
    );
    expect(hours?.points).toMatchObject([
      { from: '2026-01-10T11:00:00.000Z', value: '0.5', inProgress: false },
      { from: '2026-01-10T12:00:00.000Z', value: '1', inProgress: true },
    ]);
  });

  it('is of a class of hardware however it is written, and of a region in its own words', async () => {
    for (const name of ['nvidia-h100', 'H100 80GB', ' NVIDIA H100 ']) {
      const [found] = await ask(`hardware: "${name}", ${range}`);
      expect(found).toMatchObject({
        kind: 'hardware',
        subject: `${network}:gpu:nvidia-h100`,
        points: [{ value: '2.5' }],
      });
    }
    expect(await ask(`region: "eu west", ${range}`)).toMatchObject([{ kind: 'region', points: [{ value: '0.9' }] }]);
    expect(await ask(`region: "atlantis", ${range}`)).toEqual([]);
    expect(await ask(`hardware: "unknown", ${range}`)).toEqual([]);
  });

  it('says of figures that are asked for by name why there are none', async () => {
    const found = await ask(`networks: ["${recorded.network}"], ${range}, metrics: ["jobs.success", "economy.stake"]`);
    expect(found.map(({ metric, points, reason }) => [metric.id, points, reason])).toEqual([
      ['jobs.success', [], 'jobs are settled off chain.'],
      ['economy.stake', [], null],
    ]);
  });

  it('is of all networks of a protocol, as of the past too', async () => {
    const found = await ask(`protocol: "iexec", ${range}, metrics: ["jobs.success"]`);
    expect(found.map(({ network: one }) => one.id)).toEqual([network]);
    const [past] = await ask(
      `network: "${network}", ${range}, metrics: ["jobs.success"], block: { timestamp: "${begins(-2)}" }`,
    );
    expect(past?.points.map(({ from }) => from)).toEqual([begins(-5), begins(-3)]);
  });

  it('takes two statements however many series there are, and one for their networks', async () => {
    const both = `networks: ["${network}", "${recorded.network}"], ${range}`;
    const few = await listStatements(() => ask(`${both}, metrics: ["jobs.success"]`));
    const many = await listStatements(() => ask(both));
    expect(few).toHaveLength(3);
    expect(many).toHaveLength(3);
  });

  it.each([
    [
      'a class and a region at once',
      'hardware: "nvidia-h100", region: "eu"',
      'BAD_USER_INPUT',
      '`hardware` or `region`, got both',
    ],
    ['a GPU that is none', 'hardware: "abacus"', 'BAD_USER_INPUT', 'Expected a GPU of the catalogue, got "abacus"'],
    ['a metric that is none', 'metrics: ["no.such"]', 'BAD_USER_INPUT', 'got "no.such": see `metrics`'],
    ['a metric of others', 'metrics: ["score.reputation"]', 'BAD_USER_INPUT', 'it is about provider, operator'],
    ['a metric of days by the hour', 'metrics: ["price.ask"], interval: hour', 'BAD_USER_INPUT', 'it has day'],
    ['a metric of windows', 'metrics: ["reliability.windowUptime"]', 'BAD_USER_INPUT', 'ask `metricWindows`'],
    ['days that do not add up', 'metrics: ["price.ask"], interval: week', 'BAD_USER_INPUT', 'days of it do not add up'],
    ['a network that is none', 'network: "nowhere"', 'NETWORK_UNKNOWN', 'got "nowhere": see `networks`'],
    ['a protocol that is none', 'protocol: "nothing"', 'NETWORK_UNKNOWN', 'Expected a protocol that is indexed'],
    [
      'an end before the beginning',
      `from: "${begins(0)}", to: "${begins(-1)}"`,
      'BAD_USER_INPUT',
      '`from` to lie before `to`',
    ],
    [
      'too many points',
      `from: "2010-01-01T00:00:00Z", to: "${begins(0)}"`,
      'TOO_MANY_POINTS',
      'name `metrics` or `networks`',
    ],
    ['a NUL', 'region: "a\\u0000"', 'BAD_USER_INPUT', 'NUL'],
  ])('refuses %s', async (_, args, code, words) => {
    const error = await open.fail(`{ market(${args}) { series { subject } } }`);
    expect(error).toEqual({ code, message: expect.stringContaining(words) });
  });
});

describe('market of an empty database', () => {
  it('has no series', async () => {
    const open = await openApi({});
    try {
      expect(await open.read('{ market { series { subject } } }')).toEqual({ market: { series: [] } });
    } finally {
      await open.close();
    }
  });
});
