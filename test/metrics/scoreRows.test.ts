import type { CanonicalEvent } from '../../indexer/events/CanonicalEvent.js';
import { recordFromFacts } from '../../indexer/metrics/recompute/recordFromFacts.js';
import { verifyNetwork } from '../../indexer/metrics/roll/rebuildNetwork.js';
import { toScoreRow } from '../../indexer/metrics/score/scoreRow.js';
import { toOperatorId } from '../../indexer/metrics/score/toOperatorId.js';
import { scoreNetwork } from '../../schema/metrics/formulas/score/scoreNetwork.js';
import { network, toBatches, toBlock, toHeader } from '../writer/marketChain.js';
import { type OpenStore, openStore } from '../writer/openStore.js';
import { drawSpacedChain, lastOf, openRollWorld } from './openRollWorld.js';
import { listScores, rollAll, type StoredRow, scorePlan } from './scorePlan.js';

const BLOCKS_PER_HOUR = 300;
/** Of these chains: a block each hour, and a midnight soon after its first. */
const toHeight = (hour: number) => 3_000 + hour * BLOCKS_PER_HOUR;
const id = (provider: string) => `market-test:${provider}`;

interface Deal {
  /** From the first one on. */
  readonly hour: number;
  readonly provider: string;
  readonly buyer: string;
  readonly fails?: boolean;
}

/** A chain on which each deal is a job of one task, done within its hour and paid. */
function toChain(deals: readonly Deal[], before: readonly CanonicalEvent[] = []) {
  const hours = Math.max(0, ...deals.map(({ hour }) => hour)) + 1;
  return Array.from({ length: hours + 24 }, (_, hour) => {
    const logs = deals
      .filter((deal) => deal.hour === hour)
      .map((deal, index) => toEvents(deal, `${hour}-${index}-${deal.provider}`));
    return toBlock(toHeight(hour), hour === 0 ? [before, ...logs] : logs);
  });
}

function toEvents({ provider, buyer, fails = false }: Deal, job: string): readonly CanonicalEvent[] {
  const task = `${job}-t`;
  return [
    { kind: 'jobCreated', job, buyer, tasks: [{ task, position: 0 }], attributes: {}, deadlineAfterSeconds: 3_600 },
    { kind: 'jobAssigned', job, provider },
    { kind: 'taskStarted', task },
    { kind: fails ? 'taskFailed' : 'taskCompleted', task },
    ...(fails ? [] : [{ kind: 'paid', task, provider, role: 'provider', payer: buyer, amount: 100n } as const]),
    ...(fails ? [] : [{ kind: 'paid', task, role: 'fee', payer: buyer, amount: 3n } as const]),
  ];
}

/** Eight buyers who deal with several providers: whoever they buy from is not judged by one of them alone. */
const buyers = Array.from({ length: 8 }, (_, index) => `b${index}`);
function toHonest(providers: readonly string[], tasks: number): readonly Deal[] {
  return providers.flatMap((provider, place) =>
    Array.from({ length: tasks }, (_, index) => ({
      ...{ hour: index, provider, buyer: buyers[(index + place) % buyers.length] ?? 'b0' },
    })),
  );
}

async function inStore(work: (world: OpenStore) => Promise<void>): Promise<void> {
  const world = await openStore();
  try {
    await work(world);
  } finally {
    await world.close();
  }
}

async function scoreChain(world: OpenStore, chain: Parameters<typeof toBatches>[0]) {
  await world.write(toBatches(chain, 50));
  await rollAll(world.pool, network);
  return await listScores(world.pool);
}

const lastScoreOf = (rows: readonly StoredRow[], provider: string) =>
  rows.findLast((row) => row.kind === 'provider' && row.id === id(provider));

