import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dropPostgres } from '../../cli/postgres/dropPostgres.js';
import { openPostgres } from '../../cli/postgres/openPostgres.js';
import { createPool, migrate } from '../../schema/database.js';
import { dumpFacts } from '../dumpFacts.js';
import { market, toJob } from './marketScript.js';
import { CHAIN_ID, type FaultWorld, openFaultWorld } from './openFaultWorld.js';
import { startProxy } from './startProxy.js';

let world: FaultWorld;
beforeEach(async () => {
  world = await openFaultWorld();
  world.chain.mine([market.register(1), market.lock(1)], [market.register(2), market.lock(2)]);
  for (let job = 1; job <= 40; job += 1) world.chain.mine(toJob(job, 1 + (job % 2)));
});
afterEach(() => world.close());

/** Whatever is deleted from the table while this stands ends the connection that does it. */
async function breakAt(table: string): Promise<void> {
  await world.pool.query(`
    create or replace function break_connection() returns trigger language plpgsql as $$
      begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$;
    create trigger broken before delete on ${table} for each statement execute function break_connection()`);
}

describe('a database in trouble', () => {
  it('fault 5: a crash in the middle of a revert leaves all or nothing, and the revert is done after it', async () => {
    await world.start();
    await world.caughtUp();
    for (const table of ['provider_delta', 'payout', 'event', 'job', 'block']) {
      const before = await world.dump();
      await breakAt(table);
      world.chain.drop(5);
      for (let block = 0; block < 7; block += 1) world.chain.mine(toJob(1_000 + block, 1));
      await world.until(`select phase = 'waiting' from chain where chain_id = ${CHAIN_ID}`);
      expect(await world.dump()).toEqual(before);
      await world.pool.query(`drop trigger broken on ${table}`);
      await world.caughtUp();
      expect(await world.dump()).toEqual(await world.dumpClean());
    }
  }, 120_000);

  it('fault 7: a commit whose answer is lost is looked after, and nothing is written twice', async () => {
    const proxy = await startProxy(world.databaseUrl);
    try {
      await world.start({ databaseUrl: proxy.url });
      await world.caughtUp();
      for (let block = 0; block < 6; block += 1) {
        proxy.cutAtCommit();
        world.chain.mine(toJob(2_000 + block, 2));
        await world.caughtUp();
      }
      expect(proxy.cuts).toBeGreaterThanOrEqual(5);
      expect(await world.dump()).toEqual(await world.dumpClean());
    } finally {
      await proxy.close();
    }
  });

  it.each([
    ['53100', 'a full disk'],
    ['53300', 'too many connections'],
    ['25006', 'a read-only server'],
    ['57P01', 'a server that shuts down'],
  ])('fault 39: %s, %s, makes the indexer wait and go on by itself', async (code) => {
    await world.start();
    await world.caughtUp();
    await world.pool.query(`
      create function refuse() returns trigger language plpgsql as $$
        begin raise exception 'refused' using errcode = '${code}'; end $$;
      create trigger refusing before insert on event for each statement execute function refuse()`);
    world.chain.mine(toJob(3_000, 1));
    await world.until(`select phase = 'waiting' from chain where chain_id = ${CHAIN_ID}`);
    await world.pool.query('drop trigger refusing on event');
    await world.caughtUp();
    expect(await world.dump()).toEqual(await world.dumpClean());
  });

  it('fault 39: PostgreSQL that is killed and started again in the middle of the work loses nothing', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'computescan-restart-'));
    let server = await openPostgres({ dataDir });
    const proxy = await startProxy(server.url);
    try {
      await migrate(server.url);
      await world.start({ databaseUrl: proxy.url, maxRangeBlocks: 5 });
      for (let round = 0; round < 3; round += 1) {
        world.chain.mine(toJob(4_000 + round, 1));
        proxy.setTarget(undefined);
        process.kill(server.pid, 'SIGKILL');
        server = await openPostgres({ dataDir });
        proxy.setTarget(server.url);
      }
      const pool = createPool(server.url, { role: 'test' });
      const reached = 'select height from chain where chain_id = $1';
      while ((await pool.query(reached, [CHAIN_ID])).rows[0]?.height !== world.chain.blocks.length - 1) {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      expect(await dumpFacts(pool)).toEqual(await world.dumpClean());
      await pool.end();
    } finally {
      await proxy.close();
      await server.stop();
      await dropPostgres(dataDir);
      await rm(dataDir, { recursive: true, force: true });
    }
  });
});
