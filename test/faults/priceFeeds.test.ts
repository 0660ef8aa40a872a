import type { Api } from '../../api/createApi.js';
import { auditRanges } from '../../indexer/audit/auditRanges.js';
import { checkInvariants } from '../../indexer/audit/checkInvariants.js';
import { systemRuntime } from '../../indexer/lib/systemRuntime.js';
import { createChainSource } from '../../indexer/source/createChainSource.js';
import { createEndpointPool } from '../../indexer/source/endpoints/createEndpointPool.js';
import { rescanDigest } from '../../indexer/writer/rescanDigest.js';
import type { Hex } from '../../schema/lib/hex.js';
import type { UsdSource } from '../../schema/prices/UsdSource.js';
import { addNetworks } from '../../schema/protocols/protocols.js';
import { createTestApi } from '../api/openApi.js';
import { dumpFacts } from '../dumpFacts.js';
import { type FeedWorld, FIRST_TIME, HEARTBEAT, openFeedWorld, RATE } from '../feeds/openFeedWorld.js';
import { LAB_CHAIN_ID } from '../lib/openAnvil.js';
import { openIndex } from '../pipeline/world.js';

interface ShownUsd {
  readonly value: string | null;
  readonly reason: string | null;
  readonly source: string | null;
  readonly rate: string | null;
  readonly round: string | null;
  readonly phase: number | null;
  readonly age: number | null;
}

const usdFields = '{ value reason source rate round phase age }';
const MAX_AGE = HEARTBEAT + 3_600;
/** Above zero there is a phase in the round: the proxy's id. */
const toProxyRound = (phase: number, round: number) => String((BigInt(phase) << 64n) | BigInt(round));

