import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPool } from '../../schema/database.js';
import { openDevnet } from '../pipeline/world.js';
import { runCommand } from '../product.js';
import { createTestDatabase, type TestDatabase } from '../testDatabase.js';

const CHAIN = '31337';

describe("the operator's commands", () => {
  let folder: string;
  let world: Awaited<ReturnType<typeof openDevnet>>;
  let first: TestDatabase;
  let second: TestDatabase;
  let digestLine: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'computescan-operator-'));
    world = await openDevnet({ historyDays: 1 });
    first = await createTestDatabase();
    second = await createTestDatabase();
    const { code, output } = await on(first, ['record', join(folder, 'a.tape')]);
    expect([code, output]).toEqual([0, expect.stringMatching(/answers on .*a\.tape/)]);
    digestLine = /^chain 31337 block .*$/m.exec(output)?.[0] ?? '';
  }, 120_000);

  afterAll(async () => {
    await first?.drop();
    await second?.drop();
    await world?.close();
    await rm(folder, { recursive: true, force: true });
  });

  function on(database: TestDatabase, args: readonly string[]) {
    return runCommand(args, {
      DATABASE_URL: database.url,
      RPC_URLS: `${CHAIN}=${world.devnet.rpcUrl}`,
      COMPUTESCAN_DATA: folder,
    });
  }

  async function query(database: TestDatabase, sql: string) {
    const pool = createPool(database.url, { role: 'test' });
    try {
      return (await pool.query(sql)).rows;
    } finally {
      await pool.end();
    }
  }

  it('record tells its progress as JSON lines where no terminal is, and its digest at the end', () => {
    expect(digestLine).toMatch(/^chain 31337 block \d+ rows \d+ digest 0x[0-9a-f]{64}$/);
  });

  it('replay comes to the same digest offline, knowing a tape by what is in it', async () => {
    const { code, output } = await runCommand(['replay', join(folder, 'a.tape')], {
      DATABASE_URL: second.url,
      INDEX_RANGE_BLOCKS: '77',
    });
    const progress = output.split('\n').filter((line) => line.startsWith('{"kind":"progress"'));
    expect([code, output]).toEqual([0, expect.stringContaining(digestLine)]);
    expect(progress.map((line) => JSON.parse(line))).toContainEqual(
      expect.objectContaining({ chainId: 31_337, phase: 'backfill', requests: expect.any(Number) }),
    );
  });

  it('digest is the same for both, at the end and at a block before; a rescan agrees until a row is changed', async () => {
    const [block] = await query(first, 'select height from block order by height desc offset 40 limit 1');
    for (const args of [['digest'], ['digest', '--chain', CHAIN, '--block', String(block.height)]]) {
      const [one, other] = [await on(first, args), await on(second, args)];
      expect(one).toEqual({ code: 0, output: expect.stringMatching(/digest 0x[0-9a-f]{64}\n/) });
      expect(other).toEqual(one);
    }
    expect(await on(first, ['digest', '--rescan'])).toEqual({
      code: 0,
      output: expect.stringMatching(/rescan .*equal/),
    });
    await query(first, "update payout set recipient = recipient || 'x' where ctid = (select min(ctid) from payout)");
    const changed = await on(first, ['digest', '--rescan']);
    expect(changed).toEqual({ code: 1, output: expect.stringMatching(/DIFFERENT: rows \d+ digest 0x/) });
    await query(first, "update payout set recipient = rtrim(recipient, 'x')");
    const missing = await on(first, ['digest', '--block', '999999999']);
    expect(missing).toEqual({ code: 1, output: expect.stringMatching(/above the last written one, \d+.*--block/) });
  });

  it('status shows the chain, its proofs and its endpoint, as a table or as JSON', async () => {
    const { code, output } = await on(first, ['status']);
    expect(code).toBe(0);
    expect(output).toMatch(/\(31337\): /);
    expect(output).toMatch(/verified\s+100 % \(exact [\d,]+-[\d,]+\)/);
    expect(output).toMatch(/amounts\s+(checked up to block [\d,]+|not checked yet), nothing odd/);
    expect(output).toMatch(/digest\s+0x[0-9a-f]{64} over [\d,]+ rows/);
    const [chain] = JSON.parse((await on(first, ['status', '--json'])).output);
    expect(chain).toMatchObject({ chainId: 31_337, reorgs: 0, verifiedShare: 1, lease: null });
  });

  it('audit ends with 0 where all is well, and with 1 and the places where it is not', async () => {
    const audit = ['audit', '--ranges', '5', '--against', world.devnet.rpcUrl];
    const well = await on(second, audit);
    expect(well).toEqual({ code: 0, output: expect.stringMatching(/no findings\n {2}asked again: \d+ ranges/) });
    await query(second, 'delete from event where ctid = (select max(ctid) from event)');
    const ill = await on(second, audit);
    expect(ill).toEqual({
      code: 1,
      output: expect.stringMatching(/FINDINGS(.*\n)*.*BROKEN facts come from stored logs/),
    });
  });

  it('plan tells what a sync would take, and what has come of it', async () => {
    const planned = await on(second, ['plan', '--samples', '20']);
    expect(planned).toEqual({
      code: 0,
      output: expect.stringMatching(/Chain 31337 \(iexec-devnet\)(.*\n)*.*events +\d+/),
    });
    const compared = await on(second, ['plan', '--compare']);
    expect(compared).toEqual({ code: 0, output: expect.stringMatching(/planned .*\n.*has not begun since/) });
    const [one] = JSON.parse((await on(second, ['plan', '--compare', '--json'])).output);
    expect(one.plan.expected).toMatchObject({ events: expect.any(Number), diskBytes: expect.any(Number) });
  });

  it('resync asks for --yes, waits for no lease, and lets a halted chain go on to the same digest', async () => {
    const [chain] = await query(first, 'select height from chain');
    const from = Math.floor(chain.height / 2);
    const resync = ['resync', '--chain', CHAIN, '--from', String(from)];
    expect(await on(first, resync)).toEqual({ code: 1, output: expect.stringMatching(/Expected --yes/) });

    await query(first, `update chain set lease_holder = 'somebody', lease_until = now() + interval '1 hour'`);
    const refused = await on(first, [...resync, '--yes']);
    expect(refused).toEqual({ code: 1, output: expect.stringMatching(/somebody holds its lease: stop that indexer/) });

    await query(
      first,
      `update chain set lease_holder = null, lease_until = null, phase = 'halted', phase_reason = 'too deep',
         finalized_height = height`,
    );
    expect((await on(first, ['status'])).output).toMatch(/HALTED: too deep\n.*computescan resync --chain 31337/);
    const done = await on(first, [...resync, '--yes']);
    expect(done).toEqual({ code: 0, output: expect.stringMatching(/taken back from block \d+ to block \d+/) });
    const [after] = await query(first, 'select height, phase, phase_reason, finalized_height, reorgs from chain');
    expect(after).toMatchObject({ phase: 'waiting', phase_reason: null, finalized_height: after.height, reorgs: 0 });
    expect(after.height).toBeLessThan(from);

    // The tape ends where the recording ended, so it goes on as an indexer would.
    const again = await on(first, ['replay', join(folder, 'a.tape')]);
    expect([again.code, again.output]).toEqual([0, expect.stringContaining(digestLine)]);
  });
});
