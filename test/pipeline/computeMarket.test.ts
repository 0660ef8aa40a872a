import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accounts, type Conduct, nodes, providers } from '../../devnet/computeMarket/cast.js';
import type { GpuMarketState } from '../../devnet/computeMarket/gpuMarketState.js';
import { slandered, toAccount } from '../../devnet/computeMarket/lookups.js';
import { operators, worthless } from '../../devnet/computeMarket/truth.js';
import { type Devnet, startDevnet } from '../../devnet/main.js';
import { openStore } from '../../devnet/store.js';
import { checkInvariants } from '../../indexer/audit/checkInvariants.js';
import { startIndexer } from '../../indexer/main.js';
import { computeMarketDevnet } from '../../schema/protocols/computeMarketDevnet.js';
import { silentLog } from '../silentLog.js';
import { openIndex } from './world.js';

const network = 'compute-market-devnet';
const { chainId } = computeMarketDevnet;

/** The whole three months of the devnet's market, as the explorer has them and as the market itself knows them. */
describe("the devnet's ComputeMarket in the index", () => {
  let dataDir: string;
  let devnet: Devnet;
  let index: Awaited<ReturnType<typeof openIndex>>;
  let market: GpuMarketState;
  let wallets: readonly string[];

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'computescan-market-'));
    devnet = await startDevnet({ network, dataDir, seed: 1, startTime: 1_790_000_000, live: false });
    await devnet.history;
    market = openStore(dataDir).findMarket()?.state as GpuMarketState;
    wallets = (await request<string[]>('eth_accounts')).map((address) => address.toLowerCase());
    index = await openIndex(devnet.rpcUrl);
    const indexer = await startIndexer({
      ...{ databaseUrl: index.databaseUrl, networks: [network], endpoints: { [chainId]: [{ url: devnet.rpcUrl }] } },
      ...{ pollMs: 50, maxRangeBlocks: 10_000, log: silentLog },
    });
    const height = Number(await request('eth_blockNumber'));
    await Promise.race([reached(height), indexer.done]);
    await indexer.stop();
  }, 180_000);

  afterAll(async () => {
    await index?.close();
    await devnet?.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  async function request<T>(method: string): Promise<T> {
    const response = await fetch(devnet.rpcUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params: [] }),
    });
    return ((await response.json()) as { result: T }).result;
  }

  async function reached(height: number): Promise<void> {
    for (;;) {
      const [row] = await read('select height from chain where chain_id = $1', [chainId]);
      if (row?.height === height) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  const read = async (query: string, values: unknown[] = []) => (await index.pool.query(query, values)).rows;
  const idOf = (provider: number) => `${network}:${wallets[toAccount(provider)]}`;
  const listOf = (conduct: Conduct) =>
    providers.flatMap((provider, position) => (provider.conduct === conduct ? [idOf(position)] : []));

  it('sets nothing aside and contradicts itself nowhere', async () => {
    expect(await read('select * from quarantine')).toEqual([]);
    const client = await index.pool.connect();
    const checks = await checkInvariants(client, chainId).finally(() => client.release());
    expect(checks.flatMap(({ findings }) => findings)).toEqual([]);
  });

  it('holds of every provider what the market itself has in its books', async () => {
    const rows = await read('select id, name, jobs, tasks_completed, tasks_failed, paid, slashed, stake from provider');
    const found = Object.fromEntries(rows.map(({ id, ...row }) => [id, row]));
    const expected = providers.map((provider, position) => {
      const state = market.providers[position];
      if (!state) throw new Error(`${provider.name} has not joined`);
      const { jobs, tasksCompleted, tasksFailed, paidWei, slashedWei } = state.ledger;
      const own = nodes.flatMap((node, at) =>
        node.provider === position ? [market.nodes[at]?.stake.lockedWei ?? 0n] : [],
      );
      const stake = own.reduce((sum, wei) => sum + wei, state.stake.lockedWei);
      const books = { jobs, tasks_completed: tasksCompleted, tasks_failed: tasksFailed };
      return [
        idOf(position),
        { name: provider.name, ...books, paid: `${paidWei}`, slashed: `${slashedWei}`, stake: `${stake}` },
      ];
    });
    expect(found).toEqual(Object.fromEntries(expected));
  });

  it('holds as many jobs, nodes, regions and models as there are', async () => {
    const [counts] = await read(`select count(*)::int as nodes, count(distinct region)::int as regions,
      count(distinct gpu_model)::int as models, count(distinct provider_id)::int as providers from node`);
    expect(counts).toEqual({ nodes: 80, regions: 8, models: 6, providers: 36 });
    const [jobs] = await read('select count(*)::int as count from job');
    expect(jobs.count).toBe(market.jobCount);
  });

  it('shows the dishonest for what they are', async () => {
    const ring = accounts.ring.map((account) => wallets[account]);
    const [wash] = listOf('washTrading');
    const washed = await read('select distinct buyer from job where provider_id = $1', [wash]);
    expect(washed.map(({ buyer }) => buyer).sort()).toEqual([...ring].sort());
    const elsewhere = await read('select count(*)::int as count from job where buyer = any($1) and provider_id <> $2', [
      ring,
      wash,
    ]);
    expect(elsewhere[0].count).toBe(0);
    const recipients = await read('select distinct recipient from payout where provider_id = $1 and for_work', [wash]);
    expect(recipients).toEqual([{ recipient: ring[0] }]);

    const shares = await read(`select id, tasks_failed::float / nullif(tasks_failed + tasks_completed, 0) as share,
      slashed > 0 as slashed from provider where tasks_failed + tasks_completed > 5`);
    const shareOf = Object.fromEntries(shares.map(({ id, share }) => [id, share]));
    for (const id of listOf('overPromising')) expect(shareOf[id]).toBeGreaterThan(0.5);
    for (const id of listOf('flapping')) expect(shareOf[id]).toBeGreaterThan(0.08);
    for (const id of listOf('whitewashing')) expect(shareOf[id]).toBeGreaterThan(0.25);
    const most = await read('select id from provider order by slashed desc limit 1');
    expect(most.map(({ id }) => id)).toEqual(listOf('slashed'));

    const versions = await read(`select p.id, count(*)::int as count from node_version v join node n on n.id = v.node_id
      join provider p on p.id = n.provider_id group by p.id order by 2 desc limit 1`);
    expect(versions.map(({ id }) => id)).toEqual(listOf('flapping'));
  });

  it('holds what links those who belong together: whom the pay goes to, and who buys nowhere else', async () => {
    for (const operator of operators) {
      const ids = operator.map(idOf);
      const paid = await read(
        `select distinct provider_id, recipient from payout where for_work and recipient in
           (select recipient from payout where provider_id = any($1) and for_work)`,
        [ids],
      );
      expect(new Set(paid.map(({ recipient }) => recipient)).size).toBe(1);
      expect(paid.map(({ provider_id }) => provider_id).sort()).toEqual([...ids].sort());
    }
    for (const { buyers, providers: sellers } of worthless) {
      const found = await read(
        'select distinct provider_id from job where buyer = any($1) and provider_id is not null',
        [buyers.map((buyer) => wallets[buyer])],
      );
      expect(found.map(({ provider_id }) => provider_id).sort()).toEqual(sellers.map(idOf).sort());
    }
  });

  it('holds the disputes of the slanderer, every one of them decided for the provider', async () => {
    const verdicts = await read(
      `select v.result, p.name, count(*)::int as count from verification v join job j on j.id = v.job_id
       join provider p on p.id = v.provider_id where j.buyer = $1 group by 1, 2`,
      [wallets[accounts.slanderer]],
    );
    expect(verdicts).toEqual([{ result: 'accepted', name: providers[slandered]?.name, count: expect.any(Number) }]);
    expect(verdicts[0].count).toBeGreaterThan(45);
    const [steps] = await read(
      `select count(*) filter (where s.kind = 'reopened')::int as disputed,
         count(*) filter (where s.kind = 'failed')::int as failed
       from job_step s join job j on j.id = s.job_id where j.buyer = $1`,
      [wallets[accounts.slanderer]],
    );
    expect(steps.failed).toBe(0);
    // The last ones are not decided yet.
    expect(steps.disputed - verdicts[0].count).toBeGreaterThanOrEqual(0);
    expect(steps.disputed - verdicts[0].count).toBeLessThan(4);
  });
});
