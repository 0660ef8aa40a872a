import type { OutcomeKind } from '../../schema/metrics/formulas/jobs/Outcome.js';
import { type OpenApi, openApi } from './openApi.js';
import {
  address,
  chainRow,
  devnet,
  networkRow,
  providerRow,
  recorded,
  recordedChainRow,
  recordedNetworkRow,
} from './seed.js';

const network = devnet.network;
const idOf = (name: string) => `${network}:${name}`;
/** 2026-01-10. */
const day = Date.UTC(2026, 0, 10) / 86_400_000;
const hour = 24 * day;
const rolled = new Date(day * 86_400_000);

describe('an operator', () => {
  const operator = `${network}:operator:0xaa`;
  const shared = { account: address('5'), from: day * 86_400 - 3_600 };
  let open: OpenApi;

  beforeAll(async () => {
    open = await openApi({
      chain: [chainRow()],
      network: [networkRow()],
      provider: ['0xaa', '0xbb', '0xcc', '0xdd'].map((name) => providerRow(name)),
      operator_member: [
        memberRow('0xaa', operator, [{ ...shared, reason: 'recipient' }]),
        memberRow('0xbb', operator, [{ ...shared, reason: 'owner' }]),
        memberRow('0xcc', `${network}:operator:0xcc`, []),
      ],
      metric_subject: [
        { kind: 'operator', id: operator, network_id: network },
        { kind: 'provider', id: idOf('0xaa'), network_id: network },
      ],
      score: [
        scoreRow(1, { hour: hour - 24, score: '70.000000' }),
        scoreRow(1, {
          ...{ score: '75.000000', availability: '0.750000' },
          detail: {
            removed: { share: '0.250000' },
            components: [{ name: 'availability', weight: 1, basis: 'prior', inputs: { peers: 9, lower: '0.750000' } }],
          },
        }),
      ],
    });
  });

  afterAll(() => open.close());

  it('is who acts as one, with the act that each link rests on, and has a score of its own', async () => {
    const { provider } = await open.read<{ provider: unknown }>(`{ provider(id: "${idOf('0xbb')}") { operator {
      id memberCount members { provider { id } links { account reason since } }
      score { at score removedShare standing { peers } } scoreHistory(first: 9) { score } } } }`);
    const since = '2026-01-09T23:00:00.000Z';
    expect(provider).toEqual({
      operator: {
        ...{ id: operator, memberCount: 2 },
        members: [
          { provider: { id: idOf('0xaa') }, links: [{ account: address('5'), reason: 'recipient', since }] },
          { provider: { id: idOf('0xbb') }, links: [{ account: address('5'), reason: 'owner', since }] },
        ],
        score: { at: '2026-01-10T00:00:00.000Z', score: '75.000000', removedShare: '0.250000', standing: null },
        scoreHistory: [{ score: '75.000000' }, { score: '70.000000' }],
      },
    });
    expect(await open.read(`{ metricSeries(metric: "score.reputation", subject: "${operator}") { kind } }`)).toEqual({
      metricSeries: { kind: 'operator' },
    });
  });

  it('says what would raise it, of its own inputs alone, and nothing where they are not kept', async () => {
    const { provider } = await open.read<{ provider: { operator: { scoreHistory: readonly unknown[] } } }>(
      `{ provider(id: "${idOf('0xaa')}") { operator { scoreHistory { improvements { kind component points count } } } } }`,
    );
    expect(provider.operator.scoreHistory).toEqual([
      {
        improvements: [
          { kind: 'whole', component: 'availability', points: '25.000000', count: null },
          { kind: 'heartbeats', component: 'availability', points: null, count: null },
          { kind: 'evidence', component: null, points: null, count: 58 },
        ],
      },
      { improvements: [] },
    ]);
  });

  it('is null of a provider that stands alone, and of one that nobody has looked at', async () => {
    const { providers } = await open.read<{ providers: readonly { id: string; operator: { id: string } | null }[] }>(
      '{ providers(orderBy: id, orderDirection: asc) { id operator { id members(first: 1) { provider { id } } } } }',
    );
    expect(providers.map(({ operator: one }) => one?.id ?? null)).toEqual([operator, operator, null, null]);
    expect(
      await open.fail(`{ provider(id: "${idOf('0xaa')}") { operator { members(first: 1001) { provider { id } } } } }`),
    ).toMatchObject({
      message: expect.stringContaining('from 1 to 1000'),
    });
  });
});

