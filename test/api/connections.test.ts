import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { toCursor } from '../../api/list/cursor.js';
import { lists } from '../../api/lists.js';
import { type OpenApi, openApi } from './openApi.js';
import {
  address,
  anomalyRow,
  at,
  devnet,
  emptyNetworks,
  execute,
  hash,
  id,
  jobRow,
  payoutRow,
  providerRow,
  quarantineRow,
  recorded,
  recordedId,
} from './seed.js';

interface Page {
  readonly nodes: { id: string }[];
  readonly edges: { cursor: string; node: { id: string } }[];
  readonly pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string };
}

const fields =
  'nodes { id } edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';

/** Few values for many rows: most of them are equal in most of their columns, and some are unknown. */
const few = <Value>(at: number, ...values: readonly Value[]): Value => values[at % values.length] as Value;

let open: OpenApi;
beforeAll(async () => {
  const jobs = Array.from({ length: 23 }, (_, n) =>
    jobRow(`j${(n * 7) % 23}`, {
      ...{ provider_id: few(n, id('p1'), id('p2'), null), buyer: few(n, address('a'), null, address('b'), null) },
      ...{ status: few(n, 'open', 'completed', 'failed'), volume: few(n, 1, 2), price: few(n, 5, null, 5, 7) },
      ...{ time: at(few(n, 1, 2, 2, 3)), ended_time: few(n, null, at(4), at(5)), height: few(n, 10, 12) },
    }),
  );
  const providers = Array.from({ length: 9 }, (_, n) =>
    providerRow(`p${n}`, { stake: few(n, 5, 7), jobs: few(n, 3, 4) }),
  );
  open = await openApi({
    ...emptyNetworks,
    block: [
      { chain_id: devnet.id, height: 90, hash: hash('9'), time: at(90) },
      { chain_id: devnet.id, height: 100, hash: hash('a'), time: at(100) },
    ],
    provider: [...providers, providerRow('p', { network_id: recorded.network, chain_id: recorded.id, stake: '50' })],
    job: jobs,
    payout: Array.from({ length: 17 }, (_, n) =>
      payoutRow(few(n, 4, 5), { log_index: n >> 1, part: n % 2, amount: few(n, 1, 2, 2), time: at(few(n, 7, 8)) }),
    ),
    anomaly: [anomalyRow(3), anomalyRow(3, { log_index: 1 }), anomalyRow(5)],
    quarantine: [quarantineRow(3, { stage: 'odd' }), quarantineRow(4, { stage: 'odd' })],
  });
});
afterAll(() => open.close());

async function readPage(field: string, args: string): Promise<Page> {
  const data = await open.read<Record<string, Page>>(`{ ${field}Connection(${args}) { ${fields} } }`);
  return data[`${field}Connection`] as Page;
}

const toIds = ({ nodes }: Page) => nodes.map((node) => node.id);

async function readIds(field: string, args: string): Promise<string[]> {
  const data = await open.read<Record<string, { id: string }[]>>(`{ ${field}(first: 1000, ${args}) { id } }`);
  return (data[field] ?? []).map((row) => row.id);
}

const sorts = ['jobs', 'providers', 'payouts', 'anomalies', 'networks'].flatMap((field) => {
  const list = lists.find((each) => each.field === field);
  const names = Object.entries(list?.by ?? {}).filter(([, { only }]) => only !== 'filter');
  return names.map(([name]) => [field, name] as const);
});

