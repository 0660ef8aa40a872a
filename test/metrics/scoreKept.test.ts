import { jest } from '@jest/globals';
import pg from 'pg';
import { rollOutcomes } from '../../indexer/metrics/jobs/rollOutcomes.js';
import type { RollPlan } from '../../indexer/metrics/roll/RollPlan.js';
import { verifyNetwork } from '../../indexer/metrics/roll/rebuildNetwork.js';
import { rollNetwork } from '../../indexer/metrics/roll/rollNetwork.js';
import { loadRecord } from '../../indexer/metrics/score/loadRecord.js';
import { toScoreRow } from '../../indexer/metrics/score/scoreRow.js';
import { toOperatorId } from '../../indexer/metrics/score/toOperatorId.js';
import { scoreNetwork } from '../../schema/metrics/formulas/score/scoreNetwork.js';
import { network, toBatches } from '../writer/marketChain.js';
import { drawSpacedChain, lastOf, openRollWorld, type RollWorld } from './openRollWorld.js';
import { listScores, scorePlan } from './scorePlan.js';

/** Twelve blocks an hour. */
const HOUR = 12;

interface KeptWorld extends RollWorld {
  /** Writes blocks of the chain that come next. */
  grow(blocks: number): Promise<void>;
  /** Other blocks in the place of the last ones, and more. */
  fork(back: number, blocks: number): Promise<void>;
  /** One turn; the first hour of which outcomes were read, 0: all of them; undefined: none were. */
  turn(plan?: RollPlan): Promise<number | undefined>;
}

async function inWorld(seed: number, work: (world: KeptWorld) => Promise<void>): Promise<void> {
  const world = await openRollWorld(scorePlan);
  const query = jest.spyOn(pg.Client.prototype, 'query');
  let chain = drawSpacedChain({ seed, blocks: 900 });
  let at = 0;
  const write = async (blocks: number) => {
    const part = chain.slice(at, at + blocks);
    await world.write(toBatches(part, 50, at === 0 ? undefined : lastOf(chain.slice(0, at))));
    at += blocks;
  };
  try {
    await work({
      ...world,
      grow: write,
      async fork(back, blocks) {
        const kept = chain.slice(0, at - back);
        const other = drawSpacedChain({ seed: seed + 1, blocks: 900, from: kept.length + 1, fork: 'b' });
        await world.replace(lastOf(kept).height, other.slice(0, blocks));
        chain = [...kept, ...other];
        at = kept.length + blocks;
      },
      async turn(plan = scorePlan) {
        query.mockClear();
        await rollNetwork({ pool: world.pool, network, plan });
        const read = query.mock.calls.filter(([text]) => /declare row_reader.*from task_outcome/s.test(String(text)));
        return (read[0]?.[1] as readonly unknown[] | undefined)?.[3] as number | undefined;
      },
    });
  } finally {
    query.mockRestore();
    await world.close();
  }
}

/** The last scores are those of a record that was read from nothing by another path. */
async function expectFresh({ pool }: KeptWorld): Promise<void> {
  const rows = await listScores(pool);
  const hour = rows.at(-1)?.hour ?? 0;
  const client = await pool.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    const { rows: blocks } = await client.query<{ height: number }>('select max(height)::int as height from block');
    const scope = { network: network.definition, height: blocks[0]?.height ?? 0, beforeHour: hour };
    const made = scoreNetwork(await loadRecord(client, scope), { at: hour * 3_600 }).map((score) => ({
      id: score.kind === 'operator' ? toOperatorId(network.definition.id, score.subject) : score.subject,
      ...{ score: score.score, detail: toScoreRow(score).detail },
    }));
    const stored = rows.filter((row) => row.hour === hour).map(({ id, score, detail }) => ({ id, score, detail }));
    const sorted = <Row extends { readonly id: string }>(list: readonly Row[]) =>
      [...list].sort((one, other) => (one.id < other.id ? -1 : 1));
    expect(made.length).toBeGreaterThan(2);
    expect(sorted(stored)).toEqual(sorted(made));
  } finally {
    await client.query('rollback');
    client.release();
  }
}

