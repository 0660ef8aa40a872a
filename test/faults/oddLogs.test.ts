import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { toClean } from '../../web/app/format.js';
import { createTestApi } from '../api/openApi.js';
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

interface ShownProvider {
  readonly name: string;
  readonly uri: string;
  readonly altered: readonly { readonly attribute: string; readonly fingerprint: string }[];
}

/** What is shown of a name, and the bytes a contract holds of it. */
const names: readonly (readonly [shown: string, bytes: Buffer])[] = [
  ['Acacia', Buffer.from('Acacia')],
  ['Acacia', Buffer.from('Aca\0cia')],
  ['Acacia', Buffer.from('\ufeffAcacia')],
  ['Acacia', Buffer.from('Aca\u200bcia')],
  ['Acacia', Buffer.from('\u202eAcacia\u202c')],
  ['Acacia', Buffer.from('\u2067Acacia\u2069')],
  ['Acacia', Buffer.from('  Acacia\r\n')],
  ['a\ufffd\ufffd\ufffd(', Buffer.from([0x61, 0xff, 0xfe, 0xc3, 0x28])],
  ['a\ufffd\ufffd\ufffd(', Buffer.from([0x61, 0xfe, 0xff, 0xc3, 0x28])],
  ['a\ufffd', Buffer.from('a\ufffd')],
  [`${'x'.repeat(255)}…`, Buffer.alloc(1 << 20, 0x78)],
  [`${'x'.repeat(255)}…`, Buffer.concat([Buffer.alloc(1 << 20, 0x78), Buffer.from('y')])],
];

describe('odd logs', () => {
  it('fault 16: names with NUL, invalid UTF-8, a BOM or 1 MB are stored raw and shown clean', async () => {
    await index(...names.map(([, name], at) => market.profile(at + 1, { name, uri: name })));
    const raw = await read('select data, args from event order by log_index');
    expect(names.every(([, name], at) => Buffer.from(raw[at]?.data as Uint8Array).includes(name))).toBe(true);
    expect(await read('select stage, reason from quarantine')).toEqual([]);

    const api = await createTestApi(world.databaseUrl);
    try {
      const query =
        '{ providers(first: 100, orderBy: id, orderDirection: asc) { name uri altered { attribute fingerprint } } }';
      const { data, errors } = await api.execute(query);
      expect(errors).toBeUndefined();
      const { providers } = data as unknown as { providers: readonly ShownProvider[] };
      expect(providers.map(({ name }) => name)).toEqual(names.map(([shown]) => shown));
      for (const [at, { name, uri, altered }] of providers.entries()) {
        const bytes = names[at]?.[1] ?? Buffer.alloc(0);
        const fingerprint = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
        const isAltered = name !== bytes.toString('utf8') || !isUtf8(bytes);
        const marks = isAltered ? [{ attribute: 'name', fingerprint }] : [];
        expect([name, altered.filter(({ attribute }) => attribute === 'name')]).toEqual([name, marks]);
        // Nothing is left for a page to take out.
        expect([toClean(name, 4_000), name.length <= 256, uri.length <= 2_048]).toEqual([name, true, true]);
      }
      // What looks alike is still told apart.
      const told = providers.map(({ name, altered }) => `${name} ${JSON.stringify(altered)}`);
      expect(new Set(told).size).toBe(names.length);
    } finally {
      await api.close();
    }
  });

  it('fault 16: models, regions and rules with NUL, invalid UTF-8, a BOM or 1 MB are shown clean, and filtered by', async () => {
    const claims = names.map(([, name], at) => market.machine(at + 1, { gpuModel: name, region: name }));
    const rules = names.map(([, name]) => market.rule(name));
    const h100 = market.machine(90, {
      gpuModel: Buffer.from('\ufeffNVIDIA H100\u200b 80GB'),
      region: Buffer.from('eu'),
    });
    await index(...claims, ...rules, h100);
    expect(await read('select stage, reason from quarantine')).toEqual([]);
    const shown = names.map(([text]) => text);
    const nodes = await read(`select gpu_model as model, region from node order by id limit ${names.length}`);
    expect(nodes).toEqual(shown.map((text) => ({ model: text, region: text })));
    // A rule is told by its name: two that look alike are two.
    const named = await read('select distinct name from parameter_change');
    expect(named).toHaveLength(names.length);

    const api = await createTestApi(world.databaseUrl);
    try {
      const query = `{ providers(first: 5, where: { gpu: "nvidia-h100" }) { nodes(first: 5) { region
        gpu { model { id } claimed plausible reasons count vramMib } } } }`;
      const { data } = await api.execute(query);
      const gpu = { model: { id: 'nvidia-h100' }, claimed: 'NVIDIA H100 80GB', plausible: true, reasons: [] };
      expect(JSON.parse(JSON.stringify(data))).toEqual({
        providers: [{ nodes: [{ region: 'eu', gpu: { ...gpu, count: 2, vramMib: 81_920 } }] }],
      });
    } finally {
      await api.close();
    }
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