describe('a connection', () => {
  it.each(sorts)('of %s by %s pages through the rows of the list, each once, from either end', async (field, name) => {
    for (const direction of ['asc', 'desc']) {
      const order = `orderBy: ${name}, orderDirection: ${direction}`;
      const all = await readIds(field, order);
      const forward: string[] = [];
      for (let after = ''; ; ) {
        const page = await readPage(field, `first: 5, ${order}${after && `, after: "${after}"`}`);
        expect(page.pageInfo.hasPreviousPage).toBe(after !== '');
        forward.push(...toIds(page));
        expect(page.pageInfo.hasNextPage).toBe(forward.length < all.length);
        if (!page.pageInfo.hasNextPage) break;
        after = page.pageInfo.endCursor;
      }
      expect(forward).toEqual(all);
      const backward: string[] = [];
      for (let before = ''; ; ) {
        const page = await readPage(field, `last: 5, ${order}${before && `, before: "${before}"`}`);
        expect(page.pageInfo.hasNextPage).toBe(before !== '');
        backward.unshift(...toIds(page));
        if (!page.pageInfo.hasPreviousPage) break;
        before = page.pageInfo.startCursor;
      }
      expect(backward).toEqual(all);
    }
  });

  it('takes what lies between two cursors, from either end', async () => {
    const all = await readIds('jobs', 'orderBy: endedAt');
    const { edges } = await readPage('jobs', 'first: 23, orderBy: endedAt');
    expect(edges.map(({ node }) => node.id)).toEqual(all);
    const between = `after: "${edges[3]?.cursor}", before: "${edges[20]?.cursor}", orderBy: endedAt`;
    expect(toIds(await readPage('jobs', `first: 4, ${between}`))).toEqual(all.slice(4, 8));
    expect(toIds(await readPage('jobs', `last: 4, ${between}`))).toEqual(all.slice(16, 20));
    expect(toIds(await readPage('jobs', between))).toEqual(all.slice(4, 20));
  });

  it('filters, and is empty where there is nothing', async () => {
    expect(toIds(await readPage('jobs', 'where: { status: open, volume: 1 }'))).toHaveLength(4);
    const none = await readPage('jobs', `where: { network: "${recorded.network}" }`);
    expect(none.pageInfo).toEqual({ hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null });
    expect(none.edges).toEqual([]);
  });

  it('goes on with rows that came or went meanwhile, and leaves out none that stayed', async () => {
    const order = 'orderBy: id, orderDirection: asc';
    const { pageInfo } = await readPage('jobs', `first: 5, ${order}`);
    const rest = (await readIds('jobs', order)).slice(5);
    const gone = (await readIds('jobs', order))[4];
    await execute(open.url, `update job set id = 'iexec-devnet:j0a' where id = '${gone}'`);
    const page = await readPage('jobs', `first: 50, ${order}, after: "${pageInfo.endCursor}"`);
    await execute(open.url, `update job set id = '${gone}' where id = 'iexec-devnet:j0a'`);
    expect(toIds(page)).toEqual(rest);
  });
});

