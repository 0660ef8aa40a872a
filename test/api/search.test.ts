import { randomBytes } from 'node:crypto';
import { jest } from '@jest/globals';
import pg from 'pg';
import { listStatements, toSql } from './listStatements.js';
import { type OpenApi, openApi } from './openApi.js';
import {
  address,
  devnet,
  emptyNetworks,
  eventRow,
  execute,
  hash,
  id,
  jobRow,
  nodeRow,
  providerRow,
  recorded,
  recordedId,
  taskRow,
  withClient,
} from './seed.js';

interface Hit {
  readonly kind: string;
  readonly id: string;
  readonly title: string;
  readonly subtitle: string | null;
  readonly path: string | null;
  readonly exactness: string;
}

const owner = address('c');
const lantern = '0xaabbccddeeff00112233445566778899aabbccdd';
const deal = `0x${'5'.repeat(64)}`;

describe('search', () => {
  let open: OpenApi;

  beforeAll(async () => {
    open = await openApi({
      ...emptyNetworks,
      provider: [
        providerRow(lantern, { name: 'Lantern Grid', owner, jobs: 3 }),
        providerRow('0xaabb000000000000000000000000000000000000', { name: 'Grid Lantern', jobs: 9 }),
        providerRow('p100', { name: '100% GPU_farm' }),
        providerRow('p1000', { name: '1000 GPUs farm' }),
        // No index of Postgres takes as much, and it does not compress.
        providerRow('endless', { name: `Endless ${randomBytes(400_000).toString('hex')}` }),
        providerRow('hidden', { name: 'La\u202Ent\u200Bra Würzburg' }),
        providerRow('41', { network_id: recorded.network, chain_id: recorded.id, name: null }),
      ],
      node: [nodeRow('0xaabbcc', { provider_id: id(lantern) }), nodeRow('lonely')],
      job: [
        jobRow(deal, { provider_id: id(lantern), buyer: owner, status: 'running' }),
        jobRow('41', { status: 'open' }),
        jobRow('LanternJob'.toLowerCase()),
      ],
      task: [taskRow('41-0', { job_id: id('41'), status: 'running' })],
      block: [
        {
          chain_id: devnet.id,
          height: 41,
          hash: hash('9'),
          parent_hash: hash('8'),
          time: new Date('2026-01-10T12:41:00Z'),
        },
        {
          chain_id: recorded.id,
          height: 41,
          hash: hash('7'),
          parent_hash: hash('6'),
          time: new Date('2026-01-10T12:41:00Z'),
        },
      ],
      event: [
        eventRow(41, { tx_hash: hash('4'), job_id: id('41'), name: 'OrdersMatched' }),
        eventRow(41, { tx_hash: hash('4'), log_index: 1, name: 'Transfer' }),
        eventRow(42, { tx_hash: hash('3'), provider_id: id(lantern), name: 'Registered' }),
      ],
      metric_subject: [{ kind: 'hardware', id: `${devnet.network}:gpu:nvidia-h100`, network_id: devnet.network }],
    });
  });

  afterAll(() => open.close());

  async function find(text: string, first = 20): Promise<readonly Hit[]> {
    const query =
      'query ($text: String!, $first: Int!) { search(text: $text, first: $first) { kind id title subtitle path exactness } }';
    return (await open.read<{ search: readonly Hit[] }>(query, { text, first })).search;
  }

  const brief = (hits: readonly Hit[]) => hits.map(({ kind, id: found, exactness }) => [kind, found, exactness]);
  const path = (noun: string, nounId: string) => `/${noun}/${encodeURIComponent(nounId)}`;

  it('finds an address in any letter case, and its beginning, with the page that tells of it', async () => {
    const [hit, ...rest] = await find(lantern.toUpperCase().replace('0X', '0x'));
    expect(hit).toEqual({
      ...{ kind: 'provider', id: id(lantern), title: 'Lantern Grid', subtitle: devnet.network, exactness: 'exact' },
      path: path('providers', id(lantern)),
    });
    expect(rest).toEqual([]);
    expect(brief(await find(lantern.slice(2)))).toEqual([['provider', id(lantern), 'exact']]);
    expect(brief(await find('0xAABB'))).toEqual([
      ['provider', id('0xaabb000000000000000000000000000000000000'), 'prefix'],
      ['provider', id(lantern), 'prefix'],
      ['node', id('0xaabbcc'), 'prefix'],
    ]);
    expect(await find('0xaabbcc')).toContainEqual(
      expect.objectContaining({ kind: 'node', path: path('nodes', id('0xaabbcc')) }),
    );
    expect(brief(await find('0xaabbcc'))).toEqual([
      ['node', id('0xaabbcc'), 'exact'],
      ['provider', id(lantern), 'prefix'],
    ]);
    // Of three digits there would be many.
    expect(await find('0xaab')).toEqual([]);
  });

  it('finds a name as long as a transaction by its beginning, which is all that is looked at', async () => {
    const [hit] = await find('endles');
    expect(hit).toMatchObject({ kind: 'provider', id: id('endless'), exactness: 'prefix' });
    expect(hit?.title.length).toBeLessThan(300);
  });

  it('finds whoever an address owns, and what it bought', async () => {
    expect(await find(owner)).toMatchObject([
      { kind: 'provider', id: id(lantern), exactness: 'exact' },
      {
        kind: 'buyer',
        id: `${devnet.network}:${owner}`,
        path: `/metrics/economy.gmv?subject=${encodeURIComponent(`${devnet.network}:${owner}`)}`,
      },
    ]);
  });

  it('finds transactions, blocks and events', async () => {
    const tx = `0x${'4'.repeat(64)}`;
    expect(await find(tx)).toEqual([
      {
        ...{ kind: 'transaction', id: tx, title: tx, exactness: 'exact', path: path('jobs', id('41')) },
        subtitle: `${devnet.network} · block 41 · 2 events`,
      },
    ]);
    expect(await find(`0x${'9'.repeat(64)}`)).toEqual([
      {
        ...{ kind: 'block', id: `${devnet.id}-41`, title: 'Block 41', exactness: 'exact', path: null },
        subtitle: 'devnet · 2026-01-10T12:41:00.000Z',
      },
    ]);
    expect(await find(`${devnet.id}-42-0`)).toMatchObject([
      { kind: 'event', id: `${devnet.id}-42-0`, title: 'Registered', path: path('providers', id(lantern)) },
    ]);
    expect(await find(`${devnet.id}-43-0`)).toEqual([]);
  });

  it('takes a number for whatever bears it: provider, job, block', async () => {
    expect(brief(await find('41'))).toEqual([
      ['provider', recordedId('41'), 'exact'],
      ['job', id('41'), 'exact'],
      ['block', `${devnet.id}-41`, 'exact'],
      ['block', `${recorded.id}-41`, 'exact'],
    ]);
    expect(await find(`${devnet.network}:41-0`)).toMatchObject([
      {
        kind: 'task',
        id: id('41-0'),
        title: '41-0',
        subtitle: `${devnet.network} · running`,
        path: path('jobs', id('41')),
      },
    ]);
    expect(await find(`${devnet.network.toUpperCase()}:${deal}`)).toMatchObject([
      { kind: 'job', id: id(deal), path: path('jobs', id(deal)) },
    ]);
    expect(brief(await find(deal))).toEqual([['job', id(deal), 'exact']]);
  });

  it('finds names by their beginning and by any part, exact ones first', async () => {
    expect(brief(await find('lantern grid'))).toEqual([['provider', id(lantern), 'exact']]);
    expect(brief(await find('LANTERN'))).toEqual([
      ['provider', id(lantern), 'prefix'],
      ['provider', id('0xaabb000000000000000000000000000000000000'), 'contains'],
    ]);
    expect(brief(await find('ntern gr'))).toEqual([['provider', id(lantern), 'contains']]);
    // Two letters are too few to look within names.
    expect(brief(await find('la')).filter(([kind]) => kind !== 'metric')).toEqual([
      ['provider', id(lantern), 'prefix'],
      ['provider', id('hidden'), 'prefix'],
    ]);
    expect(await find('lantern', 1)).toHaveLength(1);
  });

  it('finds networks, GPUs and metrics', async () => {
    expect((await find('livepeer'))[0]).toMatchObject({
      kind: 'network',
      id: recorded.network,
      exactness: 'prefix',
      path: `/networks/${recorded.network}`,
    });
    const [gpu] = await find('H100 80GB');
    const subject = `${devnet.network}:gpu:nvidia-h100`;
    expect(gpu).toMatchObject({
      kind: 'hardware',
      id: subject,
      exactness: 'exact',
      path: `/metrics/price.ask?subject=${encodeURIComponent(subject)}`,
    });
    expect((await find('task success'))[0]).toMatchObject({
      kind: 'metric',
      id: 'jobs.success',
      exactness: 'exact',
      path: '/metrics/jobs.success',
    });
    expect(brief(await find('jobs.succ'))).toEqual([['metric', 'jobs.success', 'prefix']]);
  });

  it('takes signs of patterns as they stand, and what is not seen for nothing', async () => {
    expect(brief(await find('100%'))).toEqual([['provider', id('p100'), 'prefix']]);
    expect(brief(await find('gpu_farm'))).toEqual([['provider', id('p100'), 'contains']]);
    expect(await find('%')).toEqual([]);
    expect(await find('___')).toEqual([]);
    expect(await find('\\')).toEqual([]);
    expect(await find("'; drop table provider; --")).toEqual([]);
    expect(brief(await find('lantra'))).toEqual([['provider', id('hidden'), 'prefix']]);
    expect(brief(await find('\u202Elan\u200Btra wu\u0308rz'))).toEqual([['provider', id('hidden'), 'prefix']]);
    for (const nothing of ['', '   ', '\u200B\u202E', '\ud800']) expect(await find(nothing)).toEqual([]);
  });

  it.each([
    ['a NUL', 'a\u0000b', 'BAD_USER_INPUT', 'NUL'],
    ['a text that is too long', 'x'.repeat(257), 'TEXT_TOO_LONG', 'got 257'],
    ['a megabyte', 'x'.repeat(1_000_000), 'TEXT_TOO_LONG', 'got 1000000'],
  ])('refuses %s', async (_, text, code, words) => {
    const error = await open.fail('query ($text: String!) { search(text: $text) { id } }', { text });
    expect(error).toEqual({ code, message: expect.stringContaining(words) });
    expect(error.message.length).toBeLessThan(200);
  });

  it('refuses to find too many, and moments of the past', async () => {
    expect((await open.fail('{ search(text: "a", first: 101) { id } }')).code).toBe('BAD_USER_INPUT');
    const past = '{ search(text: "a") { id } networks(block: { timestamp: "2026-01-10T12:00:00Z" }) { id } }';
    expect((await open.fail(past)).code).toBe('BLOCK_MIXED');
  });

  it('asks once for each kind that a text can be', async () => {
    expect(await listStatements(() => find('lantern grid'))).toHaveLength(2);
    expect(await listStatements(() => find('lantern'))).toHaveLength(5);
    expect(await listStatements(() => find(owner))).toHaveLength(6);
    expect(await listStatements(() => find(deal))).toHaveLength(7);
  });

  it('finds nothing in an empty database but what the catalogue has', async () => {
    const empty = await openApi({});
    try {
      const { search } = await empty.read<{ search: readonly Hit[] }>('{ search(text: "utilisation") { kind id } }');
      expect(search).toEqual([{ kind: 'metric', id: 'supply.utilisation' }]);
      expect(await empty.read('{ search(text: "rtx 4090") { kind } }')).toEqual({ search: [] });
    } finally {
      await empty.close();
    }
  });
});

