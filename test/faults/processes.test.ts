import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createRandom } from '../simulation/createRandom.js';
import { market, toJob } from './marketScript.js';
import { CHAIN_ID, type FaultWorld, openFaultWorld } from './openFaultWorld.js';
import { startIndexProcess, writeNetworkFile } from './startIndexProcess.js';

let world: FaultWorld;
let folder: string;
let networkFile: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'computescan-faults-'));
  networkFile = await writeNetworkFile(folder);
  world = await openFaultWorld();
  world.chain.mine([market.register(1), market.lock(1)], [market.register(2), market.lock(2)]);
  for (let job = 1; job <= 200; job += 1) world.chain.mine(toJob(job, 1 + (job % 2)));
});
afterEach(async () => {
  await world.close();
  await rm(folder, { recursive: true, force: true });
});

/** 100 by `npm run test:kill`; fewer in a run of all tests, for the sake of its length. */
const KILLS = Number(process.env.COMPUTESCAN_KILLS ?? 15);

describe('processes that end', () => {
  it(`fault 6: SIGKILL at any moment, ${KILLS} times, loses and doubles nothing`, async () => {
    const random = createRandom(Number(process.env.SEED ?? 6), 'kills');
    let mined = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      const indexer = startIndexProcess(world, networkFile);
      // From the first query of the start to the middle of the work; blocks come and go meanwhile.
      const lifeMs = 150 + random.below(900);
      for (const end = performance.now() + lifeMs; performance.now() < end; await sleep(20)) {
        if (random.chance(0.05)) world.chain.drop(1 + random.below(4));
        world.chain.mine(toJob(10_000 + mined, 1 + (mined % 2)), random.chance(0.3) ? [market.lock(2)] : []);
        mined += 1;
      }
      indexer.kill('SIGKILL');
      await indexer.exited;
    }
    const last = startIndexProcess(world, networkFile);
    await world.caughtUp();
    last.kill('SIGTERM');
    expect((await last.exited).code).toBe(0);
    expect(await world.dump()).toEqual(await world.dumpClean());
  }, 600_000);

  it('fault 46: SIGTERM under load drains within ten seconds, ends with code 0 and loses nothing', async () => {
    const indexer = startIndexProcess(world, networkFile);
    await world.until(`select height > 20 from chain where chain_id = ${CHAIN_ID}`);
    const begun = performance.now();
    indexer.kill('SIGTERM');
    const { code, output } = await indexer.exited;
    expect([code, output]).toEqual([0, '']);
    expect(performance.now() - begun).toBeLessThan(10_000);
    const { rows } = await world.pool.query('select lease_holder is null as free from chain');
    // Another indexer need not wait until the lease runs out.
    expect(rows).toEqual([{ free: true }]);
    await world.start();
    await world.caughtUp();
    expect(await world.dump()).toEqual(await world.dumpClean());
  });

  it('fault 46: SIGTERM is not held up by an endpoint that has stopped answering', async () => {
    const indexer = startIndexProcess(world, networkFile);
    await world.caughtUp();
    const [node] = world.nodes;
    if (node) node.seize = () => undefined;
    world.chain.mine(toJob(9_000, 1));
    await sleep(500);
    const begun = performance.now();
    indexer.kill('SIGTERM');
    expect(await indexer.exited).toEqual({ code: 0, output: '' });
    expect(performance.now() - begun).toBeLessThan(10_000);
  });

  it('fault 41: of two indexers one writes and the other waits, until the first one ends', async () => {
    const counts = [0, 0];
    const start = (index: number) =>
      world.start({
        report(report) {
          if (report.kind === 'written') counts[index] = (counts[index] ?? 0) + 1;
        },
      });
    const first = await start(0);
    await start(1);
    await world.caughtUp();
    for (let block = 0; block < 10; block += 1) {
      world.chain.mine(toJob(5_000 + block, 1));
      await world.caughtUp();
    }
    expect(Math.min(...counts)).toBe(0);
    const alone = counts[0] === 0 ? undefined : first;
    await alone?.stop();
    world.chain.mine(toJob(6_000, 1));
    await world.caughtUp();
    expect(await world.dump()).toEqual(await world.dumpClean());
  });

  it('fault 13: all endpoints out of reach make it wait, and it catches up when they are back', async () => {
    const [node] = world.nodes;
    await world.start();
    await world.caughtUp();
    await node?.setAway(true);
    await world.until(`select phase = 'waiting' from chain where chain_id = ${CHAIN_ID}`);
    for (let block = 0; block < 300; block += 1) world.chain.mine(toJob(7_000 + block, 1));
    await sleep(3_000);
    await node?.setAway(false);
    await world.caughtUp();
    await world.until(`select phase = 'live' from chain where chain_id = ${CHAIN_ID}`);
    expect(await world.dump()).toEqual(await world.dumpClean());
  });

  it('fault 47: a system clock that steps back an hour changes nothing', async () => {
    await world.start();
    await world.caughtUp();
    const { now } = Date;
    Date.now = () => now() - 3_600_000;
    try {
      for (let block = 0; block < 10; block += 1) {
        world.chain.mine(toJob(8_000 + block, 1));
        await world.caughtUp();
      }
    } finally {
      Date.now = now;
    }
    expect(await world.dump()).toEqual(await world.dumpClean());
  });
});
