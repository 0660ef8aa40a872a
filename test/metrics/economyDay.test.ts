import { listFamilies } from '../../indexer/metrics/listFamilies.js';
import { ensureMetrics } from '../../indexer/metrics/roll/ensureMetrics.js';
import type { RollStep } from '../../indexer/metrics/roll/RollStep.js';
import { rebuildNetwork } from '../../indexer/metrics/roll/rebuildNetwork.js';
import { rollNetwork } from '../../indexer/metrics/roll/rollNetwork.js';
import { createPool } from '../../schema/database.js';
import { economyMetrics } from '../../schema/metrics/catalogue/economyMetrics.js';
import { getNetwork } from '../../schema/protocols/protocols.js';
import {
  address,
  chainRow,
  devnet,
  emptyNetworks,
  hash,
  id,
  jobRow,
  networkDeltaRow,
  networkRow,
  payoutRow,
  providerRow,
  type Row,
  type Seed,
  seed,
  stakeChangeRow,
} from '../api/seed.js';
import { dayOf } from '../api/seedHeartbeats.js';
import { describeWithShared } from '../sharedData.js';
import { createTestDatabase, type TestDatabase } from '../testDatabase.js';
import { findOracle } from './findOracle.js';

const FILE = '../oracles/metric-oracles.json';
const FIRST = dayOf('2026-01-05');
const timeOf = (day: number, hours = 12) => new Date((FIRST + day) * 86_400_000 + hours * 3_600_000);

interface Days {
  /** `num` of the network by metric, as numbers; of a figure that is not known, why. */
  of(day: number): Readonly<Record<string, number | string>>;
  readonly differences: readonly unknown[];
}

interface Market {
  readonly days: number;
  readonly seeds: Seed;
  readonly members?: readonly (readonly [provider: string, operator: string])[];
  /** What these buyers pay on these days is trade with themselves. */
  readonly washed?: readonly { readonly buyer: string; readonly day: number }[];
}

/** Rolls the economy of a network whose chain ends with the given day, by the product's own families and roller. */
async function roll(database: TestDatabase, { days, seeds, members = [], washed = [] }: Market): Promise<Days> {
  await seed(database.url, {
    ...emptyNetworks,
    chain: [chainRow({ height: 9_999, block_time: timeOf(days - 1, 23.5) })],
    block: [{ chain_id: devnet.id, height: 1, hash: hash('a'), parent_hash: hash('a'), time: timeOf(0, 0) }],
    network_delta: [networkDeltaRow(1, { time: timeOf(0, 0) })],
    ...seeds,
  });
  const network = getNetwork(devnet.network);
  const families = listFamilies().filter(({ id: family }) => family.startsWith('economy'));
  const plan = {
    catalogue: economyMetrics,
    families,
    firstSteps: [toMembers(members), toWashed(washed)],
    lastSteps: [],
  };
  const pool = createPool(database.url, { role: 'test', max: 2 });
  try {
    await ensureMetrics(pool, economyMetrics);
    let turn = await rollNetwork({ pool, network, plan });
    while (turn.kind === 'rolled' && turn.isBehind) turn = await rollNetwork({ pool, network, plan });
    const { rows } = await pool.query<{ metric: string; day: number; num: string | null; detail: Row | null }>(
      `select m.id as metric, d.day, d.num, d.detail from metric_day d join metric m using (metric_key)
       join metric_subject s using (subject_key) where s.kind = 'network'`,
    );
    const rebuilt = await rebuildNetwork({ pool, network, plan, compare: true });
    const { compared } = rebuilt ?? {};
    return {
      of: (day) =>
        Object.fromEntries(
          rows
            .filter((row) => row.day === FIRST + day)
            .map(({ metric, num, detail }) => [
              metric.replace('economy.', ''),
              num === null ? String(detail?.reason) : Number(num),
            ]),
        ),
      differences: typeof compared === 'object' ? compared.differences : ['not compared'],
    };
  } finally {
    await pool.end();
  }
}

/** Who is whose, as the step before the families would find it. */
function toMembers(members: readonly (readonly [provider: string, operator: string])[]): RollStep {
  return async ({ client, network }) => {
    await client.query(
      `insert into operator_member (provider_id, network_id, operator_id, links)
       select provider, $1, operator, '[]' from unnest($2::text[], $3::text[]) as given (provider, operator)
       on conflict do nothing`,
      [network.id, members.map(([provider]) => id(provider)), members.map(([, operator]) => id(operator))],
    );
    return [];
  };
}

function toWashed(washed: NonNullable<Market['washed']>): RollStep {
  return async ({ client, network }) => {
    await client.query(
      `insert into removed_pair (network_id, day, buyer, provider_id, reason)
       select $1, day, buyer, $2, 'sameCluster' from unnest($3::int[], $4::text[]) as given (day, buyer)
       on conflict do nothing`,
      [network.id, id('p1'), washed.map(({ day }) => FIRST + day), washed.map(({ buyer }) => buyer)],
    );
    return [];
  };
}

function sales(list: readonly { readonly buyer: string; readonly day: number; readonly amount: number }[]): Seed {
  const rows = list.map(({ buyer, day, amount }, index) => {
    const job = `j${index}`;
    const at = { time: timeOf(day), job_id: id(job), provider_id: id('p1') };
    return {
      job: jobRow(job, { buyer, provider_id: id('p1'), time: timeOf(day), status: 'completed' }),
      payout: payoutRow(100 + index, { ...at, role: 'provider', amount: String(amount) }),
    };
  });
  return { job: rows.map(({ job }) => job), payout: rows.map(({ payout }) => payout) };
}

const buyerOf = (name: string) => address(name.slice(-1));

