import { createTestApi } from '../api/openApi.js';
import { market, toJob } from './marketScript.js';
import { CHAIN_ID, type FaultWorld, openFaultWorld } from './openFaultWorld.js';

/** The depth rule of the chain that these tests run on. */
const FINALITY_DEPTH = 64;

let world: FaultWorld;
beforeEach(async () => {
  world = await openFaultWorld();
  world.chain.mine([market.register(1), market.lock(1)], [market.register(2), market.lock(2)]);
  for (let job = 1; job <= 150; job += 1) world.chain.mine(toJob(job, 1 + (job % 2)));
});
afterEach(() => world.close());

/** The same jobs come to another end on the other branch, and one of them never comes. */
function branch(depth: number, blocks: number): void {
  world.chain.drop(depth);
  const first = 151 - depth;
  for (let job = first; job < first + blocks; job += 1) {
    world.chain.mine(job % 3 === 0 ? [] : [market.create(job), market.assign(job, 1), market.fail(job, 1)]);
  }
}

async function readChain() {
  const { rows } = await world.pool.query(
    'select phase, phase_reason, reorgs, deepest_reorg, height from chain where chain_id = $1',
    [CHAIN_ID],
  );
  return rows[0];
}

describe('reorgs', () => {
  it('fault 1: of depth 1 is healed at the next look, counted once, and leaves what a clean run has', async () => {
    await world.start();
    await world.caughtUp();
    branch(1, 2);
    await world.caughtUp();
    expect(await world.dump()).toEqual(await world.dumpClean());
    expect(await readChain()).toMatchObject({ reorgs: 1, deepest_reorg: 1 });
  });

  it('fault 1: of depth 1 is healed, too, when the new branch is no higher than the old one', async () => {
    await world.start();
    await world.caughtUp();
    branch(1, 1);
    await world.caughtUp();
    expect(await world.dump()).toEqual(await world.dumpClean());
  });

  it('fault 2: of depth finality − 1 with conflicting outcomes leaves no row of the old branch', async () => {
    await world.start();
    await world.caughtUp();
    branch(FINALITY_DEPTH - 1, FINALITY_DEPTH + 2);
    await world.caughtUp();
    expect(await world.dump()).toEqual(await world.dumpClean());
    expect(await readChain()).toMatchObject({ reorgs: 1, deepest_reorg: FINALITY_DEPTH - 1 });
  });

  it('fault 3: of depth finality halts the chain and changes nothing, while reads go on, marked stale', async () => {
    await world.start();
    await world.caughtUp();
    const before = await world.dump();
    branch(FINALITY_DEPTH, FINALITY_DEPTH + 2);
    await world.until(`select phase = 'halted' from chain where chain_id = ${CHAIN_ID}`);
    expect(await world.dump()).toEqual(before);
    expect(await readChain()).toMatchObject({
      phase_reason: expect.stringMatching(/was final.*resync --chain 31337 --from 88/),
    });
    const api = await createTestApi(world.databaseUrl);
    try {
      const answer = await api.execute('{ jobs(first: 1) { id } _meta { chain { phase stale } hasIndexingErrors } }');
      expect(JSON.parse(JSON.stringify(answer))).toMatchObject({
        data: { jobs: [{}], _meta: { chain: { phase: 'halted', stale: true }, hasIndexingErrors: true } },
      });
    } finally {
      await api.close();
    }
  });

  it('fault 4: while nobody looked is found at the start from stored hashes, near the head and far behind it', async () => {
    await (await startAndCatchUp()).stop();
    branch(20, 30);
    await startAndCatchUp().then((indexer) => indexer.stop());
    expect(await world.dump()).toEqual(await world.dumpClean());
    world.chain.drop(10);
    world.chain.mineEmpty(400);
    world.chain.mine(toJob(900, 2));
    await startAndCatchUp();
    expect(await world.dump()).toEqual(await world.dumpClean());
    expect(await readChain()).toMatchObject({ reorgs: 2, deepest_reorg: 20 });
  });
});

async function startAndCatchUp() {
  const indexer = await world.start();
  await world.caughtUp();
  return indexer;
}
