import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Kind, ListColumn } from '../../api/list/columns.js';
import type { List } from '../../api/list/List.js';
import { listRows } from '../../api/list/listRows.js';
import { operators } from '../../api/list/operators.js';
import { lists } from '../../api/lists.js';
import { createPool } from '../../schema/database.js';
import { createTestDatabase, type TestDatabase } from '../testDatabase.js';
import { type OpenApi, openApi } from './openApi.js';
import { address, at, devnet, emptyNetworks, id, jobRow, payoutRow, providerRow, recorded } from './seed.js';

describe('every list', () => {
  let test: TestDatabase;
  let pool: ReturnType<typeof createPool>;
  beforeAll(async () => {
    test = await createTestDatabase();
    pool = createPool(test.url, { role: 'test' });
  });
  afterAll(async () => {
    await pool.end();
    await test.drop();
  });
  const database = {
    query: async <Row>(sql: string, parameters: readonly unknown[] = []) =>
      (await pool.query(sql, [...parameters])).rows as Row[],
  };

  const byName = new Map(lists.map((list) => [list.name, list]));
  const read = (list: List, request: { readonly where?: Record<string, unknown>; readonly orderBy?: string }) =>
    listRows({ database, lists: byName }, list, {
      ...{ first: 1, skip: 0, orderBy: list.order.by, orderDirection: 'desc' },
      ...request,
    });

  it.each(lists.map((list) => [list.field, list] as const))(
    'of %s is filtered by each of its filters',
    async (_, list) => {
      for (const [name, column] of Object.entries(list.by)) {
        for (const { suffix, takes } of column.only === 'sort' ? [] : operators[column.kind]) {
          const value = toSample(column);
          await read(list, { where: { [`${name}${suffix}`]: takes === 'list' ? [value, value] : value } });
        }
        if (column.only !== 'sort') await read(list, { where: { [name]: null } });
      }
      for (const name of Object.keys(list.filters ?? {})) await read(list, { where: { [name]: 'x' } });
      for (const [name, { to }] of Object.entries(list.relations ?? {})) {
        const columns = Object.entries(byName.get(to)?.by ?? {});
        const where = Object.fromEntries(
          columns
            .filter(([, { only }]) => only !== 'sort')
            .map(([column, definition]) => [column, toSample(definition)]),
        );
        await read(list, { where: { [`${name}_`]: where } });
      }
    },
  );

  it.each(lists.map((list) => [list.field, list] as const))('of %s is sorted by each of its sorts', async (_, list) => {
    for (const [orderBy, { only }] of Object.entries(list.by)) {
      if (only !== 'filter') await read(list, { orderBy });
    }
  });
});

/** A value that GraphQL could have let in. */
function toSample({ kind, choice, place }: ListColumn): unknown {
  if (place) return ['1', '2', '3', '4'].slice(0, place.length).join('-');
  return kind === 'choice' || kind === 'place' ? Object.keys(choice ?? {})[0] : samples[kind];
}

const samples: Readonly<Record<Exclude<Kind, 'choice' | 'place'>, unknown>> = {
  id: 'a:b',
  word: 'word',
  text: "text's",
  bytes: '0x00ff',
  int: 5,
  bigint: '99999999999999999999',
  decimal: '0.5',
  time: at(0),
  boolean: true,
};