describeWithShared(FILE, 'days of the economy, through the roller', () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await createTestDatabase();
  });
  afterEach(() => database.drop());

  it('ECO-01: concentration of stake by provider and by operator', async () => {
    const { inputs, expected } = findOracle('ECO-01') as unknown as {
      readonly inputs: { readonly holders: readonly { address: string; value: number; operator: string }[] };
      readonly expected: Readonly<Record<'byAddress' | 'byOperator', Readonly<Record<string, number>>>>;
    };
    const { of, differences } = await roll(database, {
      days: 2,
      seeds: {
        network: [networkRow({ stake: '100' })],
        provider: inputs.holders.map(({ address: holder, value }) => providerRow(holder, { stake: String(value) })),
        stake_change: inputs.holders.map(({ address: holder, value }, index) =>
          stakeChangeRow(index, {
            time: timeOf(0),
            provider_id: id(holder),
            amount: String(value),
            delta: String(value),
          }),
        ),
      },
      members: inputs.holders.map(({ address: holder, operator }) => [holder, operator] as const),
    });
    for (const day of [0, 1]) {
      for (const [suffix, figures] of [
        ['', expected.byAddress],
        ['ByOperator', expected.byOperator],
      ] as const) {
        expect(of(day)).toMatchObject({
          [`stakeHhi${suffix}`]: expect.closeTo(figures.hhi10000 ?? Number.NaN, 5),
          [`stakeEffectiveHolders${suffix}`]: expect.closeTo(figures.effectiveN ?? Number.NaN, 5),
          [`stakeGini${suffix}`]: expect.closeTo(figures.gini ?? Number.NaN, 5),
          [`stakeNakamoto${suffix}`]: figures.nakamoto50,
          [`stakeTopShare${suffix}`]: expect.closeTo(figures.top1Share ?? Number.NaN, 5),
        });
      }
    }
    expect(differences).toEqual([]);
  });

  it('ECO-04: growth over weeks, and none after a week of nothing', async () => {
    const { inputs, expected } = findOracle('ECO-04') as unknown as {
      readonly inputs: { readonly weeklyGpuHours: readonly number[] };
      readonly expected: { readonly wow: readonly number[]; readonly cmgr: number; readonly logSlope: number };
    };
    const weeks = inputs.weeklyGpuHours;
    const { of, differences } = await roll(database, {
      days: 7 * (weeks.length + 2),
      seeds: sales(weeks.map((amount, week) => ({ buyer: address('a'), day: week * 7 + 3, amount }))),
    });
    const last = 7 * weeks.length - 1;
    expect(of(last)).toMatchObject({
      compoundGrowth: expect.closeTo(expected.cmgr, 6),
      trend: expect.closeTo(expected.logSlope, 6),
      weeklyGrowth: expect.closeTo(expected.wow.at(-1) ?? Number.NaN, 6),
    });
    for (const [index, change] of expected.wow.entries()) {
      expect(of(7 * (index + 2) - 1)).toMatchObject({ weeklyGrowth: expect.closeTo(change, 6) });
    }
    expect(of(last + 7)).toMatchObject({ weeklyGrowth: -1, trend: 'A week had no payments.' });
    expect(of(last + 14)).toMatchObject({ weeklyGrowth: 'A week had no payments.' });
    expect(of(6)).not.toHaveProperty('weeklyGrowth');
    expect(differences).toEqual([]);
  });

  it('ECO-05: buyers who stayed, and what they spent', async () => {
    const { inputs, expected } = findOracle('ECO-05') as unknown as {
      readonly inputs: {
        readonly activeBuyers: Readonly<Record<string, readonly string[]>>;
        readonly spendUsd: Readonly<Record<'M0' | 'M1', Readonly<Record<string, number>>>>;
      };
      readonly expected: { readonly retentionW0: readonly number[]; readonly nrr: number; readonly grr: number };
    };
    const weeks = Object.values(inputs.activeBuyers).flatMap((buyers, week) =>
      buyers.map((buyer) => ({ buyer: buyerOf(buyer), day: week * 7, amount: 1 })),
    );
    // Two months of their own, long after the weeks.
    const months = (['M0', 'M1'] as const).flatMap((month, index) =>
      Object.entries(inputs.spendUsd[month]).map(([buyer, amount]) => ({
        ...{ buyer: buyerOf(buyer), day: 40 + index * 30, amount },
      })),
    );
    const { of, differences } = await roll(database, { days: 100, seeds: sales([...weeks, ...months]) });
    expect(of(13)).toMatchObject({ weeklyRetention: expected.retentionW0[1] });
    expect(of(34)).toMatchObject({ cohortRetention: 0 });
    expect(of(99)).toMatchObject({ netRevenueRetention: expected.nrr, grossRevenueRetention: expected.grr });
    expect(differences).toEqual([]);
  });

  it('has no buyer among those who came four weeks ago of whom all was washed until after the day', async () => {
    const { of, differences } = await roll(database, {
      days: 31,
      seeds: sales([
        { buyer: address('a'), day: 0, amount: 5 },
        { buyer: address('b'), day: 0, amount: 1 },
        { buyer: address('b'), day: 27, amount: 1 },
        { buyer: address('a'), day: 30, amount: 1 },
      ]),
      washed: [{ buyer: address('a'), day: 0 }],
    });
    expect(of(0)).toMatchObject({ gmv: 6, washGmv: 5 });
    expect(of(28)).toMatchObject({ cohortRetention: 1 });
    // What was paid since counts, whenever the first of it was washed.
    expect(of(30)).toMatchObject({ cohortRetention: 1 });
    expect(differences).toEqual([]);
  });
});