describe('where a score stands', () => {
  it('is among those of its network and hour that stand on any evidence, ties half', async () => {
    const rows = [
      { name: '0xaa', score: '90.000000', evidence: 'fair' },
      { name: '0xbb', score: '90.000000', evidence: 'thin' },
      { name: '0xcc', score: '50.000000', evidence: 'strong' },
      { name: '0xdd', score: '99.000000', evidence: 'none' },
      { name: '0xee', score: null, evidence: 'fair' },
      { name: '0xff', score: '95.000000', evidence: 'fair' },
    ];
    const lonely = `${recorded.network}:0xaa`;
    const open = await openApi({
      chain: [chainRow(), recordedChainRow()],
      network: [networkRow(), recordedNetworkRow()],
      provider: [
        ...rows.map(({ name }) => providerRow(name)),
        providerRow('0xaa', { network_id: recorded.network, chain_id: recorded.id }),
      ],
      metric_subject: [
        ...rows.map(({ name }) => ({ kind: 'provider', id: idOf(name), network_id: network })),
        { kind: 'provider', id: lonely, network_id: recorded.network },
        // Operators stand among operators.
        { kind: 'operator', id: `${network}:operator:0xaa`, network_id: network },
      ],
      score: [
        ...rows.map(({ score, evidence }, index) => scoreRow(index + 1, { score, evidence })),
        scoreRow(7),
        scoreRow(8, { score: '1.000000' }),
        scoreRow(3, { hour: hour - 24, score: '50.000000' }),
        scoreRow(6, { hour: hour - 24, score: '10.000000' }),
      ],
    });
    try {
      const standing = '{ percentile peers below equal }';
      const { providers } = await open.read<{ providers: readonly { id: string; score: { standing: unknown } }[] }>(
        `{ providers(orderBy: id, orderDirection: asc) { id score { standing ${standing} } } }`,
      );
      expect(providers.map(({ id, score }) => [id, score.standing])).toEqual([
        [idOf('0xaa'), { percentile: 50, peers: 3, below: 1, equal: 1 }],
        [idOf('0xbb'), { percentile: 50, peers: 3, below: 1, equal: 1 }],
        [idOf('0xcc'), { percentile: 0, peers: 3, below: 0, equal: 0 }],
        [idOf('0xdd'), null],
        [idOf('0xee'), null],
        [idOf('0xff'), { percentile: 100, peers: 3, below: 3, equal: 0 }],
        [lonely, null],
      ]);
      const { provider } = await open.read<{ provider: unknown }>(
        `{ provider(id: "${idOf('0xcc')}") { scoreHistory { standing ${standing} } } }`,
      );
      expect(provider).toEqual({
        scoreHistory: [
          { standing: { percentile: 0, peers: 3, below: 0, equal: 0 } },
          { standing: { percentile: 100, peers: 1, below: 1, equal: 0 } },
        ],
      });
    } finally {
      await open.close();
    }
  });

  it('is told of a hundred times at once, and of more refused with what to do', async () => {
    const open = await openApi({
      chain: [chainRow()],
      network: [networkRow()],
      provider: [providerRow('0xaa')],
      metric_subject: [{ kind: 'provider', id: idOf('0xaa'), network_id: network }],
      score: Array.from({ length: 101 }, (_, index) => scoreRow(1, { hour: hour - 24 * index })),
    });
    const ask = (first: number) =>
      `{ provider(id: "${idOf('0xaa')}") { scoreHistory(first: ${first}) { standing { peers } } } }`;
    try {
      const { provider } = await open.read<{ provider: { scoreHistory: readonly unknown[] } }>(ask(100));
      expect(provider.scoreHistory).toHaveLength(100);
      expect(await open.fail(ask(101))).toEqual({
        message: 'Expected `standing` of scores of at most 100 times in one query, got those of 101: ask in several.',
        code: 'BAD_USER_INPUT',
      });
    } finally {
      await open.close();
    }
  });
});

describe('trades that count for nothing', () => {
  let open: OpenApi;

  beforeAll(async () => {
    open = await openApi({
      chain: [chainRow()],
      network: [networkRow()],
      provider: [providerRow('0xaa'), providerRow('0xbb')],
      removed_pair: [
        removedRow('0xaa', { day: day - 1, buyer: address('1'), reason: 'noHistory' }),
        removedRow('0xaa', { buyer: address('2'), reason: 'sameCluster' }),
        removedRow('0xbb', { buyer: address('1'), reason: 'circulation' }),
      ],
    });
  });

  afterAll(() => open.close());

  const trade = '{ day buyer reason provider { id } }';
  const newest = {
    day: '2026-01-10T00:00:00.000Z',
    buyer: address('2'),
    reason: 'sameCluster',
    provider: { id: idOf('0xaa') },
  };
  const middle = { ...newest, buyer: address('1'), reason: 'circulation', provider: { id: idOf('0xbb') } };
  const oldest = { ...newest, day: '2026-01-09T00:00:00.000Z', buyer: address('1'), reason: 'noHistory' };

  it('are told by network and by provider, with the reason, the newest day first', async () => {
    expect(await open.read(`{ network(id: "${network}") { removedTrades ${trade} } }`)).toEqual({
      network: { removedTrades: [newest, middle, oldest] },
    });
    expect(await open.read(`{ providers(orderBy: id, orderDirection: asc) { removedTrades ${trade} } }`)).toEqual({
      providers: [{ removedTrades: [newest, oldest] }, { removedTrades: [middle] }],
    });
  });

  it('come by the page, within the bounds of every list', async () => {
    const page = (args: string) => `{ network(id: "${network}") { removedTrades(${args}) ${trade} } }`;
    expect(await open.read(page('first: 1, skip: 1'))).toEqual({ network: { removedTrades: [middle] } });
    expect(await open.read(page('first: 9, skip: 3'))).toEqual({ network: { removedTrades: [] } });
    expect(await open.fail(page('first: 1001'))).toMatchObject({ message: expect.stringContaining('from 1 to 1000') });
    expect(await open.fail(page('skip: 5001'))).toMatchObject({ message: expect.stringContaining('from 0 to 5000') });
  });
});

