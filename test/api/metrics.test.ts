import { catalogue } from '../../schema/metrics/catalogue.js';
import type { MetricDefinition } from '../../schema/metrics/MetricDefinition.js';
import { type OpenApi, openApi } from './openApi.js';
import { at, chainRow, devnet, networkRow, providerRow } from './seed.js';

const network = devnet.network;
const provider = `${network}:0xaa`;
/** 2026-01-10. */
const day = Date.UTC(2026, 0, 10) / 86_400_000;

const getOf = (matches: (metric: MetricDefinition) => boolean): MetricDefinition => {
  const found = catalogue.find(matches);
  if (!found) throw new Error('Expected such a metric in the catalogue, got none.');
  return found;
};
const isDaily = ({ subjects, grains }: MetricDefinition) => subjects.includes('network') && grains.includes('day');
const ratio = getOf((metric) => metric.value === 'ratio' && isDaily(metric));
const computed = getOf((metric) => metric.value === 'computed' && isDaily(metric));

const points =
  '{ kind subject asOfBlock asOfTime points { from to value numerator denominator samples inProgress reason } }';

describe('metrics', () => {
  let open: OpenApi;

  beforeAll(async () => {
    open = await openApi({
      chain: [chainRow()],
      network: [networkRow()],
      provider: [providerRow('0xaa')],
      metric: [ratio, computed].map(({ id, methodVersion }) => ({ id, method_version: methodVersion })),
      metric_subject: [
        { kind: 'network', id: network, network_id: network },
        { kind: 'provider', id: provider, network_id: network },
      ],
      metric_progress: [{ network_id: network, rolled_time: at(30), rolled_height: 77, method_digest: '' }],
      metric_day: [
        { subject_key: 1, metric_key: 1, day: day - 2, num: '1', den: '3', n: 3 },
        { subject_key: 1, metric_key: 1, day: day - 1, num: '0', den: '0', n: 0, detail: { reason: 'no task ended' } },
        { subject_key: 1, metric_key: 1, day, num: '9007199254740993', den: '9007199254740993', n: 2 },
        { subject_key: 1, metric_key: 2, day, num: '2.050000', den: null, n: 7 },
      ],
      score: [{ ...scoreRow(24 * day - 24), score: '88.000000', lost_job_success: '2.000000' }, scoreRow(24 * day)],
    });
  });

  afterAll(() => open.close());

  it('come with the whole catalogue, each with its definition', async () => {
    const { metrics } = await open.read<{ metrics: readonly MetricDefinition[] }>(
      '{ metrics { id title unit subjects grains value definition formula methodVersion sources caveats better } }',
    );
    expect(metrics.map(({ id }) => id)).toEqual(catalogue.map(({ id }) => id));
    expect(await open.read('query ($id: ID!) { metric(id: $id) { id title } }', { id: ratio.id })).toEqual({
      metric: { id: ratio.id, title: ratio.title },
    });
    expect(await open.read('{ metric(id: "no.such") { id } }')).toEqual({ metric: null });
  });

  it('are series whose parts add up, with what is not over marked and no evidence told from zero', async () => {
    const { metricSeries } = await open.read<{ metricSeries: unknown }>(ask(ratio.id, network, points));
    expect(metricSeries).toEqual({
      ...{ kind: 'network', subject: network, asOfBlock: '77', asOfTime: at(30).toISOString() },
      points: [
        expect.objectContaining({ value: '0.333333333333', numerator: '1', denominator: '3', inProgress: false }),
        expect.objectContaining({ value: null, samples: '0', reason: 'no task ended' }),
        {
          ...{ from: '2026-01-10T00:00:00.000Z', to: '2026-01-11T00:00:00.000Z', value: '1', inProgress: true },
          ...{ numerator: '9007199254740993', denominator: '9007199254740993', samples: '2', reason: null },
        },
      ],
    });
    const bounded = `(metric: "${ratio.id}", subject: "${network}", from: "2026-01-09T00:00:00Z", to: "2026-01-10T00:00:00Z")`;
    expect(await open.read(`{ metricSeries${bounded} { points { from } } }`)).toEqual({
      metricSeries: { points: [{ from: '2026-01-09T00:00:00.000Z' }] },
    });
    expect(await open.read(ask(computed.id, network, '{ points { value } }'))).toEqual({
      metricSeries: { points: [{ value: '2.05' }] },
    });
  });

  it('of a subject without any are null, and of a metric that there is not an error that says where to look', async () => {
    expect(await open.read(ask(ratio.id, 'nobody', '{ kind }'))).toEqual({ metricSeries: null });
    expect(await open.fail(ask('no.such', network, '{ kind }'))).toEqual({
      message: 'Expected a metric of the catalogue, got "no.such": see `metrics`.',
      code: 'BAD_USER_INPUT',
    });
    const window = `{ metricSeries(metric: "${ratio.id}", subject: "${network}", grain: window) { kind } }`;
    expect(await open.fail(window)).toMatchObject({ message: expect.stringContaining('got window') });
    const many = `{ metricSeries(metric: "${ratio.id}", subject: "${network}", last: 1001) { kind } }`;
    expect(await open.fail(many)).toMatchObject({ message: expect.stringContaining('from 1 to 1000') });
  });
});