const expectRebuilt = async ({ pool }: KeptWorld) =>
  expect((await verifyNetwork({ pool, network, plan: scorePlan }))?.compared).toMatchObject({ differences: [] });

describe('the record that is kept from turn to turn', () => {
  it('is read on from the hour that changed, and comes to what a rebuild comes to', async () => {
    await inWorld(41, async (world) => {
      await world.grow(30 * HOUR);
      expect(await world.turn()).toBe(0);
      for (let hours = 0; hours < 30; hours += 3) {
        // Turns within the hour, which make no scores, and one that ends it.
        for (const blocks of [2, 3, 3 * HOUR - 5]) {
          await world.grow(blocks);
          expect(await world.turn()).not.toBe(0);
        }
        await expectFresh(world);
      }
      await expectRebuilt(world);
    });
  }, 120_000);

  it('forgets what blocks said that were taken back', async () => {
    await inWorld(43, async (world) => {
      await world.grow(40 * HOUR);
      await world.turn();
      for (const [back, blocks] of [
        [5, 2 * HOUR],
        [20 * HOUR, 5 * HOUR],
        [2 * HOUR, HOUR + 3],
      ] as const) {
        await world.fork(back, blocks);
        expect(await world.turn()).not.toBe(0);
        await expectFresh(world);
        await world.grow(HOUR);
        expect(await world.turn()).toBeGreaterThan(0);
        await expectFresh(world);
      }
      await expectRebuilt(world);
    });
  }, 120_000);

  it('takes up facts that come late, as from the hour that they are of', async () => {
    await inWorld(45, async (world) => {
      await world.grow(40 * HOUR);
      await world.turn();
      await world.grow(HOUR);
      const before = await world.turn();
      // A contract of which nobody knew paid a provider's owner, who turns out to buy from it.
      await world.pool.query(
        `insert into payout (chain_id, height, log_index, part, network_id, provider_id, payer, recipient, role, for_work, token,
           amount, time, tx_hash)
         select b.chain_id, b.height, 9000 + (row_number() over ())::int, 0, j.network_id, j.provider_id, j.buyer, j.buyer, 'provider', true,
           j.network_id || ':t', 7, b.time, '\\x00'
         from block b
         join lateral (select * from job where provider_id is not null and buyer is not null order by id limit 3) j on true
         where b.height = (select height from block order by height offset 100 limit 1)`,
      );
      await world.pool.query(
        `insert into mark (family, subject, hour)
         select 'network', network_id, date_trunc('hour', time, 'UTC') from payout where log_index > 9000 limit 1`,
      );
      const since = await world.turn();
      expect(since).toBeGreaterThan(0);
      expect(since).toBeLessThan(before ?? 0);
      await expectFresh(world);
      await expectRebuilt(world);
    });
  }, 120_000);

  it('is let go of where another roller took a turn in between', async () => {
    await inWorld(47, async (world) => {
      await world.grow(40 * HOUR);
      await world.turn();
      await world.grow(HOUR);
      expect(await world.turn()).toBeGreaterThan(0);
      // Who keeps none: as a process of its own does not know of this one's.
      await world.fork(3 * HOUR, 4 * HOUR);
      await world.turn({ ...scorePlan, firstSteps: [rollOutcomes], lastSteps: [] });
      await world.grow(HOUR);
      expect(await world.turn()).toBe(0);
      await expectFresh(world);
    });
  }, 120_000);

  it('has nothing of a turn that failed', async () => {
    await inWorld(49, async (world) => {
      await world.grow(40 * HOUR);
      await world.turn();
      const failing: RollPlan = {
        ...scorePlan,
        lastSteps: [
          () => {
            throw new Error('no turn');
          },
        ],
      };
      await world.grow(HOUR);
      await expect(world.turn(failing)).rejects.toThrow('no turn');
      await world.fork(2 * HOUR, 2 * HOUR);
      expect(await world.turn()).toBe(0);
      await expectFresh(world);
      // One that had no use for it leaves it as it was.
      await world.grow(1);
      await expect(world.turn(failing)).rejects.toThrow('no turn');
      await world.grow(HOUR);
      expect(await world.turn()).toBeGreaterThan(0);
      await expectFresh(world);
      await expectRebuilt(world);
    });
  }, 120_000);
});