describe('formulas of others', () => {
  it('say why they show nothing, and are none of a network that is not rolled yet', async () => {
    const open = await openApi({
      chain: [chainRow(), recordedChainRow()],
      network: [networkRow(), recordedNetworkRow({ capabilities: { stake: 'Not here.' } })],
      provider: [
        providerRow('0xaa', { active: false }),
        providerRow('0xaa', { network_id: recorded.network, chain_id: recorded.id }),
        providerRow('0xbb', { network_id: recorded.network, chain_id: recorded.id }),
      ],
      metric_progress: [{ network_id: recorded.network, rolled_time: rolled, rolled_height: 1, method_digest: '' }],
      task_outcome: (['failed', 'cancelled'] as const).map((kind, index) => outcomeRow(kind, index)),
    });
    try {
      const { providers } = await open.read<{
        providers: readonly {
          otherFormulas: readonly { id: string; value: string | null; reason: string | null; inputs: unknown[] }[];
        }[];
      }>(
        '{ providers(first: 3, orderBy: id, orderDirection: asc) { otherFormulas { id value reason inputs { name value } } } }',
      );
      const [unrolled, failed, idle] = providers.map(({ otherFormulas }) => otherFormulas);
      expect(unrolled).toEqual([]);
      for (const { value, reason, inputs } of idle ?? [])
        expect([value, typeof reason, inputs]).toEqual([null, 'string', []]);
      expect(Object.fromEntries((failed ?? []).map(({ id, value, reason }) => [id, value ?? reason]))).toEqual({
        'iexec.score': '0',
        'golem.score': '0.000000',
        'golem.blacklist': 'All of the network did equally well in the last three days: there is no deviation.',
        // Whoever never succeeded has nothing that took any time.
        'livepeer.ai': '0.000000',
        'livepeer.transcoding': 'It takes how long a segment of video plays, and no network here records that.',
        'livepeer.selection': 'The network records no stake.',
        'runpod.uptime': expect.stringContaining('heartbeats'),
        'akash.uptime': expect.stringContaining('heartbeats'),
        eigentrust: 'It takes a set of parties that are trusted beforehand, and nobody appoints any here.',
      });
    } finally {
      await open.close();
    }
  });

  it('are asked of twenty providers at once, and of more refused with what to do', async () => {
    const open = await openApi({
      chain: [chainRow()],
      network: [networkRow()],
      provider: Array.from({ length: 21 }, (_, index) => providerRow(`0x${index}`)),
    });
    try {
      await open.read('{ providers(first: 20) { otherFormulas { id } } }');
      expect(await open.fail('{ providers(first: 21) { otherFormulas { id } } }')).toEqual({
        message: 'Expected `otherFormulas` of at most 20 providers in one query, got those of 21: ask in several.',
        code: 'BAD_USER_INPUT',
      });
    } finally {
      await open.close();
    }
  });
});

function memberRow(name: string, operator: string, links: readonly unknown[]) {
  return { provider_id: idOf(name), network_id: network, operator_id: operator, links: JSON.stringify(links) };
}

function removedRow(provider: string, more: Readonly<Record<string, unknown>>) {
  return { network_id: network, day, provider_id: idOf(provider), ...more };
}

function scoreRow(subjectKey: number, more: Readonly<Record<string, unknown>> = {}) {
  return {
    ...{ subject_key: subjectKey, hour, method_version: 1, score: '90.000000', evidence: 'fair' },
    ...{ evidence_weight: '42.500000', detail: {} },
    ...more,
  };
}

function outcomeRow(kind: OutcomeKind, index: number) {
  return {
    ...{ job_id: 'job', task_id: `task${index}`, part: 0, network_id: recorded.network, chain_id: recorded.id },
    ...{ provider_id: `${recorded.network}:0xaa`, kind, derived: false, hardware: 'unknown' },
    known_from: new Date(rolled.getTime() - 3_600_000),
  };
}