describe('filters', () => {
  const alice = address('a');
  let open: OpenApi;
  beforeAll(async () => {
    open = await openApi({
      ...emptyNetworks,
      provider: [
        providerRow('p1', { name: '100%_sure', stake: '900', owner: alice }),
        providerRow('p2', { name: 'Other', stake: '7' }),
        providerRow('p3', { network_id: recorded.network, chain_id: recorded.id, stake: '50' }),
      ],
      job: [
        jobRow('j1', { provider_id: id('p1'), volume: 3, buyer: alice, price: '10000000000000000000000' }),
        jobRow('j2', { provider_id: id('p2'), volume: 1, time: at(5), ended_time: at(9), status: 'completed' }),
        jobRow('j3', { volume: 2, time: at(7), ended_time: at(8), status: 'failed' }),
      ],
      payout: [
        payoutRow(1, { job_id: id('j1'), provider_id: id('p1') }),
        payoutRow(9, { job_id: id('j2'), provider_id: id('p2') }),
        payoutRow(10, { log_index: 2, part: 1 }),
      ],
    });
  });
  afterAll(() => open.close());

  const ids = async (field: string, where: string, rest = ''): Promise<string[]> => {
    const data = await open.read<Record<string, { id: string }[]>>(`{ ${field}(where: { ${where} } ${rest}) { id } }`);
    return (data[field] ?? []).map((row) => row.id.replace(/^.*:/, '')).sort();
  };

  it.each([
    ['jobs', 'volume_gt: 1', ['j1', 'j3']],
    ['jobs', 'volume_gte: 2, volume_lt: 3', ['j3']],
    ['jobs', 'volume_not: 2', ['j1', 'j2']],
    ['jobs', 'volume_not_in: [1, 2]', ['j1']],
    ['jobs', 'price_gte: "9999999999999999999999"', ['j1']],
    ['jobs', 'price_not: "1"', ['j1']],
    ['jobs', 'price: null', ['j2', 'j3']],
    ['jobs', 'price_not: null', ['j1']],
    ['jobs', `createdAt_gt: "${at(5).toISOString()}"`, ['j3']],
    ['jobs', `createdAt_lte: "${at(5).toISOString()}"`, ['j1', 'j2']],
    ['jobs', `endedAt_gt: "${at(0).toISOString()}"`, ['j2', 'j3']],
    ['jobs', 'endedAt: null', ['j1']],
    ['jobs', 'status_not: open', ['j2', 'j3']],
    ['jobs', 'status_not_in: [open, failed]', ['j2']],
    ['jobs', 'derived: true', []],
    ['jobs', `chain: ${devnet.id}`, ['j1', 'j2', 'j3']],
    ['jobs', `id_gt: "${id('J1')}"`, ['j2', 'j3']],
    ['jobs', `buyer_contains: "0x${'aa'.repeat(5)}"`, ['j1']],
    ['jobs', 'or: [{ volume: 1 }, { buyer: null, status: failed }]', ['j2', 'j3']],
    ['jobs', 'status: open, and: [{ volume_gt: 1 }, { or: [{ volume: 3 }] }]', ['j1']],
    ['jobs', 'provider_: { stake_gt: 7 }', ['j1']],
    ['jobs', `provider_: { or: [{ name: "Other" }, { owner: "${alice}" }] }`, ['j1', 'j2']],
    ['jobs', 'network_: { protocol: "iExec" }, volume: 2', ['j3']],
    ['providers', 'name_contains: "0%_s"', ['p1']],
    ['providers', 'name_contains: "0%s"', []],
    ['providers', 'name_starts_with: "o"', []],
    ['providers', 'name_starts_with_nocase: "o"', ['p2']],
    ['providers', 'name_not_ends_with_nocase: "SURE"', ['p2']],
    ['providers', 'name_not_contains: "zz"', ['p1', 'p2']],
    ['providers', 'jobCount_gte: 0', ['p1', 'p2']],
    ['payouts', 'id: "31337-9-0"', ['31337-9-0']],
    ['payouts', 'id_in: ["31337-1-0", "31337-10-2-1", "nothing", "1-2"]', ['31337-1-0', '31337-10-2-1']],
    ['payouts', 'id_gt: "31337-1-0"', ['31337-10-2-1', '31337-9-0']],
    ['payouts', 'id_lte: "31337-9-0"', ['31337-1-0', '31337-9-0']],
    ['payouts', 'job_: { status: completed }', ['31337-9-0']],
    ['payouts', 'provider_: { stake_lt: 10 }, role_starts_with: "WORK"', ['31337-9-0']],
  ])('%s where %s', async (field, where, expected) => {
    expect(await ids(field, where)).toEqual(expected);
  });

  it('page by id, as subgraphs are read', async () => {
    const page = 'orderBy: id, orderDirection: asc, first: 2';
    expect(await ids('payouts', 'id_gt: ""', page)).toEqual(['31337-1-0', '31337-9-0']);
    expect(await ids('payouts', 'id_lt: ""', page)).toEqual([]);
    expect(await ids('payouts', 'id_gt: "31337-9-0"', page)).toEqual(['31337-10-2-1']);
    expect(await ids('jobs', 'id_gt: ""', page)).toEqual(['j1', 'j2']);
  });
});