describe('a cursor', () => {
  const order = 'orderBy: createdAt, where: { network: "iexec-devnet" }';
  const cursor = async () => (await readPage('jobs', `first: 2, ${order}`)).pageInfo.endCursor;
  const failAt = (args: string) => open.fail(`{ jobsConnection(${args}) { nodes { id } } }`);

  it('of another question is refused, however the same question is written', async () => {
    const after = await cursor();
    for (const other of ['orderBy: id', 'orderBy: createdAt', `${order}, orderDirection: asc`]) {
      expect(await failAt(`${other}, after: "${after}"`)).toEqual({
        message:
          'Expected after to be a cursor of this list with this filter and sort, got one of another: begin at its first page.',
        code: 'CURSOR_MISMATCH',
      });
    }
    const query =
      'query ($where: JobWhere) { jobsConnection(first: 9, where: $where, after: $after) { nodes { id } } }';
    const text = query.replace('$where: JobWhere', '$where: JobWhere, $after: String');
    const where = { status_in: ['open'], network: devnet.network };
    const { pageInfo } = await readPage('jobs', 'first: 1, where: { network: "iexec-devnet", status_in: [open] }');
    const answer = await open.read<{ jobsConnection: Page }>(text, { where, after: pageInfo.endCursor });
    expect(answer.jobsConnection.nodes).toHaveLength(7);
  });

  const bad = {
    message:
      'Expected before to be a cursor that this list has given, got another text: take `endCursor` or `cursor` of an answer as it stands.',
    code: 'BAD_CURSOR',
  };
  const forge = (...parts: readonly unknown[]) => Buffer.from(JSON.stringify(parts)).toString('base64url');
  it.each([
    ['', 'nothing'],
    ['x', 'a letter'],
    ['1:500', 'a number of a page'],
    [forge(1, [], 'q'), 'too little'],
    [forge(2, ['a', 'b'], 'q', {}), 'another version'],
    [forge(1, [5, 'b'], 'q', {}), 'numbers as values'],
    [forge(1, ['a\u0000', 'b'], 'q', {}), 'a NUL character'],
    [forge(1, ['a', 'b'], 'q', { x: [1, '0x00'] }), 'a chain that is none'],
    [forge(1, ['a', 'b'], 'q', { 1: [1, "0x'"] }), 'a hash that is none'],
    [forge(1, ['a', 'b'], 'q', null), 'no chains'],
    ['{"a":1}', 'plain JSON'],
  ])('%j, which is %s, is refused', async (text) => {
    expect(await failAt(`before: ${JSON.stringify(text)}`)).toEqual(bad);
  });

  it('with values put in by hand gives no more than bad input', async () => {
    const [, , question] = JSON.parse(Buffer.from(await cursor(), 'base64url').toString('utf8'));
    const forged = (values: readonly string[]) => toCursor({ values, question, chains: {} });
    expect((await failAt(`${order}, after: "${forged(['2026-01-01'])}"`)).code).toBe('BAD_CURSOR');
    expect((await failAt(`${order}, after: "${forged(['no time', 'x'])}"`)).code).toBe('BAD_CURSOR');
  });

  it('fault 37: ends with the block it was read at, and with that alone', async () => {
    const after = await cursor();
    const elsewhere = recordedId('p');
    const read = () => readPage('jobs', `first: 50, ${order}, after: "${after}"`).then(toIds);
    const all = await read();
    const move = (height: number, digit: string) =>
      execute(
        open.url,
        `update chain set height = ${height}, block_hash = '\\x${digit.repeat(64)}' where chain_id = ${devnet.id}`,
      );
    // The chain goes on, and another one is replaced: nothing that was read is gone.
    await move(101, 'b');
    await execute(open.url, `update chain set block_hash = '\\x${'c'.repeat(64)}' where chain_id = ${recorded.id}`);
    expect(await read()).toEqual(all);
    expect(elsewhere).toContain(recorded.network);
    // Block 100 is taken back, and another one comes in its place.
    await execute(open.url, 'delete from block where height = 100');
    await move(90, '9');
    expect(await failAt(`${order}, after: "${after}"`)).toEqual({
      message:
        'Expected the blocks that after was read at to be indexed, but one lies above the last block here: ask again in a moment, or begin at the first page.',
      code: 'CURSOR_AHEAD',
    });
    const gone = {
      message:
        'Expected the blocks that after was read at to stand, but a reorganisation has replaced one: begin at the first page.',
      code: 'CURSOR_REORGED',
    };
    await move(100, 'd');
    expect(await failAt(`${order}, after: "${after}"`)).toEqual(gone);
    await move(101, 'd');
    expect(await failAt(`${order}, after: "${after}"`)).toEqual(gone);
    await move(100, 'a');
    expect(await read()).toEqual(all);
  });
});

describe('the limits of a connection', () => {
  it.each([
    ['first: 0', 'Expected first to be from 1 to 1000, got 0.'],
    ['last: 1001', 'Expected last to be from 1 to 1000, got 1001.'],
    ['first: 1, last: 1', 'Expected first or last, got both: which end should the page begin at?'],
  ])('%s', async (args, message) => {
    expect(await open.fail(`{ jobsConnection(${args}) { nodes { id } } }`)).toEqual({
      message,
      code: 'BAD_USER_INPUT',
    });
  });

  it('count rows by what the page may hold', async () => {
    const ask = (args: string) => `{ jobsConnection${args} { nodes { steps(first: 100) { id } } } }`;
    expect((await open.fail(ask(''))).message).toMatch(/of at most 10000 nodes, got one of up to 10\d\d\d:/);
    expect((await open.fail(ask('(last: 1000)'))).message).toMatch(/up to 10\d\d\d\d:/);
    expect(await open.read(ask('(first: 90, where: { volume: 99 })'))).toEqual({ jobsConnection: { nodes: [] } });
  });
});
