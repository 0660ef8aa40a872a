import { type Address, parseEther } from 'viem';
import { computeMarketAbi as abi } from '../../devnet/contracts/computeMarketArtifact.js';
import { computeMarketAdapter } from '../../indexer/adapters/computeMarket/computeMarketAdapter.js';
import { checkInvariants } from '../../indexer/audit/checkInvariants.js';
import type { CanonicalEvent } from '../../indexer/events/CanonicalEvent.js';
import type { DecodedLog } from '../../indexer/events/logs.js';
import { startIndexer } from '../../indexer/main.js';
import { fullEvents } from '../../schema/protocols/abis/computeMarket.js';
import { addNetworks } from '../../schema/protocols/protocols.js';
import { openIndex } from '../pipeline/world.js';
import { silentLog } from '../silentLog.js';
import { decodeMarket, toNetwork } from './decodeMarket.js';
import {
  closeBusiness,
  nodes,
  openBusiness,
  price,
  rules,
  runContestedJob,
  runLostJobs,
  toPeople,
  WHOLE_PROVIDER,
} from './marketScript.js';
import { type MarketWorld, openMarket } from './openMarket.js';

type Of<Kind extends CanonicalEvent['kind']> = Extract<CanonicalEvent, { kind: Kind }>;

function pick<Kind extends CanonicalEvent['kind']>(events: readonly CanonicalEvent[], kind: Kind): Of<Kind>[] {
  return events.filter((event): event is Of<Kind> => event.kind === kind);
}

function sum<Row>(rows: readonly Row[], toAmount: (row: Row) => bigint): bigint {
  return rows.reduce((total, row) => total + toAmount(row), 0n);
}