describe('a market whose chain has a price feed', () => {
  let world: FeedWorld;
  let index: Awaited<ReturnType<typeof openIndex>>;
  let api: Api;
  let first: Hex;

  beforeAll(async () => {
    world = await openFeedWorld();
    const { confirm, answer, settle, openJob } = world;
    await world.addProvider(0);
    first = await openJob(5);
    await settle(10, first);
    await confirm(15, 0, false);
    await answer(20, 0, 0n);
    await settle(30, first);
    await answer(40, 0, 200_000_000n);
    await settle(50, first);
    await openJob(55);
    await answer(60, 0, -500_000_000n);
    // Told of a moment that has not come.
    await answer(65, 0, 900_000_000n, 1_000_000);
    await settle(70, first);
    // The proxy says nothing of its second phase; the aggregator of the first goes on.
    await confirm(80, 1, false);
    await answer(90, 0, 700_000_000n);
    await settle(100, first);
    await answer(110, 1, 150_000_000n);
    await settle(120, first);
    // Of its third phase it does, and what the aggregator had said before is not the feed's.
    await answer(130, 2, 800_000_000n);
    await confirm(140, 2, true);
    await answer(150, 2, 125_000_000n, -5);
    await settle(160, first);
    await settle(145 + MAX_AGE, first);
    await settle(146 + MAX_AGE, first);
    // The past is written in ranges, the last blocks one by one.
    await world.rpc.call('anvil_mine', '0x78');
    await answer(20_000, 2, 300_000_000n);
    addNetworks([world.toNetwork(toFeed(world))]);
    index = await openIndex(world.url, { networks: ['marlin-feeds'] });
    await index.start();
    await index.reached(await world.getHead());
    api = await createTestApi(index.databaseUrl);
  }, 120_000);

  afterAll(async () => {
    await api?.close();
    await index?.close();
    addNetworks([]);
    await world?.close();
  });

  async function ask<Data>(query: string): Promise<Data> {
    const { data, errors } = await api.execute(query);
    if (errors) throw new Error(JSON.stringify(errors));
    return JSON.parse(JSON.stringify(data)) as Data;
  }

  async function listPayouts() {
    const query = `{ payouts(orderDirection: asc) { at amount usd ${usdFields} } }`;
    const { payouts } = await ask<{ payouts: { at: string; amount: string; usd: ShownUsd }[] }>(query);
    return payouts.map(({ at, ...rest }) => ({ ...rest, at: Date.parse(at) / 1_000 - FIRST_TIME }));
  }

  it('fault 20: an answer that is zero, negative, stale or of a phase that is over gives no USD, and the tokens stay', async () => {
    const payouts = await listPayouts();
    expect(payouts.map(({ at, usd: { rate, reason, age } }) => [at, rate, reason, age])).toEqual([
      [10, null, 'NO_ANSWER', null],
      [30, null, 'INVALID', null],
      [50, '2', null, 10],
      [70, '2', null, 30],
      [100, '2', null, 60],
      [120, '1.5', null, 10],
      [160, '1.25', null, 15],
      [145 + MAX_AGE, '1.25', null, MAX_AGE],
      [146 + MAX_AGE, '1.25', 'STALE', MAX_AGE + 1],
    ]);
    const paid = payouts.map(({ amount }) => amount);
    expect(paid.slice(0, 4)).toEqual(['5000', '20000', '20000', '20000']);
    expect(paid.every((amount) => BigInt(amount) > 0n)).toBe(true);
    expect(payouts.map(({ usd }) => usd.value)).toEqual([
      ...[null, null, '0.04', '0.04', '0.06', '0.03', '0.05', '8.98125', null],
    ]);
  });

  it('names the round that was taken, by the id that the proxy gives it', async () => {
    const rounds = (await listPayouts()).map(({ usd: { phase, round, source } }) => [phase, round, source]);
    expect(rounds).toEqual([
      [null, null, 'FEED'],
      [null, null, 'FEED'],
      ...Array(3).fill([1, toProxyRound(1, 2), 'FEED']),
      [2, toProxyRound(2, 1), 'FEED'],
      ...Array(3).fill([3, toProxyRound(3, 2), 'FEED']),
    ]);
  });

  it('keeps every answer of the feed, valid or not, and nothing else that its contracts say', async () => {
    const { rows } = await index.pool.query('select phase, round_id, answer from feed_answer order by height');
    expect(rows.map(({ phase, round_id, answer }) => `${phase}.${round_id} ${answer}`)).toEqual([
      ...['1.1 0', '1.2 200000000', '1.3 -500000000', '1.4 900000000', '2.1 150000000'],
      ...['3.2 125000000', '3.3 300000000'],
    ]);
    const events = await index.pool.query(
      `select name, kind, count(*) from event where address <> all($1) and kind <> 'unmapped' group by 1, 2`,
      [[Buffer.alloc(20)]],
    );
    const ofFeeds = events.rows.filter(({ kind }) => kind === 'feedAnswered');
    expect(ofFeeds).toEqual([{ name: 'AnswerUpdated', kind: 'feedAnswered', count: 7 }]);
    expect((await index.pool.query("select count(*) from event where name = 'unknown'")).rows).toEqual([{ count: 0 }]);
    const [contract] = (await index.pool.query('select role from contract')).rows;
    expect(contract).toEqual({ role: `priceFeed:${world.proxy}:3` });
  });

  it('prices an hour by what was known when the price was agreed', async () => {
    const query = `{ jobs(orderBy: createdAt, orderDirection: asc) { price { unit amount usdPerHour ${usdFields} usdPerGpuHour { value } } } }`;
    const { jobs } = await ask<{ jobs: { price: { amount: string; usdPerHour: ShownUsd; usdPerGpuHour: null } }[] }>(
      query,
    );
    expect(jobs.map(({ price }) => price)).toMatchObject([
      { amount: String(RATE), usdPerHour: { value: null, reason: 'NO_ANSWER' }, usdPerGpuHour: null },
      // 3.6 tokens an hour.
      { amount: String(RATE), usdPerHour: { value: '7.2', reason: null, age: 15 }, usdPerGpuHour: null },
    ]);
  });

  it('is whole: every invariant holds, and the tables add up to the digest', async () => {
    const client = await index.pool.connect();
    const invariants = await checkInvariants(client, LAB_CHAIN_ID).finally(() => client.release());
    expect(invariants.flatMap(({ findings }) => findings)).toEqual([]);
    const { height } = await world.getHead();
    const { rows } = await index.pool.query('select digest_sum, digest_rows from block where height = $1', [height]);
    const digest = await rescanDigest(index.pool, LAB_CHAIN_ID);
    expect([digest.sum.toString('hex'), digest.rows]).toEqual([
      rows[0]?.digest_sum.toString('hex'),
      rows[0]?.digest_rows,
    ]);
  });

  it('is found on the chain again by an audit, what no log announced included', async () => {
    const endpoints = createEndpointPool({
      chainId: LAB_CHAIN_ID,
      endpoints: [{ url: world.url }],
      runtime: systemRuntime,
    });
    const source = createChainSource({
      pool: endpoints,
      chainId: LAB_CHAIN_ID,
      policy: { backfill: undefined, head: undefined },
    });
    try {
      const { height } = await world.getHead();
      const ranges = [{ from: 1, to: height }];
      const network = world.toNetwork(toFeed(world));
      const audit = await auditRanges({ pool: index.pool, chainId: LAB_CHAIN_ID, networks: [network], source, ranges });
      expect(audit.findings).toEqual([]);
      expect(audit.ranges[0]?.logs).toBeGreaterThan(20);
    } finally {
      await source.close();
    }
  });

  it('takes answers back with their blocks, and comes to what a clean run comes to', async () => {
    const snapshot = await world.rpc.call('evm_snapshot');
    await world.answer(20_010, 2, 400_000_000n);
    await world.settle(20_020, first);
    await index.reached(await world.getHead());
    expect((await listPayouts()).at(-1)?.usd).toMatchObject({ rate: '4', age: 10 });
    await world.rpc.call('evm_revert', snapshot);
    await world.settle(20_021, first);
    await world.answer(20_022, 2, 500_000_000n);
    await world.mine(20_023);
    await index.reached(await world.getHead());
    expect((await listPayouts()).at(-1)?.usd).toMatchObject({ rate: '3', age: 21 });
    const clean = await openIndex(world.url, { networks: ['marlin-feeds'] });
    try {
      await clean.start();
      await clean.reached(await world.getHead());
      expect(await dumpFacts(index.pool)).toEqual(await dumpFacts(clean.pool));
    } finally {
      await clean.close();
    }
  });
});

function toFeed({ proxy }: FeedWorld): UsdSource {
  const source = 'https://feeds.example/tst-usd';
  return {
    kind: 'feed',
    feed: { pair: 'TST / USD', proxy, decimals: 8, heartbeatSeconds: HEARTBEAT, phases: [], source },
  };
}
