import { readFile } from 'node:fs/promises';
import { mechanismMetricIds, mechanismParts } from '../../api/domains/mechanisms/parts.js';
import { findMetric } from '../../schema/metrics/catalogue.js';
import { listStatements } from './listStatements.js';
import { type OpenApi, openApi } from './openApi.js';
import {
  at,
  chainRow,
  devnet,
  emptyNetworks,
  networkRow,
  recorded,
  recordedChainRow,
  recordedNetworkRow,
} from './seed.js';

const network = devnet.network;
/** 2026-01-10, within which the network is rolled up to 12:30. */
const day = Date.UTC(2026, 0, 10) / 86_400_000;
const metrics = [
  'mechanisms.verifiedShare',
  'mechanisms.disputeRate',
  'mechanisms.capacityByRegion',
  'mechanisms.joins',
];
const keyOf = (id: string) => metrics.indexOf(id) + 1;
const begins = (days: number) => new Date((day + days) * 86_400_000).toISOString();

interface Figure {
  readonly metric: { readonly id: string };
  readonly value: string | null;
  readonly reason: string | null;
  readonly samples: string;
}

const figure =
  'fragment figure on MechanismFigure { metric { id } from to value low high samples reason detail window { from to days value low high numerator denominator samples } }';
const all = Object.entries(mechanismParts).map(
  ([part, { figures }]) =>
    `${part} { ${Object.keys(figures)
      .map((name) => `${name} { ...figure }`)
      .join(' ')} }`,
);

describe('mechanisms', () => {
  let open: OpenApi;

  beforeAll(async () => {
    open = await openApi({
      chain: [chainRow(), recordedChainRow()],
      network: [networkRow(), recordedNetworkRow()],
      metric: metrics.map((id) => ({ id, method_version: 1 })),
      metric_subject: [{ kind: 'network', id: network, network_id: network }],
      metric_progress: [{ network_id: network, rolled_time: at(30), rolled_height: 77, method_digest: '' }],
      metric_day: [
        { subject_key: 1, metric_key: keyOf('mechanisms.verifiedShare'), day: day - 31, num: '5', den: '5', n: 5 },
        { subject_key: 1, metric_key: keyOf('mechanisms.verifiedShare'), day: day - 30, num: '1', den: '3', n: 1 },
        { subject_key: 1, metric_key: keyOf('mechanisms.verifiedShare'), day: day - 1, num: '2', den: '3', n: 2 },
        { subject_key: 1, metric_key: keyOf('mechanisms.verifiedShare'), day, num: '9', den: '9', n: 9 },
        { subject_key: 1, metric_key: keyOf('mechanisms.disputeRate'), day: day - 1, num: '3', den: '12', n: 12 },
        {
          ...{ subject_key: 1, metric_key: keyOf('mechanisms.capacityByRegion'), day: day - 1, num: '5000', n: 2 },
          detail: { top: 'eu' },
        },
        { subject_key: 1, metric_key: keyOf('mechanisms.joins'), day: day - 3, num: '2', n: 2 },
      ],
    });
  });

  afterAll(() => open.close());

  async function ask(id: string): Promise<Readonly<Record<string, Readonly<Record<string, Figure>>>>> {
    const query = `query ($id: ID!) { mechanisms(network: $id) { ${all.join(' ')} } } ${figure}`;
    return (await open.read<{ mechanisms: Readonly<Record<string, Readonly<Record<string, Figure>>>> }>(query, { id }))
      .mechanisms;
  }

  it('are told by the last day that is over and thirty days up to it, with bounds where trials have them', async () => {
    const { verification, spread, participation } = await ask(network.toUpperCase());
    expect(verification?.verifiedShare).toEqual({
      ...{ metric: { id: 'mechanisms.verifiedShare' }, from: begins(-1), to: begins(0), value: '0.666666666667' },
      ...{ low: null, high: null, samples: '2', reason: null, detail: null },
      window: {
        ...{ from: begins(-30), to: begins(0), days: 2, value: '0.5', low: null, high: null },
        ...{ numerator: '3', denominator: '6', samples: '3' },
      },
    });
    expect(verification?.disputeRate).toMatchObject({
      value: '0.25',
      low: '0.088942',
      high: '0.532305',
      samples: '12',
    });
    expect(spread?.capacityByRegion).toMatchObject({
      value: '5000',
      detail: { top: 'eu' },
      window: { days: 1, value: null },
    });
    expect(participation?.joins).toMatchObject({
      ...{ value: null, samples: '0', reason: 'Nothing that it could be made of happened that day.' },
      window: { days: 1, value: '2' },
    });
  });

  it('are null with the protocol’s own word where it does not record them, and never zero', async () => {
    const parts = await ask(recorded.network);
    const figures = Object.values(parts).flatMap((part) => Object.values(part));
    expect(figures.map(({ metric }) => metric.id).sort()).toEqual([...mechanismMetricIds].sort());
    expect(
      figures.filter(({ value, reason, samples }) => value !== null || reason === null || samples !== '0'),
    ).toEqual([]);
    expect(parts.verification?.verifiedShare?.reason).toBe('payout are settled off chain.');
    expect(parts.incentives?.stake?.reason).toBe('No day is rolled up yet.');
  });

  it('are figures of the catalogue about networks by the day', () => {
    for (const id of mechanismMetricIds) {
      const metric = findMetric(id);
      expect([id, metric?.subjects.includes('network'), metric?.grains.includes('day')]).toEqual([id, true, true]);
    }
  });

  it('take one statement for the network and one for all figures', async () => {
    expect(await listStatements(() => ask(network))).toHaveLength(2);
    expect(
      await listStatements(() =>
        open.read(`{ mechanisms(network: "${network}") { network { id } spread { washShare { value } } } }`),
      ),
    ).toHaveLength(2);
  });

  it('are as they were at a moment of the past', async () => {
    const past = await open.read(
      `{ mechanisms(network: "${network}", block: { timestamp: "${begins(-2)}" }) { participation { joins { value from } } } }`,
    );
    expect(past).toEqual({ mechanisms: { participation: { joins: { value: '2', from: begins(-3) } } } });
  });

  it('are nothing of a network that is not indexed, and refuse what is no id', async () => {
    expect(await open.read('{ mechanisms(network: "nowhere") { spread { washShare { value } } } }')).toEqual({
      mechanisms: null,
    });
    expect((await open.fail('{ mechanisms(network: "a\\u0000") { network { id } } }')).code).toBe('BAD_USER_INPUT');
    const empty = await openApi(emptyNetworks);
    try {
      expect(
        await empty.read(
          `{ mechanisms(network: "${network}") { spread { washShare { value reason window { days } } } } }`,
        ),
      ).toEqual({
        mechanisms: { spread: { washShare: { value: null, reason: 'No day is rolled up yet.', window: null } } },
      });
    } finally {
      await empty.close();
    }
  });
});

describe('docs/lineage.md', () => {
  it('shows queries that can be asked as they stand', async () => {
    const open = await openApi(emptyNetworks);
    try {
      const text = await readFile('docs/lineage.md', 'utf8');
      const queries = [...text.matchAll(/```graphql\n([\s\S]*?)```/g)].map(([, query]) => query ?? '');
      expect(queries).toHaveLength(4);
      for (const query of queries) expect(await open.read(query)).toBeTruthy();
    } finally {
      await open.close();
    }
  });
});