describe('a market from its first node to its last payment', () => {
  let market: MarketWorld;
  let people: ReturnType<typeof toPeople>;
  let decoded: readonly DecodedLog[];
  let events: readonly CanonicalEvent[];
  let purseBefore: bigint;

  beforeAll(async () => {
    market = await openMarket(rules);
    people = toPeople(market);
    purseBefore = await market.client.getBalance({ address: people.purse });
    await openBusiness(market);
    await runContestedJob(market);
    await runLostJobs(market);
    await closeBusiness(market);
    decoded = decodeMarket(toNetwork(market.address), await market.readLogs());
    events = computeMarketAdapter.adapt(decoded, new Map()).flatMap((log) => log.events);
  }, 120_000);

  afterAll(() => market?.close());

  const lower = (address: Address) => address.toLowerCase();

  it('emits every event of the full interface, and each of them means something', () => {
    const names = fullEvents.map((signature) => /^event (\w+)/.exec(signature)?.[1]);
    expect([...new Set(decoded.map(({ name }) => name))].sort()).toEqual(names.sort());
    const mute = computeMarketAdapter.adapt(decoded, new Map()).filter((log) => log.events.length === 0);
    expect(mute.map((log) => log.decoded.name)).toEqual([]);
  });

  it('costs little enough to be deployed anywhere', () => {
    expect(market.deployGas).toBeLessThan(5_000_000n);
  });

  it('pays exactly what the payouts say, to whom they say', async () => {
    const paid = pick(events, 'paid').filter(({ role }) => role === 'provider');
    expect(new Set(paid.map(({ recipient }) => recipient))).toEqual(new Set([lower(people.purse)]));
    expect(new Set(paid.map(({ payer }) => payer))).toEqual(new Set([lower(people.buyer)]));
    const after = await market.client.getBalance({ address: people.purse });
    expect(after - purseBefore).toBe(sum(paid, ({ amount }) => amount));
    // Four tasks of two GPU-hours and one of a single one, less the fee.
    expect(after - purseBefore).toBe((price * 9n * 9_750n) / 10_000n);
  });

  it('loses no wei: what was paid in is held, paid out, given back, or in the treasury', async () => {
    const escrow = pick(events, 'escrowChanged');
    const stakes = pick(events, 'stakeChanged');
    const amountOf = (kind: string) =>
      sum(
        [...escrow, ...stakes].filter(({ change }) => change === kind),
        ({ amount }) => amount,
      );
    const paid = pick(events, 'paid');
    const payouts = sum(paid, ({ role, amount }) => (role === 'provider' ? amount : 0n));
    const fees = amountOf('spent') - payouts;
    expect(sum(paid, ({ role, amount }) => (role === 'fee' ? amount : 0n))).toBe(fees);
    const taken = sum(paid, ({ role, amount }) => (role === 'withdrawal' ? amount : 0n));

    const read = { address: market.address, abi } as const;
    const treasury = fees + amountOf('slashed') - taken;
    expect(await market.client.readContract({ ...read, functionName: 'treasury' })).toBe(treasury);
    const left = await Promise.all(
      [1n, 2n, 3n].map((id) => market.client.readContract({ ...read, functionName: 'jobs', args: [id] })),
    );
    const held = sum(escrow, ({ delta }) => delta);
    expect(held).toBe(sum(left, (job) => job[9]));

    const accounts = [
      [people.wood, WHOLE_PROVIDER],
      [people.wood, nodes.elm],
      [people.hill, WHOLE_PROVIDER],
    ] as const;
    const kept = await Promise.all(
      accounts.map((args) => market.client.readContract({ ...read, functionName: 'stakes', args })),
    );
    const locked = sum(stakes, ({ delta }) => delta);
    expect(locked).toBe(sum(kept, ([amount]) => amount));
    expect(sum(kept, ([, bonded]) => bonded)).toBe(0n);
    const ofUnlocked = stakes.filter(({ change }) => change === 'withdrawn');
    const unlocked = amountOf('unlocked') - sum(ofUnlocked, ({ amount }) => amount);
    expect(unlocked).toBe(sum(kept, ([, , amount]) => amount));

    const balance = await market.client.getBalance({ address: market.address });
    expect(balance).toBe(held + locked + unlocked + treasury);
    expect(balance).toBe(parseEther('6.59'));
  });

  it('is indexed to the same: who sold what, what became of each task, and every sum', async () => {
    const network = toNetwork(market.address);
    addNetworks([network]);
    const index = await openIndex(market.url);
    try {
      const indexer = await startIndexer({
        ...{
          databaseUrl: index.databaseUrl,
          networks: [network.definition.id],
          endpoints: { 31337: [{ url: market.url }] },
        },
        ...{ pollMs: 50, maxRangeBlocks: 500, log: silentLog },
      });
      const head = await market.client.getBlock();
      await Promise.race([index.reached({ height: Number(head.number), hash: head.hash }), indexer.done]);
      await indexer.stop();
      const read = async (query: string) => (await index.pool.query(query)).rows;

      expect(await read('select * from quarantine')).toEqual([]);
      const client = await index.pool.connect();
      const invariants = await checkInvariants(client, 31_337).finally(() => client.release());
      expect(invariants.flatMap(({ findings }) => findings)).toEqual([]);
      expect(
        await read('select native_id, status, volume, tasks_completed, tasks_failed, provider_id from job order by 1'),
      ).toEqual([
        {
          native_id: '1',
          status: 'partial',
          volume: 6,
          tasks_completed: 5,
          tasks_failed: 1,
          provider_id: idOf(people.wood),
        },
        {
          native_id: '2',
          status: 'failed',
          volume: 2,
          tasks_completed: 0,
          tasks_failed: 2,
          provider_id: idOf(people.hill),
        },
        { native_id: '3', status: 'failed', volume: 1, tasks_completed: 0, tasks_failed: 1, provider_id: null },
      ]);
      expect(await read("select native_id, status, attempts from task where native_id like '1-%' order by 1")).toEqual([
        { native_id: '1-0', status: 'completed', attempts: 1 },
        { native_id: '1-1', status: 'completed', attempts: 1 },
        { native_id: '1-2', status: 'failed', attempts: 1 },
        { native_id: '1-3', status: 'completed', attempts: 1 },
        { native_id: '1-4', status: 'completed', attempts: 2 },
        { native_id: '1-5', status: 'completed', attempts: 2 },
      ]);
      expect(
        await read(
          'select name, gpu_model, gpu_count, region, n.active from node n join provider p on p.id = n.provider_id order by 2, 5',
        ),
      ).toEqual([
        { name: 'Hill', gpu_model: 'A100', gpu_count: 1, region: 'eu-north', active: false },
        { name: 'Wood', gpu_model: 'H100', gpu_count: 2, region: 'eu-north', active: false },
        { name: 'Wood', gpu_model: 'H100', gpu_count: 2, region: 'eu-north', active: true },
      ]);
      const stake = parseEther('4.5').toString();
      const paid = ((price * 9n * 9_750n) / 10_000n).toString();
      expect(await read('select stake, paid, jobs, tasks_completed, tasks_failed from network')).toEqual([
        { stake, paid, jobs: 3, tasks_completed: 5, tasks_failed: 4 },
      ]);
      expect(
        await read('select sum(stake) as stake, sum(paid) as paid, sum(slashed) as slashed from provider'),
      ).toEqual([{ stake, paid, slashed: parseEther('1.5').toString() }]);
      expect(await read('select sum(delta) as held from escrow_change')).toEqual([{ held: '0' }]);
      expect(await read('select basis, count(*)::integer from price group by 1 order by 1')).toEqual([
        { basis: 'advertised', count: 3 },
        { basis: 'settled', count: 3 },
      ]);
    } finally {
      addNetworks([]);
      await index.close();
    }
  }, 60_000);

  const idOf = (address: Address) => `compute-market-test:${lower(address)}`;
});