describe('search among a hundred thousand rows', () => {
  let open: OpenApi;

  beforeAll(async () => {
    open = await openApi(emptyNetworks);
    await execute(open.url, fill);
  }, 120_000);

  afterAll(() => open.close());

  it.each([
    ['a name', 'provider number 77'],
    ['a part of a name', 'umber 4711'],
    ['two letters', 'pr'],
    ['an id', '4711'],
    ['an address', `0x${'0'.repeat(35)}04711`],
    ['the beginning of an address', '0x0000'],
    ['a hash', `0x${'0'.repeat(59)}04711`],
    ['an event', `${devnet.id}-4711-0`],
  ])('looks no table through for %s', async (_, text) => {
    const asked = await listAsked(() =>
      open.read('query ($text: String!) { search(text: $text) { kind id } }', { text }),
    );
    expect(asked.length).toBeGreaterThan(1);
    await withClient(open.url, async (client) => {
      for (const { sql, values } of asked) {
        expect([text, await listScanned(client, sql, values)]).toEqual([text, []]);
      }
    });
  });

  it('would be seen to look a table through', async () => {
    await withClient(open.url, async (client) => {
      expect(await listScanned(client, "select from provider where name like '%' || $1", ['7'])).toEqual(['provider']);
    });
  });
});

async function listScanned(client: pg.Client, sql: string, values: readonly unknown[]): Promise<readonly unknown[]> {
  const { rows } = await client.query(`explain (format json) ${sql}`, [...values]);
  const scans = JSON.stringify(rows[0]).matchAll(/"Node Type":"Seq Scan"[^{}]*?"Relation Name":"(\w+)"/g);
  return [...scans].map(([, table]) => table).filter((table) => large.has(table ?? ''));
}

