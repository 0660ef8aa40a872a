import type { LogDraft } from '../simulation/encodeBlock.js';
import { MARKET, topicOf } from '../simulation/marketLogs.js';
import { market, nodeId, toJob } from './marketScript.js';
import { type FaultWorld, openFaultWorld } from './openFaultWorld.js';

let world: FaultWorld;
beforeEach(async () => {
  world = await openFaultWorld();
});
afterEach(() => world.close());

const word = (value: bigint) => value.toString(16).padStart(64, '0');
const MAX = 2n ** 256n - 1n;

async function index(...logs: readonly LogDraft[]): Promise<void> {
  world.chain.mine(logs);
  await world.start();
  await world.caughtUp();
}

async function read(query: string): Promise<readonly Record<string, unknown>[]> {
  return (await world.pool.query(query)).rows;
}

describe('odd logs', () => {
  it('fault 16: names with NUL, invalid UTF-8, a BOM or 1 MB are stored raw and shown clean', async () => {
    const names = [
      Buffer.from('nul\0name'),
      Buffer.from([0x61, 0xff, 0xfe, 0xc3, 0x28]),
      Buffer.from('\ufeffbom'),
      Buffer.alloc(1 << 20, 0x78),
    ];
    await index(...names.map((name, node) => market.register(node + 1, name)));
    const rows = await read('select uri from provider order by native_id');
    expect(rows.map(({ uri }) => String(uri).slice(0, 10))).toEqual([
      'nul\ufffdname',
      'a\ufffd\ufffd\ufffd(',
      '\ufeffbom',
      'xxxxxxxxxx',
    ]);
    expect(rows.every(({ uri }) => String(uri).length <= 2_048)).toBe(true);
    const raw = await read('select data from event order by log_index');
    expect(names.every((name, at) => Buffer.from(raw[at]?.data as Uint8Array).includes(name))).toBe(true);
  });

  it('fault 17: uint256 at its maximum is exact in every field and in sums of ten', async () => {
    const logs = Array.from({ length: 10 }, (_, job) => [
      market.create(job, MAX),
      market.pay(job, 1, MAX),
      market.lock(1, MAX),
    ]);
    await index(market.register(1), ...logs.flat());
    expect(await read('select stake, paid from network')).toEqual([
      { stake: String(MAX * 10n), paid: String(MAX * 10n) },
    ]);
    expect(await read('select distinct amount from payout')).toEqual([{ amount: String(MAX) }]);
    expect(await read("select distinct attributes->>'budget' as budget from job")).toEqual([{ budget: String(MAX) }]);
  });

  it('fault 18: a log that cannot be decoded, or only at a ruinous price, is set aside raw, and the cursor moves', async () => {
    const bomb = (data: string): LogDraft => ({
      address: MARKET,
      topics: [topicOf.NodeRegistered ?? '0x', nodeId(9), nodeId(9)],
      data: `0x${data}`,
    });
    const bombs = [
      bomb(word(1n) + word(2n) + word(96n) + word(2n ** 255n)),
      bomb(word(1n) + word(2n) + word(MAX) + word(1n)),
      bomb(word(1n)),
      { ...bomb(''), topics: [topicOf.StakeLocked ?? '0x', nodeId(1)], data: '0x' } as LogDraft,
    ];
    const begun = performance.now();
    await index(market.register(1), ...bombs, market.lock(1));
    expect(performance.now() - begun).toBeLessThan(20_000);
    const rows = await read('select stage, reason, data from quarantine order by log_index');
    expect(rows).toHaveLength(bombs.length);
    expect(rows.map(({ data }) => `0x${(data as Buffer).toString('hex')}`)).toEqual(bombs.map(({ data }) => data));
    expect(rows.every(({ stage, reason }) => stage === 'decode' && String(reason).length > 10)).toBe(true);
    expect(await read('select stake from provider')).toEqual([{ stake: '100' }]);
  });

  it('fault 19: a job settled twice counts once, one settled without being posted not at all, and both are noted', async () => {
    await index(market.register(1), ...toJob(1, 1), market.complete(1, 1), market.fail(1, 1), market.complete(77, 1));
    expect(await read('select tasks_completed, tasks_failed, jobs from network')).toEqual([
      { tasks_completed: 1, tasks_failed: 0, jobs: 1 },
    ]);
    expect(await read('select status, tasks_completed, tasks_failed from job')).toEqual([
      { status: 'completed', tasks_completed: 1, tasks_failed: 0 },
    ]);
    const noted = await read('select reason from quarantine order by log_index');
    expect(noted.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/had ended before/),
      expect.stringMatching(/had ended before/),
      expect.stringMatching(/never announced/),
    ]);
    expect(await read('select count(*) as kept from event')).toEqual([{ kept: 8 }]);
  });
});
