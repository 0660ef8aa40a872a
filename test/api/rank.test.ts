import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { boundSuccess } from '../../schema/metrics/formulas/rank/boundSuccess.js';
import { listStatements } from './listStatements.js';
import { createTestApi, type OpenApi, openApi } from './openApi.js';
import { devnet, emptyNetworks, execute, id, recorded, recordedId, seed } from './seed.js';
import { makePartitions } from './seedHeartbeats.js';
import { heardSeed, minutesAgo, NOW, rankingSeed } from './seedRanking.js';

/** Only the clock is ours: sockets go on as they do. */
const timers = [
  ...(['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'setImmediate', 'clearImmediate'] as const),
  ...(['nextTick', 'queueMicrotask', 'hrtime', 'performance'] as const),
];
jest.useFakeTimers({ now: new Date(NOW), doNotFake: timers });

interface Reason {
  readonly code: string;
  readonly sentence: string;
  readonly expected: string | null;
  readonly got: string | null;
}
interface Ranking {
  readonly totalCount: number;
  readonly nodes: readonly Record<string, unknown>[];
  readonly [group: string]: unknown;
}

let open: OpenApi;
beforeAll(async () => {
  open = await openApi(rankingSeed);
  await makePartitions(open.url);
  await seed(open.url, heardSeed);
});
afterAll(() => open.close());

const leftOut = '{ id reasons { code sentence expected got } }';
const counts = 'totalCount rankedCount excludedCount offlineCount notEnoughDataCount';
const query = `query Rank($workload: Workload!, $first: Int, $after: String, $leftOutAfter: ID) {
  rankProviders(workload: $workload, first: $first, after: $after, leftOutAfter: $leftOutAfter) {
    ${counts} formula
    nodes {
      rank id cursor rankedBy expectedCostPerSuccessfulHour expectedCostPerSuccessfulHourInToken totalCost totalCostInToken
      totalPrice totalCostWithRestarts
      price { basis usd inToken } advertised { usd samples at probed token { symbol } } bid { usd samples } settled { usd samples at }
      success { lower basis attemptsLower scoreLower attempts succeeded days ofDays }
      availability { lower effectiveN coverage nodes to } score evidence scoredAt
      capacity { machines gpus onlineGpus freeGpus availableNow models regions } provider { name }
    }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    excluded ${leftOut} offline ${leftOut} notEnoughData ${leftOut} reasonCounts { code group providers }
  }
}`;

async function rank(workload: object, page: object = {}): Promise<Ranking> {
  const { rankProviders } = await open.read<{ rankProviders: Ranking }>(query, { workload, first: 20, ...page });
  return rankProviders;
}
const idsOf = (rows: unknown) => (rows as readonly { readonly id: string }[]).map((row) => row.id);
const reasonsOf = (ranking: Ranking, group: string, name: string) =>
  (ranking[group] as readonly { readonly id: string; readonly reasons: readonly Reason[] }[]).find(
    (row) => row.id === id(name),
  )?.reasons;

describe('a ranking of providers', () => {
  it('is by the cost of an hour that succeeds, with all that it is made of', async () => {
    const { nodes } = await rank({ model: 'NVIDIA-H100', gpuCount: 4, hours: '10' });
    expect(idsOf(nodes)).toEqual([id('steady'), id('cheap')]);
    const bound = boundSuccess({ attempts: 100, succeeded: 98, scoreLower: '0.950000', evidence: 'strong' });
    const [steady, cheap] = nodes;
    // 2 DEV at half a USD, over the lower of the two bounds.
    const cost = 1 / Number(bound?.lower);
    expect(bound?.basis).toBe('attempts');
    expect(steady).toMatchObject({
      ...{ rank: 1, rankedBy: 'USD', provider: { name: 'steady' }, totalPrice: '40' },
      price: { basis: 'advertised', usd: '1', inToken: '2' },
      advertised: { usd: '1', samples: 1, at: minutesAgo(600).toISOString(), probed: false, token: { symbol: 'DEV' } },
      // The middle of three: the fourth was agreed on with itself.
      settled: { usd: '1.2', samples: 3, at: minutesAgo(60).toISOString() },
      bid: { usd: '0.9', samples: 1 },
      success: { ...bound, attempts: 100, succeeded: 98, days: 1, ofDays: 30 },
      availability: {
        ...{ lower: '0.990', effectiveN: '900.5', coverage: 86_200 / 86_400, nodes: 2, to: '2026-03-10T14:00:00.000Z' },
      },
      ...{ score: '91.500000', evidence: 'strong', scoredAt: '2026-03-10T14:00:00.000Z' },
      capacity: {
        ...{ machines: 1, gpus: 8, onlineGpus: 8, freeGpus: 8, availableNow: true },
        ...{ models: ['nvidia-h100'], regions: ['eu-west'] },
      },
    });
    expect(Number(steady?.expectedCostPerSuccessfulHour)).toBeCloseTo(cost, 12);
    expect(Number(steady?.expectedCostPerSuccessfulHourInToken)).toBeCloseTo(2 * cost, 12);
    expect(Number(steady?.totalCost)).toBeCloseTo(40 * cost, 10);
    expect(Number(steady?.totalCostInToken)).toBeCloseTo(80 * cost, 10);
    // Ten outages in 1,433 hours: ten hours at the lower bound of 78 between two, and twenty minutes for each.
    expect(Number(steady?.totalCostWithRestarts)).toBeGreaterThan(40 * (10 / 143));
    expect(Number(steady?.totalCostWithRestarts)).toBeLessThan(60);
    expect(cheap).toMatchObject({
      ...{ price: { usd: '0.75' }, success: { lower: '0.450000', basis: 'score' } },
      capacity: { gpus: 8, freeGpus: 0, availableNow: false },
    });
  });

  it('drops nobody: all others stand in a group, with every reason', async () => {
    const ranking = await rank({ model: 'nvidia-h100' });
    expect(ranking).toMatchObject({
      ...{ totalCount: 7, rankedCount: 2, excludedCount: 1, offlineCount: 1, notEnoughDataCount: 3 },
    });
    expect(idsOf(ranking.offline)).toEqual([id('away')]);
    expect(idsOf(ranking.excluded)).toEqual([recordedId('orchestrator')]);
    expect(idsOf(ranking.notEnoughData)).toEqual(['new', 'tasks', 'wash'].map(id));
    expect(reasonsOf(ranking, 'offline', 'away')?.map(({ code }) => code)).toEqual(['OFFLINE']);
    expect(reasonsOf(ranking, 'notEnoughData', 'wash')?.map(({ code }) => code)).toEqual(['NO_INDEPENDENT_EVIDENCE']);
    expect(reasonsOf(ranking, 'notEnoughData', 'new')?.map(({ code }) => code)).toEqual(['NO_PRICE', 'NO_ATTEMPTS']);
    expect(reasonsOf(ranking, 'notEnoughData', 'tasks')).toEqual([
      {
        ...{ code: 'NOT_PRICED_BY_GPU_HOUR', expected: 'GPU-hour', got: 'task' },
        sentence: 'It is priced by something else than the GPU-hour. Wanted: GPU-hour; has: task.',
      },
    ]);
    expect(ranking.reasonCounts).toContainEqual({ code: 'OFFLINE', group: 'offline', providers: 1 });
  });

  it('says in the words of its network what that does not record', async () => {
    const ranking = await rank({ networks: [recorded.network.toUpperCase()], minVramGb: 8 });
    const [only] = ranking.excluded as readonly { readonly reasons: readonly Reason[] }[];
    expect(only?.reasons.map(({ code }) => code)).toEqual([
      ...['RECORDED_HISTORY', 'HARDWARE_NOT_RECORDED', 'PRICE_NOT_RECORDED', 'JOBS_NOT_RECORDED'],
    ]);
    expect(only?.reasons[2]?.sentence).toBe('The protocol does not record prices. price are settled off chain.');
  });

  it.each<[object, string, string | null, string | null]>([
    [{ minVramGb: 100 }, 'NOT_ENOUGH_VRAM', '100 GiB', '40 GiB, 80 GiB'],
    [{ model: 'nvidia-l4' }, 'WRONG_MODEL', 'nvidia-l4', 'nvidia-a100, nvidia-h100'],
    [{ regionsIn: ['Asia'] }, 'WRONG_REGION', 'asia', 'eu-west, us-east'],
    [{ regionsOut: ['eu', 'us'] }, 'WRONG_REGION', 'not eu, us', 'eu-west, us-east'],
    [{ gpuCount: 17 }, 'TOO_FEW_GPUS', '17', '16'],
    [{ maxPrice: '0.5' }, 'PRICE_ABOVE', '0.5', '1'],
    [{ minSuccess: '0.99' }, 'SUCCESS_BELOW', '0.99', '0.929988'],
  ])('excludes by %j', async (workload, code, expected, got) => {
    const ranking = await rank(workload);
    expect(reasonsOf(ranking, 'excluded', 'steady')?.[0]).toMatchObject({ code, expected, got });
  });

  it('takes the memory that a machine reports for what its vendor names, and a region for its parts', async () => {
    const { nodes } = await rank({ minVramGb: 80, regionsIn: ['EU'], networks: [devnet.network] });
    expect(nodes.map(({ capacity }) => capacity)).toEqual([
      expect.objectContaining({ models: ['nvidia-h100'], gpus: 8 }),
      expect.objectContaining({ models: ['nvidia-h100'] }),
    ]);
  });

  it('is read page by page, each row once, and its groups likewise', async () => {
    const workload = { model: 'nvidia-h100' };
    const first = await rank(workload, { first: 1 });
    const { endCursor } = first.pageInfo as { endCursor: string };
    expect(first).toMatchObject({ rankedCount: 2, pageInfo: { hasNextPage: true, hasPreviousPage: false } });
    const second = await rank(workload, { first: 1, after: endCursor, leftOutAfter: id('new') });
    expect(second).toMatchObject({
      ...{ rankedCount: 2, nodes: [{ id: id('cheap'), rank: 2 }], notEnoughData: [{ id: id('tasks') }] },
      pageInfo: { hasNextPage: false, hasPreviousPage: true },
    });
    expect(await fail({ workload: {}, after: endCursor })).toMatchObject({ code: 'CURSOR_MISMATCH' });
    expect(await fail({ workload, after: 'bm8' })).toMatchObject({ code: 'BAD_CURSOR' });
  });

  it('asks no more statements for more providers', async () => {
    const statements = await listStatements(() => rank({ model: 'nvidia-h100' }));
    // Markets, records, machines, asks, bids; who is heard, and what of it could be; tokens; trades of those without an ask, and of
    // the rows; and the providers of the rows.
    expect(statements.length).toBeLessThanOrEqual(12);
    const bare = await listStatements(() => open.read('{ rankProviders(workload: {}) { rankedCount } }'));
    expect(bare.length).toBeLessThanOrEqual(11);
  });

  it('of a moment reads the providers once, whatever workloads are asked for', async () => {
    const api = await createTestApi(open.url, { snapshotMs: 60_000 });
    const workloads = [{ model: 'nvidia-h100' }, { minVramGb: 24 }];
    const askAll = async () => {
      const answers = [];
      for (const workload of workloads) answers.push(await api.execute(query, { workload, first: 20 }));
      return answers.map(({ data }) => JSON.parse(JSON.stringify(data)).rankProviders);
    };
    try {
      await askAll();
      const answers: unknown[] = [];
      const statements = await listStatements(async () => void answers.push(...(await askAll())));
      // Each: markets, trades of the rows, providers and tokens of the rows.
      expect(statements.length).toBeLessThanOrEqual(8);
      expect(answers).toEqual([await rank(workloads[0] ?? {}), await rank(workloads[1] ?? {})]);
    } finally {
      await api.close();
    }
  });

  it('is of the past, too: of who was there nothing is known then', async () => {
    await execute(
      open.url,
      `insert into block (chain_id, height, hash, parent_hash, time)
       values (${devnet.id}, 50, '\\x05', '\\x04', '2026-03-10T13:00:00Z'), (${devnet.id}, 100, '\\x0a', '\\x09', '2026-03-10T14:25:00Z')`,
    );
    const { rankProviders } = await open.read<{ rankProviders: Ranking }>(
      `{ rankProviders(workload: { model: "nvidia-h100", networks: ["${devnet.network}"] }, block: { number: "50" }) {
        nodes { id price { usd } settled { usd } score capacity { onlineGpus freeGpus availableNow } } offlineCount } }`,
    );
    expect(idsOf(rankProviders.nodes).sort()).toEqual(['away', 'cheap', 'steady', 'wash'].map(id));
    for (const node of rankProviders.nodes) {
      // The trades came later, and so did the scores.
      expect(node).toMatchObject({ settled: null, score: null });
      expect(node.capacity).toEqual({ onlineGpus: null, freeGpus: null, availableNow: null });
    }
  });
});

describe('a workload that cannot be', () => {
  it.each<[object, string, string]>([
    [{ model: 'h100' }, 'GPU_MODEL_UNKNOWN', 'got "h100": see `gpuCatalogue'],
    [{ networks: ['nowhere'] }, 'NETWORK_UNKNOWN', 'got "nowhere": see `networks { id }`'],
    [{ networks: [] }, 'BAD_USER_INPUT', 'networks to name from 1 to 50, got 0'],
    [{ gpuCount: 0 }, 'BAD_USER_INPUT', 'gpuCount to be from 1 to 100000, got 0'],
    [{ minVramGb: -1 }, 'BAD_USER_INPUT', 'minVramGb to be from 1 to 10000, got -1'],
    [{ hours: '0' }, 'BAD_USER_INPUT', 'hours to be above 0, of 100000 at most, got 0'],
    [{ hours: '-2' }, 'BAD_USER_INPUT', 'got -2'],
    [{ minSuccess: '1.01' }, 'BAD_USER_INPUT', 'minSuccess to be of 1 at most, got 1.01'],
    [{ maxPrice: '0' }, 'BAD_USER_INPUT', 'maxPrice to be above 0, got 0'],
    [{ regionsIn: ['eu'], regionsOut: ['EU '] }, 'BAD_USER_INPUT', 'got "eu" in both'],
    [{ regionsIn: [' '] }, 'BAD_USER_INPUT', 'got an empty one'],
    [{ regionsIn: ['\u0000'] }, 'BAD_USER_INPUT', 'got a NUL character'],
  ])('%j is refused, with what to do', async (workload, code, message) => {
    expect(await fail({ workload })).toEqual({ code, message: expect.stringContaining(message) });
  });

  it('as is a page of nothing', async () => {
    expect(await fail({ workload: {}, first: 0 })).toMatchObject({ code: 'BAD_USER_INPUT' });
    expect(await fail({ workload: {}, first: 1_001 })).toMatchObject({ code: 'QUERY_TOO_COSTLY' });
  });
});

function fail(variables: { readonly workload: object; readonly [name: string]: unknown }) {
  return open.fail(query, { first: 20, ...variables });
}

it.each([
  ['an empty database', {}],
  ['networks without a provider', emptyNetworks],
])('of %s there is nobody to rank', async (_, rows) => {
  const empty = await openApi(rows);
  try {
    const { rankProviders } = await empty.read<{ rankProviders: Ranking }>(
      `{ rankProviders(workload: {}) { ${counts} nodes { id } reasonCounts { code } pageInfo { endCursor hasNextPage } } }`,
    );
    expect(rankProviders).toMatchObject({
      ...{
        totalCount: 0,
        rankedCount: 0,
        nodes: [],
        reasonCounts: [],
        pageInfo: { endCursor: null, hasNextPage: false },
      },
    });
  } finally {
    await empty.close();
  }
});

describe('what a buyer chooses by', () => {
  it('is a list by the bound of uptime or by the score, those without one last in either order', async () => {
    const read = async (orderBy: string, orderDirection: string) => {
      const { providers } = await open.read<{ providers: readonly { id: string; window: object | null }[] }>(
        `{ providers(orderBy: ${orderBy}, orderDirection: ${orderDirection}) { id window { days lower coverage } } }`,
      );
      return providers;
    };
    const up = await read('uptimeLower', 'desc');
    expect(idsOf(up)).toEqual([
      ...['tasks', 'new', 'away', 'wash', 'cheap', 'steady'].map(id),
      recordedId('orchestrator'),
    ]);
    expect(up[0]?.window).toEqual({ days: 30, lower: '0.995', coverage: 86_200 / 86_400 });
    expect(up.at(-1)?.window).toBeNull();
    expect(idsOf(await read('uptimeLower', 'asc'))).toEqual([
      ...[...idsOf(up.slice(0, -1))].reverse(),
      recordedId('orchestrator'),
    ]);
    for (const direction of ['asc', 'desc']) {
      expect(idsOf(await read('score', direction)).at(-1)).toBe(recordedId('orchestrator'));
    }
  });

  it('are the regions that machines of a network name', async () => {
    const { networks } = await open.read<{ networks: readonly { id: string; regions: readonly string[] }[] }>(
      '{ networks { id regions } }',
    );
    expect(networks.find((one) => one.id === devnet.network)?.regions).toEqual(['eu-west', 'us-east']);
    expect(networks.find((one) => one.id === recorded.network)?.regions).toEqual([]);
  });
});
