import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startIndexer } from '../../indexer/main.js';
import { type KeptPlan, planSync, readPlans, watchPlans } from '../../indexer/plan/main.js';
import { createPool } from '../../schema/database.js';
import { addNetworks } from '../../schema/protocols/protocols.js';
import { readNetworkFile } from '../../schema/protocols/readNetworkFile.js';
import { silentLog } from '../silentLog.js';
import { createTestDatabase } from '../testDatabase.js';
import { openDevnet } from './world.js';

const NETWORK = 'compute-market-planned';

interface Target {
  readonly chainId: number;
  readonly network: string;
  readonly url: string;
}

interface BenchNode {
  readonly url: string;
  stop(): Promise<void>;
}

describe('a plan', () => {
  let folder: string;
  let world: Awaited<ReturnType<typeof openDevnet>>;
  const nodes: BenchNode[] = [];
  const targets = new Map<string, Target>();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'computescan-plans-'));
    world = await openDevnet({ historyDays: 3 });
    targets.set('devnet', { chainId: 31_337, network: 'iexec-devnet', url: world.devnet.rpcUrl });
    for (const name of ['dense-10k', 'sparse-20k']) targets.set(name, await openBenchChain(name));
  }, 180_000);

  afterAll(async () => {
    await Promise.all(nodes.map((node) => node.stop()));
    await world?.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** A recorded chain of the benchmark; all of them have their contract at one address. */
  async function openBenchChain(name: string): Promise<Target> {
    const { getChain } = await import('../bench/chain/getChain.mjs' as string);
    const { startNode } = await import('../bench/run/startNode.mjs' as string);
    const chain = await getChain(name, folder, () => undefined);
    const { chainId, address, startBlock } = chain.meta;
    const file = join(folder, 'networks.json');
    const token = { symbol: 'ETH', decimals: 18 };
    const contracts = [{ role: 'market', address, startBlock }];
    const network = {
      id: NETWORK,
      protocol: 'compute-market',
      title: 'Market',
      chainId,
      chainName: 'bench',
      contracts,
    };
    await writeFile(file, JSON.stringify([{ ...network, workToken: token, stakeToken: token }]));
    if (targets.size === 1) addNetworks(readNetworkFile(file));
    const node: BenchNode = await startNode({ folder: chain.folder, chainId, logTime: false });
    nodes.push(node);
    return { chainId, network: NETWORK, url: node.url };
  }

  async function planAndSync(target: Target, verify: 'off' | 'exact'): Promise<KeptPlan> {
    const { chainId, network, url } = target;
    const database = await createTestDatabase();
    const common = {
      ...{
        databaseUrl: database.url,
        networks: [network],
        endpoints: { [chainId]: [{ url }] },
        maxRangeBlocks: 10_000,
      },
      verify: { [chainId]: verify },
    };
    try {
      await planSync({ ...common, samples: 60, seed: 1 });
      await assertNothingLeft(database.url);
      const watch = watchPlans({ databaseUrl: database.url, log: silentLog });
      let tellLive: () => void = () => undefined;
      const live = new Promise<void>((resolve) => {
        tellLive = resolve;
      });
      const indexer = await startIndexer({
        ...common,
        ...{ pollMs: 500, log: silentLog, report: watch.report },
        onState: ({ phase }) => phase === 'live' && tellLive(),
      });
      await Promise.race([live, indexer.done]);
      await untilMeasured(database.url);
      await indexer.stop();
      await watch.close();
      const [kept] = await readPlans(database.url);
      if (!kept) throw new Error('no plan was kept');
      return kept;
    } finally {
      await database.drop();
    }
  }

  it.each([
    ['devnet', 'off'],
    ['devnet', 'exact'],
    ['dense-10k', 'off'],
    ['sparse-20k', 'off'],
    ['sparse-20k', 'exact'],
  ] as const)('of %s, verification %s, is within a quarter of what the sync then takes', async (name, verify) => {
    const target = targets.get(name);
    if (!target) throw new Error(`${name} is not open`);
    const { plan, actual, measuredAt } = await planAndSync(target, verify);
    expect(plan.policy).toBe(verify);
    expect(measuredAt).toBeInstanceOf(Date);
    for (const key of ['events', 'requests', 'bytes', 'diskBytes'] as const) {
      const [planned, came] = [plan.expected[key], actual?.[key] ?? 0];
      expect([key, came > 0, Math.abs(planned - came) / came < 0.25, planned, came]).toEqual([
        key,
        true,
        true,
        planned,
        came,
      ]);
    }
    // How long it takes depends on what else the machine does; that it was measured does not.
    expect(plan.expected.seconds).toBeGreaterThan(0);
    expect(actual?.seconds).toBeGreaterThan(0);
  });

  it('says what is missing where it cannot be made', async () => {
    const common = {
      databaseUrl: 'postgres://nobody@127.0.0.1:9/none',
      endpoints: {},
      verify: {},
      maxRangeBlocks: 1,
      samples: 1,
      seed: 1,
    };
    await expect(planSync({ ...common, networks: ['iexec-devnet'] })).rejects.toThrow(
      /Expected an RPC endpoint for chain 31337/,
    );
    await expect(planSync({ ...common, networks: ['livepeer-arbitrum-recorded'] })).rejects.toThrow(
      /a recording: it needs no plan/,
    );
  });

  /** The writer was tried in a schema of its own; no fact of it may stay. */
  async function assertNothingLeft(databaseUrl: string): Promise<void> {
    await withPool(databaseUrl, async (query) => {
      expect(await query("select nspname from pg_namespace where nspname like 'plan%'")).toEqual([]);
      expect(await query('select * from event')).toEqual([]);
      expect(await query('select * from chain')).toEqual([]);
    });
  }

  async function untilMeasured(databaseUrl: string): Promise<void> {
    while (!(await readPlans(databaseUrl))[0]?.measuredAt) await new Promise((resolve) => setTimeout(resolve, 100));
  }

  async function withPool(url: string, work: (query: (sql: string) => Promise<unknown[]>) => Promise<void>) {
    const pool = createPool(url, { role: 'test', max: 1 });
    try {
      await work(async (sql) => (await pool.query(sql)).rows);
    } finally {
      await pool.end();
    }
  }
});
