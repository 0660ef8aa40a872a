import { catalogue } from '../../schema/metrics/catalogue.js';
import type { MetricDefinition } from '../../schema/metrics/MetricDefinition.js';
import { createTestApi, type OpenApi, openApi } from './openApi.js';
import { at, chainRow, devnet, networkRow, providerRow, seed } from './seed.js';

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
      window_end: [{ network_id: network, to_hour: 24 * day, members: '0' }],
      uptime_window: [windowRow(1, { up: 1_368, known: 1_440 }), windowRow(7, { up: 0, known: 0 })],
      score: [
        scoreRow(24 * day - 24, { subject_key: 2, score: '88.000000', lost_job_success: '10.000000' }),
        scoreRow(24 * day, {
          subject_key: 2,
          detail: { removed: { share: '0.250000' }, costToMove: '9007199254740993' },
        }),
        scoreRow(24 * day + 5, { subject_key: 2, score: null, promise: null }),
      ],
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

  it('are series of scores too, of each day as it ended and of today so far', async () => {
    const { metricSeries } = await open.read<{ metricSeries: unknown }>(ask('score.reputation', provider, points));
    const begins = (date: number) => new Date((day + date) * 86_400_000).toISOString();
    expect(metricSeries).toEqual({
      ...{ kind: 'provider', subject: provider, asOfBlock: '77', asOfTime: at(30).toISOString() },
      points: [
        expect.objectContaining({ from: begins(-2), to: begins(-1), value: '88', inProgress: false }),
        expect.objectContaining({ from: begins(-1), to: begins(0), value: '90', samples: '42', inProgress: false }),
        expect.objectContaining({ from: begins(0), to: begins(1), value: null, inProgress: true }),
      ],
    });
    const read = (id: string) => open.read(ask(id, provider, '{ points { value } }'));
    const values = (...list: readonly (string | null)[]) => ({
      metricSeries: { points: list.map((value) => ({ value })) },
    });
    expect(await read('score.jobSuccess')).toEqual(values('0.9', '0.9', '0.9'));
    expect(await read('score.removedShare')).toEqual(values(null, '0.25', null));
    expect(await read('score.costToMove')).toEqual(values(null, '9007199254740993', null));
    const bounded = `(metric: "score.reputation", subject: "${provider}", from: "${begins(-1)}", to: "${begins(0)}")`;
    expect(await open.read(`{ metricSeries${bounded} { points { from } } }`)).toEqual({
      metricSeries: { points: [{ from: begins(-1) }] },
    });
  });

  it('of windows are told with what they rest on, and without evidence have no figure', async () => {
    const figures = 'days to nodes known coverage uptime uptimeWithoutMaintenance lower mtbfSeconds mttrSeconds';
    expect(await open.read(`{ metricWindows(subject: "${provider}") { ${figures} longestOutageSeconds } }`)).toEqual({
      metricWindows: [
        {
          ...{ days: 1, to: '2026-01-10T00:00:00.000Z', nodes: 1, known: '1440', coverage: 1, uptime: 0.95 },
          ...{ uptimeWithoutMaintenance: 0.95, lower: '0.900000', longestOutageSeconds: 4_320 },
          ...{ mtbfSeconds: 82_080, mttrSeconds: 4_320 },
        },
        expect.objectContaining({
          days: 7,
          coverage: 0,
          uptime: null,
          uptimeWithoutMaintenance: null,
          mttrSeconds: null,
        }),
      ],
    });
    expect(await open.read('{ metricWindows(subject: "nobody") { days } }')).toEqual({ metricWindows: [] });
  });

  it('of windows have bounds of the time between failures, which without one go down from a single side', async () => {
    // REL-09: 714 hours up of 720, an outage open; and 720 hours without any.
    await seed(open.url, {
      metric_subject: [{ kind: 'node', id: 'beats', network_id: network }],
      uptime_window: [
        {
          ...{ ...windowRow(30, { up: 42_840, known: 43_200 }), subject_key: 3, failures: 3, repairs: 2 },
          ...{ repaired_down: 120, outage_down: 360, longest_down: 240 },
        },
        { ...windowRow(90, { up: 43_200, known: 43_200 }), subject_key: 3 },
        { ...windowRow(7, { up: 0, known: 43_200 }), subject_key: 3, repairs: 0, repaired_down: 0 },
      ],
    });
    const figures =
      'days failures repairs mtbfSeconds mtbfLowerSeconds mtbfUpperSeconds mttrSeconds mttrExposureSeconds';
    const { metricWindows } = await open.read<{ metricWindows: readonly unknown[] }>(
      `{ metricWindows(subject: "beats") { ${figures} } }`,
    );
    expect(metricWindows).toEqual([
      {
        ...{ days: 7, failures: 1, repairs: 0, mtbfSeconds: null, mtbfLowerSeconds: null, mtbfUpperSeconds: null },
        ...{ mttrSeconds: null, mttrExposureSeconds: null },
      },
      {
        ...{
          days: 30,
          failures: 3,
          repairs: 2,
          mtbfSeconds: 238 * 3_600,
          mttrSeconds: 3_600,
          mttrExposureSeconds: 10_800,
        },
        mtbfLowerSeconds: expect.closeTo(81.43923364998885 * 3_600, 3),
        mtbfUpperSeconds: expect.closeTo(1154.0846493264169 * 3_600, 3),
      },
      {
        ...{ days: 90, failures: 0, repairs: 0, mtbfSeconds: null, mttrSeconds: null, mttrExposureSeconds: null },
        mtbfLowerSeconds: expect.closeTo(240.3419045006405 * 3_600, 3),
        mtbfUpperSeconds: null,
      },
    ]);
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

describe('an explanation of a reputation', () => {
  const cause = {
    kind: 'outcome',
    at: 1_767_960_000,
    evidenceIds: ['31337-5-1'],
    taskId: 'no-task',
    what: 'failed',
  } as const;
  const asked: unknown[] = [];
  let open: OpenApi;

  beforeAll(async () => {
    open = await openApi(
      {
        chain: [chainRow()],
        network: [networkRow()],
        provider: [providerRow('0xaa')],
        metric_subject: [{ kind: 'provider', id: provider, network_id: network }],
        score: [scoreRow(24 * day - 24, { score: '88.000000' }), scoreRow(24 * day)],
      },
      async (question) => {
        asked.push(question);
        return {
          ...{ subject: provider, kind: 'provider', from: question.from * 3_600, to: question.to * 3_600 },
          ...{ before: '88.000000', after: '90.000000', points: '2.000000' },
          components: [{ name: 'jobSuccess', points: '2.000000' }],
          causes: [
            { ...cause, component: 'jobSuccess', points: '-0.500000' },
            {
              kind: 'aging',
              at: null,
              evidenceIds: [],
              taskId: null,
              what: null,
              component: 'jobSuccess',
              points: '2.500000',
            },
          ],
        };
      },
    );
  });

  afterAll(() => open.close());

  const explain = (from: string, to: string, who = provider) =>
    `{ scoreExplanation(provider: "${who}", from: "${from}", to: "${to}") {
      from to before after points causeCount parts { name points }
      causes(first: 1) { component kind what at points evidence taskId jobId } } }`;

  it('is between the scores that were kept by then, the heaviest cause first', async () => {
    expect(await open.read(explain('2026-01-09T11:00:00Z', '2026-01-10T04:00:00Z'))).toEqual({
      scoreExplanation: {
        ...{
          from: '2026-01-09T00:00:00.000Z',
          to: '2026-01-10T00:00:00.000Z',
          before: '88.000000',
          after: '90.000000',
        },
        ...{ points: '2.000000', causeCount: 2, parts: [{ name: 'jobSuccess', points: '2.000000' }] },
        causes: [
          {
            ...{ component: 'jobSuccess', kind: 'aging', what: null, at: null, points: '2.500000', evidence: [] },
            ...{ taskId: null, jobId: null },
          },
        ],
      },
    });
    expect(asked).toEqual([{ networkId: network, providerId: provider, from: 24 * day - 24, to: 24 * day }]);
  });

  it('is null where there was no score, and says what is wrong with a question', async () => {
    const none = { scoreExplanation: null };
    expect(await open.read(explain('2026-01-01T00:00:00Z', '2026-01-10T00:00:00Z'))).toEqual(none);
    expect(await open.read(explain('2026-01-09T00:00:00Z', '2026-01-10T00:00:00Z', 'nobody'))).toEqual(none);
    for (const [from, to] of [
      ['2026-01-10T00:00:00Z', '2026-01-09T00:00:00Z'],
      ['2025-01-01T00:00:00Z', '2026-01-10T00:00:00Z'],
    ] as const)
      expect(await open.fail(explain(from, to))).toMatchObject({
        ...{ code: 'BAD_USER_INPUT', message: expect.stringContaining('from 0 to 366 days after') },
      });
  });

  it('costs what it asks for, and is refused in words by a server that knows none', async () => {
    const [from, to] = ['2026-01-09T00:00:00Z', '2026-01-10T00:00:00Z'];
    const costly = Array.from({ length: 12 }, (_, index) => `c${index}: causes(first: 1000) { kind }`).join(' ');
    const query = `{ scoreExplanation(provider: "${provider}", from: "${from}", to: "${to}") { ${costly} } }`;
    expect((await open.fail(query)).code).toBe('QUERY_TOO_COSTLY');
    const without = await createTestApi(open.url);
    try {
      const { errors } = await without.execute(explain(from, to));
      expect(errors?.[0]?.message).toMatch(/^Expected a server that explains scores/);
    } finally {
      await without.close();
    }
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

function windowRow(days: number, slots: { readonly up: number; readonly known: number }) {
  const down = slots.known - slots.up;
  const outages = down > 0 ? 1 : 0;
  return {
    ...{ subject_key: 2, days, nodes: 1, expected: 1_440, maintenance: 0, maintenance_up: 0 },
    ...{ ...slots, failures: outages, repairs: outages, repaired_down: down, outage_down: down, longest_down: down },
    ...{ effective_n: null, lower: outages ? '0.900000' : null, upper: null },
  };
}

function scoreRow(hour: number, more: Readonly<Record<string, unknown>> = {}) {
  return {
    ...{ subject_key: 1, hour, method_version: 1, score: '90.000000' },
    ...{ availability: '0.980000', job_success: '0.900000', promise: null, integrity: '0.950000' },
    ...{ lost_availability: '1.000000', lost_job_success: '8.000000', lost_promise: null, lost_integrity: '1.000000' },
    ...{ evidence: 'fair', evidence_weight: '42.500000', buyers_effective: '7.000000', detail: {} },
    ...more,
  };
}