const large = new Set(['provider', 'node', 'job', 'task', 'event', 'block', 'job_count']);

/** The statements of a question, with what they were asked with. */
async function listAsked(
  run: () => Promise<unknown>,
): Promise<readonly { readonly sql: string; readonly values: readonly unknown[] }[]> {
  const spy = jest.spyOn(pg.Client.prototype, 'query');
  try {
    await run();
    return (spy.mock.calls as readonly (readonly unknown[])[])
      .map(([asked]) => ({
        sql: toSql(asked),
        values: (asked as { readonly values?: readonly unknown[] }).values ?? [],
      }))
      .filter(({ sql }) => /^\s*(select|with)\b/.test(sql));
  } finally {
    spy.mockRestore();
  }
}

const fill = `
  insert into provider (id, network_id, chain_id, native_id, height, time, name, owner, last_height, last_time)
  select '${devnet.network}:' || n.native, '${devnet.network}', ${devnet.id}, n.native, i, now(), 'Provider number ' || i, n.native, i, now()
  from generate_series(1, 20000) i cross join lateral (select '0x' || lpad(i::text, 40, '0') as native) n;
  insert into node (id, network_id, chain_id, native_id, height, time)
  select '${devnet.network}:' || n.native, '${devnet.network}', ${devnet.id}, n.native, i, now()
  from generate_series(1, 20000) i cross join lateral (select '0x' || lpad(i::text, 40, '0') as native) n;
  insert into job (id, network_id, chain_id, native_id, status, volume, height, time, buyer)
  select '${devnet.network}:' || i, '${devnet.network}', ${devnet.id}, i, 'open', 1, i, now(), 'buyer' || i % 5000 from generate_series(1, 20000) i;
  insert into task (id, job_id, network_id, chain_id, native_id, position, status, height)
  select '${devnet.network}:' || i || '-0', '${devnet.network}:' || i, '${devnet.network}', ${devnet.id}, i || '-0', 0, 'pending', i
  from generate_series(1, 20000) i;
  insert into event (chain_id, height, log_index, tx_index, block_hash, tx_hash, time, network_id, address, topics, data, name, kind, args)
  select ${devnet.id}, i, 0, 0, decode(lpad(i::text, 64, '0'), 'hex'), decode(lpad(i::text, 64, '0'), 'hex'), now(), '${devnet.network}', '\\x00',
    '{}', '\\x', 'Any', 'unmapped', '{}' from generate_series(1, 20000) i;
  insert into block (chain_id, height, hash, time)
  select ${devnet.id}, i, decode(lpad(i::text, 64, '0'), 'hex'), now() from generate_series(1, 20000) i;
  analyze;
`;