describe('stored scores', () => {
  it('fault 43: a thousand jobs that a provider pays for itself change nothing, and are shown as left out', async () => {
    const honest = toHonest(['p', 'q', 'r', 's'], 40);
    const own = Array.from({ length: 1_000 }, (_, index) => ({ hour: index % 40, provider: 'p', buyer: 'p-purse' }));
    const before: readonly CanonicalEvent[] = [
      { kind: 'providerUpdated', provider: 'p', attributes: { owner: 'p-purse' } },
      ...['q', 'r', 's'].map((provider) => ({ kind: 'providerUpdated', provider, attributes: {} }) as const),
    ];
    await inStore(async (world) => {
      const plain = lastScoreOf(await scoreChain(world, toChain(honest, before)), 'p');
      await inStore(async (other) => {
        const washed = lastScoreOf(await scoreChain(other, toChain([...honest, ...own], before)), 'p');
        expect(washed?.score).toBe(plain?.score);
        for (const name of ['job_success', 'promise', 'integrity', 'evidence_weight', 'buyers_effective'] as const)
          expect([name, washed?.[name]]).toEqual([name, plain?.[name]]);
        expect(plain?.detail.removed).toMatchObject({ sameCluster: 0, share: '0.000000' });
        expect(washed?.detail.removed.sameCluster).toBe(1_000);
        expect(Number(washed?.detail.removed.share)).toBeGreaterThan(0.9);
        const { rows } = await other.pool.query(
          `select distinct buyer, provider_id, reason from removed_pair where reason = 'sameCluster'`,
        );
        expect(rows).toEqual([{ buyer: 'p-purse', provider_id: id('p'), reason: 'sameCluster' }]);
      });
    });
  }, 60_000);

  it('fault 44: one task of one is thin evidence, and ranks below 48 of 50', async () => {
    const fifty = toHonest(['old'], 50).map((deal) => ({ ...deal, fails: deal.hour === 11 || deal.hour === 30 }));
    // Peers as they are found: one that never fails, others that do now and then, one that often does.
    const rates: Readonly<Record<string, number>> = { c: 60, d: 12, e: 8, f: 4 };
    const others = toHonest(['c', 'd', 'e', 'f'], 50).map((deal) => ({
      ...{ ...deal, fails: deal.hour % (rates[deal.provider] ?? 60) === 3 },
    }));
    await inStore(async (world) => {
      const rows = await scoreChain(world, toChain([...fifty, ...others, { hour: 49, provider: 'new', buyer: 'b1' }]));
      const [seasoned, newcomer] = [lastScoreOf(rows, 'old'), lastScoreOf(rows, 'new')];
      expect(newcomer?.evidence).toBe('thin');
      expect(Number(newcomer?.evidence_weight)).toBeLessThan(1.01);
      expect(Number(newcomer?.job_success)).toBeLessThan(Number(seasoned?.job_success));
      expect(Number(newcomer?.score)).toBeLessThan(Number(seasoned?.score));
    });
  }, 60_000);

  it('fault 45: a network without providers has none, and one without work or beats a null, never a NaN', async () => {
    await inStore(async (world) => {
      expect(await scoreChain(world, [toBlock(toHeight(0), []), toBlock(toHeight(60), [])])).toEqual([]);
    });
    await inStore(async (world) => {
      const joined = { kind: 'providerUpdated', provider: 'p', attributes: {} } as const;
      const rows = await scoreChain(world, [toBlock(toHeight(0), [[joined]]), toBlock(toHeight(60), [])]);
      expect(rows.length).toBeGreaterThan(1);
      for (const row of rows) {
        expect(row).toMatchObject({ score: null, availability: null, job_success: null, evidence: 'none', lost: null });
        expect(row.detail).toMatchObject({ costToMove: null, removed: { share: null } });
        expect(row.text).not.toMatch(/nan|infinity/i);
      }
    });
  }, 60_000);

  it('stand at each midnight and at the last closed hour, and add up to a hundred', async () => {
    await inStore(async (world) => {
      const rows = await scoreChain(world, toChain(toHonest(['p', 'q', 'r'], 60)));
      const hours = [...new Set(rows.map(({ hour }) => hour))];
      const head = Math.floor(toHeader(toHeight(83)).time.getTime() / 3_600_000);
      expect(hours.at(-1)).toBe(head);
      expect(hours.slice(0, -1).every((hour) => hour % 24 === 0)).toBe(true);
      expect(hours.length).toBe(Math.floor(head / 24) - Math.floor((hours[0] ?? 0) / 24) + (head % 24 === 0 ? 1 : 2));
      for (const row of rows) expect([row.id, row.lost]).toEqual([row.id, '100.000000']);
    });
  }, 60_000);
});

describe('a history that goes on and back', () => {
  it('comes to the scores of a rebuild and of a recomputation from facts, to the last digit', async () => {
    const world = await openRollWorld(scorePlan);
    try {
      const chain = drawSpacedChain({ seed: 21, blocks: 900 });
      let after: ReturnType<typeof lastOf> | undefined;
      for (let at = 0; at < chain.length; at += 150) {
        const part = chain.slice(at, at + 150);
        await world.write(toBatches(part, 50, after));
        after = lastOf(part);
        await rollAll(world.pool, network, at % 300 === 0 ? 24 : undefined);
        await expectSame(world);
      }
      const forkAt = 640;
      await world.replace(
        lastOf(chain.slice(0, forkAt)).height,
        drawSpacedChain({ seed: 22, blocks: 200, from: forkAt + 1, fork: 'b' }),
      );
      await rollAll(world.pool, network);
      await expectSame(world);
    } finally {
      await world.close();
    }
  }, 120_000);
});

async function expectSame(world: Pick<OpenStore, 'pool'>): Promise<void> {
  const { pool } = world;
  const verified = await verifyNetwork({ pool, network, plan: scorePlan });
  expect(verified?.compared).toMatchObject({ differences: [] });
  const rows = await listScores(pool);
  const client = await pool.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    const { rows: blocks } = await client.query<{ height: number; time: Date }>(
      'select height, time from block order by height desc limit 1',
    );
    const [block] = blocks;
    if (!block) throw new Error('a chain is written');
    const hours = [...new Set(rows.map(({ hour }) => hour))];
    expect(hours.length).toBeGreaterThan(0);
    for (const hour of hours.slice(-3)) {
      const scope = { network: network.definition, height: block.height, beforeHour: hour };
      const record = await recordFromFacts(client, scope, { blockTime: block.time.getTime() / 1_000, minObservers: 1 });
      const made = scoreNetwork(record, { at: hour * 3_600 }).map((score) => ({
        id: score.kind === 'operator' ? toOperatorId(network.definition.id, score.subject) : score.subject,
        detail: toScoreRow(score).detail,
        score: score.score,
      }));
      const stored = rows.filter((row) => row.hour === hour);
      const byId = <Row extends { readonly id: string }>(list: readonly Row[]) =>
        [...list].sort((one, other) => (one.id < other.id ? -1 : 1));
      expect(byId(stored.map(({ id: of, score, detail }) => ({ id: of, detail, score })))).toEqual(byId(made));
    }
  } finally {
    await client.query('rollback');
    client.release();
  }
}
