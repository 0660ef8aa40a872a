import { dumpFacts } from '../dumpFacts.js';
import { openDevnet, openIndex } from './world.js';

interface Block {
  readonly number: string;
  readonly hash: string;
}

describe('real iExec contracts through the whole indexer', () => {
  let world: Awaited<ReturnType<typeof openDevnet>>;
  let index: Awaited<ReturnType<typeof openIndex>>;

  beforeAll(async () => {
    // States of the last blocks are kept, so that anvil can reorganise them.
    world = await openDevnet({ historyDays: 3, keptStates: 64 });
    index = await openIndex(world.devnet.rpcUrl);
    await index.start();
    await index.reached(await head());
  }, 120_000);

  afterAll(async () => {
    await index?.close();
    await world?.close();
  });

  async function head(): Promise<{ height: number; hash: string }> {
    const block = await world.request<Block>('eth_getBlockByNumber', ['latest', false]);
    return { height: Number(block.number), hash: block.hash };
  }

  async function count(query: string): Promise<number> {
    const { rows } = await index.pool.query(query);
    return Number(Object.values(rows[0] ?? {})[0]);
  }

  it('keeps every log of the contracts as an event', async () => {
    const { rows } = await index.pool.query('select distinct address from event');
    const logs = await world.request<unknown[]>('eth_getLogs', [
      { fromBlock: '0x0', toBlock: 'latest', address: rows.map((row) => `0x${row.address.toString('hex')}`) },
    ]);
    expect(await count('select count(*) from event')).toBe(logs.length);
    // DiamondCut and the like are in no ABI of ours; they are kept raw.
    expect(await count("select count(*) from event where kind = 'unknown'")).toBeGreaterThan(0);
    expect(await count('select count(*) from quarantine')).toBe(0);
  });

  it('knows the terms of every deal and the outcome of every task', async () => {
    expect(await count('select count(*) from job')).toBeGreaterThan(20);
    expect(await count('select count(*) from job where price is null or provider_id is null or volume = 0')).toBe(0);
    expect(await count('select count(*) from task')).toBe(await count('select sum(volume) from job'));
    for (const [event, status] of [
      ['TaskFinalize', 'completed'],
      ['TaskClaimed', 'failed'],
    ]) {
      const events = await count(`select count(*) from event where name = '${event}'`);
      expect([status, await count(`select count(*) from task where status = '${status}'`)]).toEqual([status, events]);
      expect(events).toBeGreaterThan(0);
    }
  });

  it('pays out exactly what the deals say, and what wrong workers lost', async () => {
    const unequal = await count(`
      select count(*) from (
        select t.id from task t
        join job j on j.id = t.job_id
        left join payout p on p.task_id = t.id and p.for_work
        where t.status = 'completed'
        group by t.id, j.price
        having coalesce(sum(p.amount), 0) <> j.price + (
          select coalesce(sum(s.amount), 0) from stake_change s where s.task_id = t.id and s.kind = 'slashed')
      ) unequal`);
    expect(unequal).toBe(0);
    expect(await count(`select count(*) from stake_change where kind = 'slashed' and delta = 0`)).toBe(
      await count(`select count(*) from event where name = 'FaultyContribution'`),
    );
  });

  it('leaves no stake locked by a provider without an open task', async () => {
    const idle = await count(`
      select count(*) from provider p
      where p.stake <> 0 and not exists (
        select from job j where j.provider_id = p.id and j.status in ('open', 'running'))`);
    expect(idle).toBe(0);
    expect(await count('select sum(stake) from provider')).toBe(await count('select stake from network'));
    expect(await count('select sum(delta) from stake_change')).toBe(await count('select stake from network'));
  });

  it('heals a reorg: rows of blocks that are gone are gone, and the rest equals a clean run', async () => {
    const before = await head();
    const gone = await count(`select count(*) from event where height > ${before.height - 12}`);
    expect(gone).toBeGreaterThan(0);
    await world.request('anvil_reorg', [12, []]);
    await world.request('anvil_mine', ['0x2']);
    const after = await head();
    expect(after.height).toBeGreaterThan(before.height);
    await index.reached(after);
    expect(await count(`select count(*) from event where height > ${before.height - 12}`)).toBe(0);

    const clean = await openIndex(world.devnet.rpcUrl);
    try {
      await clean.start();
      await clean.reached(after);
      expect(await dumpFacts(index.pool)).toEqual(await dumpFacts(clean.pool));
    } finally {
      await clean.close();
    }
  });

  it('may run twice on one database: what two write together equals a clean run', async () => {
    const pair = await openIndex(world.devnet.rpcUrl);
    try {
      await Promise.all([pair.start(), pair.start()]);
      await pair.reached(await head());
      expect(await dumpFacts(pair.pool)).toEqual(await dumpFacts(index.pool));
    } finally {
      await pair.close();
    }
  });

  it('goes on after its connections were cut in the middle of the work', async () => {
    const cut = await openIndex(world.devnet.rpcUrl, { maxRangeBlocks: 20 });
    try {
      await cut.start();
      for (let time = 0; time < 8; time += 1) {
        await cut.pool.query(
          `select pg_terminate_backend(pid) from pg_stat_activity
           where datname = current_database() and application_name = 'computescan-index'`,
        );
        await new Promise((resolve) => setTimeout(resolve, 60));
      }
      await cut.reached(await head());
      expect(await dumpFacts(cut.pool)).toEqual(await dumpFacts(index.pool));
    } finally {
      await cut.close();
    }
  });

  it('refuses to add a network to a chain that is indexed already, for its past would be missing', async () => {
    const other = await openIndex(world.devnet.rpcUrl);
    try {
      const indexer = await other.start();
      await other.reached(await head());
      await indexer.stop();
      await other.pool.query(`update network set id = 'iexec-before' where id = 'iexec-devnet'`);
      await expect(other.start()).rejects.toThrow(
        /Expected the networks that chain 31337 is indexed with \(iexec-before\)/,
      );
    } finally {
      await other.close();
    }
  });

  it('refuses a database that holds another chain, and says what to do', async () => {
    const other = await openIndex(world.devnet.rpcUrl);
    try {
      await (await other.start()).stop();
      await other.pool.query(`update chain set genesis_hash = '\\x00'`);
      await expect(other.start()).rejects.toThrow(/Expected chain 31337 with genesis block 0x00.*--reset/);
    } finally {
      await other.close();
    }
  });
});
