import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { drawSpacedChain, lastOf } from '../metrics/openRollWorld.js';
import { runCommand } from '../product.js';
import { chainId, createNetwork, toBatches } from '../writer/marketChain.js';
import { type OpenStore, openStore } from '../writer/openStore.js';

const command = join(fileURLToPath(new URL('../..', import.meta.url)), 'cli/computescan.mjs');
const network = createNetwork('compute-market-ours');
/** As the file of networks of one's own describes it; what is written of it is drawn. */
const described = {
  ...{ protocol: 'compute-market', id: 'compute-market-ours', title: 'Ours', chainId, chainName: 'Test' },
  workToken: { symbol: 'TOK', decimals: 18 },
  contracts: [{ role: 'market', address: `0x${'ab'.repeat(20)}`, startBlock: 0 }],
};
const chain = drawSpacedChain({ seed: 21, blocks: 200, of: network });

describe('computescan roll', () => {
  let world: OpenStore;
  let folder: string;
  let env: { readonly DATABASE_URL: string; readonly COMPUTESCAN_NETWORK_FILE: string };
  beforeAll(async () => {
    world = await openStore({ networks: [network] });
    folder = await mkdtemp(join(tmpdir(), 'computescan-roll-'));
    const file = join(folder, 'networks.json');
    await writeFile(file, JSON.stringify([described]));
    env = { DATABASE_URL: String(world.pool.options.connectionString), COMPUTESCAN_NETWORK_FILE: file };
    await world.write(toBatches(chain, 50));
  });
  afterAll(async () => {
    await world.close();
    await rm(folder, { recursive: true });
  });

  const roll = (...args: readonly string[]) => runCommand(['roll', ...args], env);

  it('rolls what is due once, and says so in a sentence', async () => {
    const first = await roll('--once');
    expect(first.output).toMatch(
      /^compute-market-ours: \d+ hours rolled up to block 5,000 \(2023-11-15 14:53:20 UTC\): [\d,]+ figures? new or changed, 0 gone\.$/m,
    );
    expect(first.code).toBe(0);
    expect(await world.query('select * from mark')).toEqual([]);
    const again = await roll('--once', '--network', 'compute-market-ours');
    expect(again.output).toContain('compute-market-ours: nothing has changed since it was last rolled.');
  });

  it('ends with 75 where another process rolls, or the first backfill is not over', async () => {
    const other = await world.pool.connect();
    try {
      await other.query('select pg_advisory_lock(7264041, hashtext($1))', [network.definition.id]);
      expect(await roll('--once')).toEqual({
        code: 75,
        output: expect.stringContaining('compute-market-ours: another process rolls it just now.'),
      });
    } finally {
      await other.query('select pg_advisory_unlock_all()');
      other.release();
    }
    await world.query("insert into deferred_index values ('some_index', 'create index …')");
    expect(await roll('--once')).toEqual({ code: 75, output: expect.stringContaining('first backfill is not over') });
    expect((await roll('--verify')).code).toBe(75);
    await world.query('delete from deferred_index');
    expect((await roll('--once')).code).toBe(0);
  });

  it('says whether what is stored is what the facts give, and ends with 1 where it is not', async () => {
    const well = await roll('--verify');
    expect(well).toEqual({
      code: 0,
      output: expect.stringMatching(/^compute-market-ours: equal\. What was stored, [\d,]+ rows?, is to the last bit/m),
    });
    await world.query(
      "insert into removed_pair values ('compute-market-ours', 20000, 'somebody', 'nobody', 'sameCluster')",
    );
    const ill = await roll('--verify');
    expect(ill).toEqual({
      code: 1,
      output: expect.stringMatching(
        /DIFFERENT in removed_pair\.\n {2}removed_pair: 1 row differs\n.*row.*stored.*made anew\n.*buyer somebody and nobody on 2024-10-04, sameCluster.*\(nothing\)/,
      ),
    });
    expect((await roll('--verify')).code).toBe(1);
  });

  it('makes everything anew, and says whether what was there was the same', async () => {
    const [rebuilt, after] = [await roll('--rebuild', '--verify'), await roll('--rebuild', '--verify')];
    expect(rebuilt).toEqual({
      code: 1,
      output: expect.stringMatching(/everything is made anew.*\n.*DIFFERENT in removed_pair/),
    });
    expect(after).toEqual({
      code: 0,
      output: expect.stringMatching(/everything is made anew, \d+ hours up to block 5,000.*\n.*: equal\./),
    });
    expect((await roll('--rebuild')).output).not.toMatch(/equal|DIFFERENT/);
  });

  it.each([
    [['--once', '--verify'], 1, 'Expected --once, or --rebuild and --verify'],
    [['--network', 'compute-market-ours'], 1, 'Expected --network with --once'],
    [['--once', '--network', 'nowhere'], 1, 'Expected a network of the database (compute-market-ours), got "nowhere"'],
    [['--often'], 2, "unknown option '--often'"],
  ])('turns down %j', async (args, code, words) => {
    expect(await roll(...args)).toEqual({ code, output: expect.stringContaining(words) });
  });

  it('shows in the status how far it is', async () => {
    const status = await runCommand(['status'], env);
    expect(status.output).toMatch(/metrics {3}rolled up to block 5,000$/m);
  });

  it('follows what is written until SIGTERM', async () => {
    const { NODE_OPTIONS: _, ...ambient } = process.env;
    const child = spawn(process.execPath, [command, 'roll'], {
      env: { ...ambient, ...env, ROLL_INTERVAL_SECONDS: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
    const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
    try {
      const more = drawSpacedChain({ seed: 22, blocks: 60, from: 201, fork: 'b', of: network });
      await world.write(toBatches(more, 50, lastOf(chain)));
      const isRolled = async () =>
        (await world.query('select 1 from metric_progress where rolled_height = $1', [lastOf(more).height])).length ===
        1;
      while (child.exitCode === null && !(await isRolled())) await new Promise((resolve) => setTimeout(resolve, 50));
      const since = performance.now();
      child.kill('SIGTERM');
      expect({ code: await exited, output }).toEqual({ code: 0, output: expect.not.stringMatching(/ailed|rror/) });
      expect(performance.now() - since).toBeLessThan(10_000);
    } finally {
      child.kill('SIGKILL');
    }
  });
});
