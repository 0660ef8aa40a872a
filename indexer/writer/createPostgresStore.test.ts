import { BLOCK_CHANNEL } from '../../schema/lib/channels.js';
import { RetryableError } from '../../schema/lib/errors.js';
import { toHex } from '../../schema/lib/hex.js';
import {
  chainId,
  createNetwork,
  drawChain,
  network,
  toBatch,
  toBatches,
  toBlock,
  toCursor,
  toLog,
} from '../../test/writer/marketChain.js';
import { openStore } from '../../test/writer/openStore.js';
import { cleanText } from './cleanText.js';
import { CursorMovedError, LeaseLostError } from './Store.js';

const created = (job: string, tasks: readonly string[], provider?: string) => ({
  ...{ kind: 'jobCreated' as const, job, attributes: {}, ...(provider ? { provider } : {}) },
  tasks: tasks.map((task, position) => ({ task, position })),
});

describe('the Postgres store', () => {
  it('comes to the same state however the chain is cut into batches, ahead or not, remembering much or nothing', async () => {
    const chain = drawChain({ seed: 11, blocks: 60, logsPerBlock: 12 });
    const whole = await openStore();
    const cut = await openStore({ cacheSize: 2 });
    const anew = await openStore();
    try {
      await whole.write(toBatches(chain, 60));
      const expected = await whole.dump();
      expect(expected.event?.length).toBeGreaterThan(200);
      for (const table of [
        'job',
        'task',
        'job_step',
        'attempt',
        'verification',
        'payout',
        'stake_change',
        'quarantine',
      ]) {
        expect([table, expected[table]?.length]).not.toEqual([table, 0]);
      }

      await cut.writeAhead(toBatches(chain, 1));
      expect(await cut.dump()).toEqual(expected);

      for (const batch of toBatches(chain, 7)) {
        const store = anew.another();
        await store.write(anew.lease, await store.prepare(batch));
      }
      expect(await anew.dump()).toEqual(expected);
    } finally {
      await Promise.all([whole.close(), cut.close(), anew.close()]);
    }
  });

  it('keeps a digest per block that equals a rescan, also after a rollback, and a rollback leaves no trace', async () => {
    const chain = drawChain({ seed: 5, blocks: 40, logsPerBlock: 10 });
    const other = drawChain({ seed: 6, blocks: 25, logsPerBlock: 10, from: 21, fork: '*' });
    const long = await openStore();
    const short = await openStore();
    try {
      await short.write(toBatches(chain.slice(0, 20), 3));
      await long.writeAhead(toBatches(chain, 6));
      const whole = await long.digests();
      expect(whole.scanned).toBe(whole.kept);

      const [middle, last] = [chain[19], chain[39]];
      if (!middle || !last) throw new Error('the chain is too short');
      expect(await long.store.rollBack(long.lease, { from: toCursor(last), height: 20 })).toEqual(toCursor(middle));
      expect(await long.dump()).toEqual(await short.dump());
      const back = await long.digests();
      expect(back).toEqual(await short.digests());
      expect(back.scanned).toBe(back.kept);
      expect(back.kept).not.toBe(whole.kept);
      expect(await long.query('select reorgs, deepest_reorg from chain')).toEqual([{ reorgs: 1, deepest_reorg: 20 }]);

      await long.writeAhead(toBatches(other, 4, toCursor(middle)));
      await short.write(toBatches(other, 25, toCursor(middle)));
      expect(await long.dump()).toEqual(await short.dump());
      expect((await long.digests()).scanned).toBe((await long.digests()).kept);
    } finally {
      await Promise.all([long.close(), short.close()]);
    }
  });

  it('moves the cursor only under its lease and from where it stands', async () => {
    const { store, lease, query, close } = await openStore();
    const [one, two] = [toBlock(1, []), toBlock(2, [])];
    try {
      expect(await store.findCursor()).toBeUndefined();
      const prepared = await store.prepare(toBatch([one], undefined));
      await expect(store.write({ ...lease, epoch: lease.epoch + 1 }, prepared)).rejects.toThrow(LeaseLostError);
      await store.write(lease, prepared);
      expect(await store.findCursor()).toEqual(toCursor(one));

      store.forget();
      const late = await store.prepare(toBatch([one], undefined));
      await expect(store.write(lease, late)).rejects.toThrow(CursorMovedError);
      store.forget();
      await expect(store.write(lease, late)).rejects.toThrow(RetryableError);

      await query("update chain set lease_holder = 'another', lease_epoch = lease_epoch + 1");
      await expect(store.write(lease, await store.prepare(toBatch([two], toCursor(one))))).rejects.toThrow(
        LeaseLostError,
      );
      await expect(store.rollBack(lease, { from: toCursor(one), height: 1 })).rejects.toThrow(LeaseLostError);
      expect(await store.findCursor()).toEqual(toCursor(one));
    } finally {
      await close();
    }
  });

  it('tells who listens where the facts went, once per batch, and nobody of what was not written', async () => {
    const [one, two, three] = [toBlock(1, []), toBlock(2, []), toBlock(3, [])];
    const opened = await openStore();
    const client = await opened.pool.connect();
    const notices: unknown[] = [];
    client.on('notification', ({ payload }) => notices.push(JSON.parse(payload ?? '')));
    try {
      await client.query(`listen ${BLOCK_CHANNEL}`);
      await opened.write([toBatch([one], undefined), toBatch([two, three], toCursor(one))]);
      const behind = opened.store.rollBack(opened.lease, { from: toCursor(two), height: 1 });
      await expect(behind).rejects.toThrow(CursorMovedError);
      await opened.store.rollBack(opened.lease, { from: toCursor(three), height: 1 });
      await opened.store.rollBack(opened.lease, { from: toCursor(one), height: undefined });
      await client.query('select');
      expect(notices).toEqual([
        { chain: chainId, from: null, ...toCursor(one) },
        { chain: chainId, from: 1, ...toCursor(three) },
        { chain: chainId, from: 3, ...toCursor(one) },
        { chain: chainId, from: 1, height: null, hash: null },
      ]);
    } finally {
      client.release();
      await opened.close();
    }
  });

  it('takes an announcement of what is there already for odd, also when the first one was long ago', async () => {
    const { store, lease, query, another, digests, close } = await openStore();
    const [one, two] = [
      toBlock(1, [[created('a', ['a0', 'a1'], 'p')], [{ kind: 'taskCompleted', task: 'a0' }]]),
      toBlock(2, [[created('a', ['a1', 'a2'], 'q')], [{ kind: 'taskCompleted', task: 'a1' }], [created('b', ['b0'])]]),
    ];
    const three = toBlock(3, [[{ kind: 'taskCompleted', task: 'b0' }]]);
    try {
      await store.write(lease, await store.prepare(toBatch([one], undefined)));
      // This one knows nothing of the first batch, takes job a for new, and is told otherwise by Postgres.
      const fresh = another();
      const second = await fresh.prepare(toBatch([two], toCursor(one)));
      const third = await fresh.prepare(toBatch([three], toCursor(two)));
      await fresh.write(lease, second);
      await fresh.write(lease, third);
      const prefix = `${network.definition.id}:`;
      expect(await query('select id, provider_id, volume, tasks_completed, status from job order by id')).toEqual([
        { id: `${prefix}a`, provider_id: `${prefix}q`, volume: 2, tasks_completed: 2, status: 'completed' },
        { id: `${prefix}b`, provider_id: null, volume: 1, tasks_completed: 1, status: 'completed' },
      ]);
      expect(await query('select height, log_index, stage from quarantine')).toEqual([
        { height: 2, log_index: 0, stage: 'odd' },
      ]);
      expect(await query('select count(*)::int as count from event')).toEqual([{ count: 6 }]);
      const { kept, scanned } = await digests();
      expect(scanned).toBe(kept);
    } finally {
      await close();
    }
  });

  it('counts a job that is settled twice once, and keeps one that was never announced as an event only', async () => {
    const { write, query, close } = await openStore();
    const end = { kind: 'taskCompleted', task: 'a0' } as const;
    try {
      await write([
        toBatch(
          [toBlock(1, [[created('a', ['a0'], 'p')], [end], [end], [{ kind: 'taskFailed', task: 'unheard' }]])],
          undefined,
        ),
      ]);
      expect(await query('select tasks_completed, tasks_failed from provider')).toEqual([
        { tasks_completed: 1, tasks_failed: 0 },
      ]);
      expect(await query('select tasks_completed, tasks_failed from network')).toEqual([
        { tasks_completed: 1, tasks_failed: 0 },
      ]);
      expect(await query('select log_index, stage, reason from quarantine order by log_index')).toEqual([
        { log_index: 2, stage: 'odd', reason: 'The task market-test:a0 had ended before.' },
        { log_index: 3, stage: 'odd', reason: 'The task market-test:unheard ended and was never announced.' },
      ]);
      expect(await query('select task_id from event where log_index = 3')).toEqual([
        { task_id: 'market-test:unheard' },
      ]);
    } finally {
      await close();
    }
  });

  it('sets aside logs whose values Postgres refuses, and goes on with the rest and with what follows', async () => {
    const { store, lease, query, digests, close } = await openStore();
    // Incompressible and longer than an index takes: nothing but Postgres itself knows.
    const endless = Array.from({ length: 9_000 }, (_, at) => toHex(Buffer.from(`${at * 7919}`)).slice(2)).join('');
    const one = toBlock(1, [
      [created('good', ['g0'])],
      [created(endless, [])],
      [{ ...created('never', ['n0']), deadline: new Date(Number.NaN) }],
      [{ kind: 'taskCompleted', task: 'g0' }],
      [created(`${endless}!`, [])],
    ]);
    const two = toBlock(2, [[created('later', ['l0'])]]);
    try {
      const first = await store.prepare(toBatch([one], undefined));
      const second = await store.prepare(toBatch([two], toCursor(one)));
      await store.write(lease, first);
      await store.write(lease, second);
      expect(await query('select native_id, status from job order by height')).toEqual([
        { native_id: 'good', status: 'completed' },
        { native_id: 'later', status: 'open' },
      ]);
      const rows = await query<{ log_index: number; stage: string; reason: string }>(
        'select log_index, stage, reason from quarantine order by log_index',
      );
      expect(rows.map(({ log_index, stage }) => [log_index, stage])).toEqual([
        [1, 'write'],
        [2, 'write'],
        [4, 'write'],
      ]);
      expect(rows[0]?.reason).toMatch(/index row/);
      expect(rows[1]?.reason).toMatch(/deadline/);
      const { kept, scanned } = await digests();
      expect(scanned).toBe(kept);
    } finally {
      await close();
    }
  });

  it('keeps what other protocols put into text, whatever it is', async () => {
    const networks = [network, createNetwork('second-test')];
    const { write, query, digests, close } = await openStore({ networks });
    const texts = ['plain', 'quote"\\', 'tab\tline\n', 'nul\u0000here', 'lone \ud800', 'Ü 漢 🚀', '', '\u2028'];
    try {
      const logs = texts.map((text, logIndex) =>
        toLog(
          [
            { kind: 'providerUpdated', provider: `p${logIndex}`, attributes: { name: text, terms: { [text]: text } } },
            { kind: 'paid', role: 'bonus', recipient: text, payer: text, amount: 2n ** 256n - 1n },
          ],
          {
            height: 1,
            logIndex,
            of: networks[logIndex % 2],
            name: text || 'x',
            args: { [text || 'x']: text, n: [1n, { b: 2, a: true }] },
          },
        ),
      );
      await write([toBatch([{ height: 1, logs }], undefined)]);
      const rows = await query<{ name: string; recipient: string; amount: string; args: object }>(
        'select v.name, p.recipient, p.amount, e.args from provider_version v join event e on e.provider_id = v.provider_id join payout p on p.log_index = e.log_index order by e.log_index',
      );
      const clean = texts.map((text) => text.replace('\u0000', '\uFFFD').replace('\ud800', '\uFFFD'));
      expect(rows.map(({ name }) => name)).toEqual(texts.map((text) => cleanText(text, 256).text));
      expect(rows.map(({ recipient }) => recipient)).toEqual(clean);
      expect(rows[1]?.args).toEqual({ 'quote"\\': 'quote"\\', n: ['1', { a: true, b: 2 }] });
      expect(rows[0]?.amount).toBe(String(2n ** 256n - 1n));
      const { kept, scanned } = await digests();
      expect(scanned).toBe(kept);
    } finally {
      await close();
    }
  });

  it('takes a signed price only from who owns the provider by then, and makes no provider of one that a bid names', async () => {
    const { write, query, digests, close } = await openStore();
    const signedBy = (signer: string, amount: bigint, provider = 'pool') =>
      ({ kind: 'priced', provider, signer, basis: 'advertised', unit: 'task', amount }) as const;
    const ownedBy = (owner: string) => ({ kind: 'providerUpdated', provider: 'pool', attributes: { owner } }) as const;
    const bid = { kind: 'priced', basis: 'bid', unit: 'task', amount: 7n } as const;
    const blocks = [
      toBlock(1, [[signedBy('ann', 1n)], [ownedBy('ann')], [signedBy('ann', 2n)], [signedBy('bob', 3n)]]),
      toBlock(2, [[ownedBy('bob')], [signedBy('ann', 4n)], [signedBy('bob', 5n)], [signedBy('ann', 6n, 'other')]]),
      toBlock(3, [
        [
          { ...bid, provider: 'pool' },
          { ...bid, provider: 'group' },
        ],
      ]),
    ];
    try {
      await write(toBatches(blocks, 1));
      expect(await query('select provider_id as id, amount from price order by height, log_index, part')).toEqual([
        ...['2', '5', '7'].map((amount) => ({ id: 'market-test:pool', amount })),
        { id: null, amount: '7' },
      ]);
      expect(await query("select height, log_index as at from event where kind = 'unverified' order by 1, 2")).toEqual([
        ...[0, 3].map((at) => ({ height: 1, at })),
        ...[1, 3].map((at) => ({ height: 2, at })),
      ]);
      expect(await query('select id from provider')).toEqual([{ id: 'market-test:pool' }]);
      const { kept, scanned } = await digests();
      expect(scanned).toBe(kept);
    } finally {
      await close();
    }
  });

  it('counts a deadline from the block where no more is told, and books escrow of a task on its job', async () => {
    const { write, query, close } = await openStore();
    const spent = { kind: 'escrowChanged', change: 'spent', account: 'x', task: 't', amount: 3n, delta: -3n } as const;
    try {
      await write([
        toBatch([toBlock(5, [[{ ...created('j', ['t']), deadlineAfterSeconds: 90 }], [spent]])], undefined),
      ]);
      const rows = await query(
        'select extract(epoch from j.deadline - j.time)::int as seconds, e.job_id as job, e.delta from job j, escrow_change e',
      );
      expect(rows).toEqual([{ seconds: 90, job: 'market-test:j', delta: '-3' }]);
    } finally {
      await close();
    }
  });

  it('keeps announced contracts once, lists them in the order of the chain, and loses them with their block', async () => {
    const { store, lease, close } = await openStore();
    const address = (digit: string) => `0x${digit.repeat(40)}` as const;
    const contract = (digit: string, height: number, logIndex: number) => ({
      ...{ address: address(digit), networkId: network.definition.id, role: 'child', height, logIndex },
    });
    const [one, two] = [toBlock(1, []), toBlock(2, [])];
    const first = [contract('b', 1, 0), contract('a', 1, 3), contract('b', 1, 5)];
    try {
      await store.write(lease, await store.prepare(toBatch([one], undefined, { contracts: first })));
      const second = [contract('a', 2, 0), contract('c', 2, 1)];
      await store.write(lease, await store.prepare(toBatch([two], toCursor(one), { contracts: second })));
      expect(await store.listContracts()).toEqual([...first.slice(0, 2), contract('c', 2, 1)]);
      await store.rollBack(lease, { from: toCursor(two), height: 1 });
      expect(await store.listContracts()).toEqual(first.slice(0, 2));
    } finally {
      await close();
    }
  });

  it('joins proven ranges that meet, keeps others apart, and cuts them with a rollback', async () => {
    const { store, lease, query, close } = await openStore();
    const blocks = [toBlock(10, []), toBlock(20, []), toBlock(30, [])];
    const levels = [
      [{ from: 1, to: 10, level: 'exact' }],
      [
        { from: 11, to: 15, level: 'exact' },
        { from: 16, to: 20, level: 'none' },
      ],
      [{ from: 21, to: 30, level: 'none' }],
    ] as const;
    try {
      let after: ReturnType<typeof toCursor> | undefined;
      for (const [index, block] of blocks.entries()) {
        await store.write(lease, await store.prepare(toBatch([block], after, { verified: levels[index] ?? [] })));
        after = toCursor(block);
      }
      const ranges = () => query('select height_from, height_to, level from verified_range order by height_from');
      expect(await ranges()).toEqual([
        { height_from: 1, height_to: 15, level: 'exact' },
        { height_from: 16, height_to: 30, level: 'none' },
      ]);
      await store.rollBack(lease, { from: toCursor(blocks[2] ?? toBlock(0, [])), height: 10 });
      expect(await ranges()).toEqual([{ height_from: 1, height_to: 10, level: 'exact' }]);
    } finally {
      await close();
    }
  });

  it('gives answers of contract reads back as they were', async () => {
    const { store, lease, close } = await openStore();
    const reads = new Map<string, unknown>([
      ['terms', { owner: '0xab', price: 2n ** 200n, tags: ['a', 1n, null], live: true, count: 3 }],
      ['none', null],
      ['price', 5n],
    ]);
    const [one, two] = [toBlock(1, []), toBlock(2, [])];
    try {
      await store.write(lease, await store.prepare(toBatch([one], undefined, { reads })));
      const again = new Map([['price', 6n]]);
      await store.write(lease, await store.prepare(toBatch([two], toCursor(one), { reads: again })));
      expect(await store.findReads(['terms', 'none', 'price', 'unasked'])).toEqual(reads);
    } finally {
      await close();
    }
  });
});