describe('a reputation', () => {
  it('stands beside its history, newest first, and what it costs adds up', async () => {
    const open = await openApi({
      chain: [chainRow()],
      network: [networkRow()],
      provider: [providerRow('0xaa'), providerRow('0xbb')],
      metric_subject: [{ kind: 'provider', id: provider, network_id: network }],
      score: [
        { ...scoreRow(24 * day - 24), subject_key: 1, score: '88.000000', lost_job_success: '10.000000' },
        { ...scoreRow(24 * day), subject_key: 1 },
      ],
    });
    try {
      const part = '{ at score evidence evidenceWeight buyersEffective methodVersion parts { name value pointsLost } }';
      const { providers } = await open.read<{ providers: readonly unknown[] }>(
        `{ providers(orderBy: id, orderDirection: asc) { id score ${part} scoreHistory(first: 2) { at score } } }`,
      );
      expect(providers).toEqual([
        {
          id: provider,
          score: {
            ...{ at: '2026-01-10T00:00:00.000Z', score: '90.000000', evidence: 'fair', evidenceWeight: '42.500000' },
            ...{ buyersEffective: '7.000000', methodVersion: 1 },
            parts: [
              { name: 'availability', value: '0.980000', pointsLost: '1.000000' },
              { name: 'jobSuccess', value: '0.900000', pointsLost: '8.000000' },
              { name: 'promise', value: null, pointsLost: null },
              { name: 'integrity', value: '0.950000', pointsLost: '1.000000' },
            ],
          },
          scoreHistory: [
            { at: '2026-01-10T00:00:00.000Z', score: '90.000000' },
            { at: '2026-01-09T00:00:00.000Z', score: '88.000000' },
          ],
        },
        { id: `${network}:0xbb`, score: null, scoreHistory: [] },
      ]);
    } finally {
      await open.close();
    }
  });
});

function ask(metric: string, subject: string, selection: string): string {
  return `{ metricSeries(metric: "${metric}", subject: "${subject}") ${selection} }`;
}

function scoreRow(hour: number) {
  return {
    ...{ subject_key: 1, hour, method_version: 1, score: '90.000000' },
    ...{ availability: '0.980000', job_success: '0.900000', promise: null, integrity: '0.950000' },
    ...{ lost_availability: '1.000000', lost_job_success: '8.000000', lost_promise: null, lost_integrity: '1.000000' },
    ...{ evidence: 'fair', evidence_weight: '42.500000', buyers_effective: '7.000000', detail: {} },
  };
}
