import { startIndexer } from '../../indexer/main.js';
import { recomputeScore } from '../../indexer/metrics/recompute/main.js';
import { addNetworks } from '../../schema/protocols/protocols.js';
import { toNetwork } from '../market/decodeMarket.js';
import { HOUR, nodes, openBusiness, price, rules, toJobCall, toPeople, toResult } from '../market/marketScript.js';
import { type MarketWorld, openMarket, toCall } from '../market/openMarket.js';
import { openIndex } from '../pipeline/world.js';
import { silentLog } from '../silentLog.js';
import { listScores, rollAll } from './scorePlan.js';

/** The real contract on a chain of its own, indexed and rolled while its people quarrel. */
describe('a score on a chain that disputes happen on', () => {
  let market: MarketWorld;
  let index: Awaited<ReturnType<typeof openIndex>>;
  let indexer: Awaited<ReturnType<typeof startIndexer>>;
  let network: ReturnType<typeof toNetwork>;

  beforeAll(async () => {
    market = await openMarket({ ...rules, verdictSeconds: 21_600n });
    network = toNetwork(market.address);
    addNetworks([network]);
    index = await openIndex(market.url);
    const { id, chainId } = network.definition;
    indexer = await startIndexer({
      ...{ databaseUrl: index.databaseUrl, networks: [id], endpoints: { [chainId]: [{ url: market.url }] } },
      ...{ pollMs: 50, maxRangeBlocks: 10_000, log: silentLog },
    });
  }, 120_000);

  afterAll(async () => {
    await indexer?.stop();
    await index?.close();
    await market?.close();
  });

  /** The last hour is over, and all of it is indexed and rolled. */
  async function settle(): Promise<number> {
    await market.wait(HOUR);
    const height = Number(await market.client.getBlockNumber());
    for (;;) {
      const { rows } = await index.pool.query<{ height: number | null }>('select height from chain');
      if (rows[0]?.height === height) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await rollAll(index.pool, network);
    return height;
  }

  const providerOf = (account: string) => `${network.definition.id}:${account.toLowerCase()}`;

  /** What is computed again from the facts up to a block is what is stored, and is given back. */
  async function verify(account: string, height?: number) {
    const { databaseUrl } = index;
    const made = await recomputeScore({
      ...{ databaseUrl, subject: providerOf(account), minObservers: 1, verify: true, height },
    });
    expect(made.verified).toEqual({ differences: [] });
    const inputs = (name: string) => made.score.components.find((one) => one.name === name)?.inputs ?? {};
    return { made, jobs: inputs('jobSuccess'), integrity: inputs('integrity') };
  }

  it('counts a contested task for nobody until the arbiter has spoken, whoever computes it and when', async () => {
    const { wood, hill, buyer, rival } = toPeople(market);
    await openBusiness(market);
    // Both have bought elsewhere, so that what they say of Wood counts.
    for (const [job, from] of [buyer, rival, buyer, rival].entries()) {
      await market.send(toJobCall(market, { from, nodeId: nodes.fir, taskCount: 1, pricePerGpuHour: price / 2n }));
      await market.send(toCall(hill, 'assignTasks', [BigInt(job + 1), [0], [nodes.fir]]));
      await market.send(toCall(hill, 'startTasks', [BigInt(job + 1), [0]]));
      await market.wait(2 * HOUR);
      await market.send(toCall(hill, 'completeTasks', [BigInt(job + 1), [toResult(0)]]));
      await market.send(toCall(from, 'verifyTasks', [BigInt(job + 1), [0], true]));
    }
    await market.send(toJobCall(market, { from: buyer, nodeId: nodes.oak, taskCount: 2 }));
    await market.send(toCall(wood, 'assignTasks', [5n, [0, 1], [nodes.oak, nodes.oak]]));
    await market.send(toCall(wood, 'startTasks', [5n, [0, 1]]));
    await market.wait(HOUR);
    await market.send(toCall(wood, 'completeTasks', [5n, [toResult(0), toResult(1)]]));
    const delivered = await settle();
    const before = await verify(wood);
    expect(Number(before.jobs.successes)).toBeGreaterThan(1.9);

    await market.send(toCall(buyer, 'disputeTasks', [5n, [1]]));
    const contested = await settle();
    const during = await verify(wood);
    expect(during.made.block.height).toBe(contested);
    expect(Number(during.jobs.successes)).toBeLessThan(1);
    expect(during.jobs.failures).toBe('0.000000');
    expect(during.integrity.lostDisputes).toBe('0.000000');

    await market.send(toCall(market.arbiter, 'resolveDisputes', [5n, [1], false]));
    await settle();
    const after = await verify(wood);
    expect(Number(after.jobs.failures)).toBeGreaterThan(0.9);
    expect(Number(after.integrity.lostDisputes)).toBeGreaterThan(0.9);
    expect(after.integrity.incidentCount).toBe(1);
    expect(Number(after.made.score.score)).toBeLessThan(Number(during.made.score.score));
    await verify(hill);

    // Nothing but what was known then counts as of a block within the dispute, or before it.
    for (const [height, then] of [
      [delivered, before],
      [contested, during],
    ] as const) {
      const again = await recomputeScore({
        ...{ databaseUrl: index.databaseUrl, subject: providerOf(wood), minObservers: 1, verify: false, height },
      });
      expect(again.score).toEqual(then.made.score);
    }
    const hours = new Set((await listScores(index.pool)).map(({ hour }) => hour));
    expect([...hours].filter((hour) => hour % 24 !== 0)).toHaveLength(1);
  }, 120_000);
});
