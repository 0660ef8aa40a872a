import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { countRows } from '../../api/list/countRows.js';
import type { List } from '../../api/list/List.js';
import { lists } from '../../api/lists.js';
import { RetryableError } from '../../schema/lib/errors.js';
import { listStatements } from './listStatements.js';
import { type OpenApi, openApi } from './openApi.js';
import {
  address,
  devnet,
  emptyNetworks,
  execute,
  id,
  jobRow,
  networkRow,
  providerRow,
  recorded,
  recordedNetworkRow,
} from './seed.js';

describe('counts of a connection', () => {
  let open: OpenApi;
  beforeAll(async () => {
    open = await openApi({
      ...emptyNetworks,
      // As the writer would have kept them; other numbers than there are rows show which count answered.
      network: [networkRow({ jobs: 70, providers: 50, nodes: 30 }), recordedNetworkRow({ jobs: 7, providers: 5 })],
      provider: [providerRow('p1', { jobs: 40 }), providerRow('p2', { jobs: 4 })],
      job: Array.from({ length: 5 }, (_, n) =>
        jobRow(`j${n}`, {
          provider_id: id('p1'),
          buyer: n < 3 ? address('a') : null,
          status: n < 2 ? 'open' : 'failed',
        }),
      ),
    });
  });
  afterAll(() => open.close());

  const count = async (field: string, where = '') => {
    const data = await open.read<Record<string, { totalCount: string | null; countAtLeast: string }>>(
      `{ ${field}Connection(first: 1${where && `, where: { ${where} }`}) { totalCount countAtLeast } }`,
    );
    const { totalCount, countAtLeast } = data[`${field}Connection`] ?? {};
    expect(countAtLeast).toBe(totalCount);
    return Number(totalCount);
  };

  it.each([
    ['jobs', '', 77],
    ['jobs', `network: "${recorded.network}"`, 7],
    ['jobs', `network_in: ["${devnet.network.toUpperCase()}", "${devnet.network}", "nowhere"]`, 70],
    ['jobs', 'network: "nowhere"', 0],
    ['jobs', `provider: "${id('P1')}"`, 40],
    ['jobs', `provider_in: ["${id('p1')}", "${id('p2')}"]`, 44],
    ['providers', '', 55],
    ['providers', `network: "${devnet.network}"`, 50],
    ['nodes', '', 30],
    ['jobs', 'status: open', 2],
    ['jobs', `status_in: [failed, open], network: "${devnet.network}"`, 5],
    ['jobs', `status: open, network: "${recorded.network}"`, 0],
    ['jobs', `buyer: "${address('a')}"`, 3],
    ['jobs', `buyer: "${address('A')}", network_in: ["${devnet.network}"]`, 3],
    ['jobs', `buyer: "${address('b')}"`, 0],
  ])('%s where %s: as it is kept', async (field, where, expected) => {
    expect(await count(field, where)).toBe(expected);
  });

  it.each([
    ['jobs', 'provider: null', 0],
    ['jobs', 'volume: 1', 5],
    ['jobs', `network: "${devnet.network}", volume_gt: 0`, 5],
    ['jobs', `and: [{ network: "${devnet.network}" }]`, 5],
    ['jobs', 'status_not: open', 3],
    ['jobs', 'buyer: null', 2],
    ['jobs', `provider_: { network: "${devnet.network}" }`, 5],
    ['providers', 'gpu: "none"', 0],
    ['payouts', '', 0],
  ])('%s where %s: by counting', async (field, where, expected) => {
    expect(await count(field, where)).toBe(expected);
  });

  it('are asked for only by whoever wants them, and once', async () => {
    const statements = await listStatements(() =>
      open.read('{ jobsConnection(where: { volume: 1 }) { nodes { id } } }'),
    );
    expect(statements.join()).not.toContain('count(*)');
    const asked = await listStatements(() =>
      open.read('{ jobsConnection(where: { volume: 1 }) { totalCount countAtLeast } }'),
    );
    expect(asked.filter((sql) => sql.includes('count(*)'))).toHaveLength(1);
  });

  it('are left out where counting takes too long, and the page is not', async () => {
    // A column that takes its time for each row, as millions of rows would.
    await execute(open.url, 'alter table job rename to slow');
    await execute(
      open.url,
      'create view job as select slow.* from slow where volume > 0 and pg_sleep(0.1) is not null',
    );
    const query = '{ jobsConnection(first: 1, where: { volume: 1 }) { nodes { id } totalCount countAtLeast } }';
    const answer = await open.read<{ jobsConnection: object }>(query);
    await execute(open.url, 'drop view job');
    await execute(open.url, 'alter table slow rename to job');
    expect(answer.jobsConnection).toEqual({ nodes: [{ id: expect.anything() }], totalCount: null, countAtLeast: '1' });
  });

  it('that fail cost the page nothing', async () => {
    const source = { database: { query: () => Promise.reject(new RetryableError('gone')) }, lists: new Map() };
    const [jobs] = lists.filter(({ name }) => name === 'Job');
    expect(await countRows(source, jobs as List, { volume: '1' })).toEqual({ exact: null, atLeast: 0 });
  });

  it('that are kept name columns of their list', () => {
    for (const { counts, by } of lists) {
      for (const names of Object.keys(counts ?? {})) {
        expect(names.split(',').filter((name) => name !== '' && !by[name])).toEqual([]);
      }
    }
  });
});
