import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestApi, type OpenApi, openApi } from './openApi.js';
import { type ExportServer, readCsv, serveExports } from './readExport.js';
import { devnet, id } from './seed.js';
import { everyList, metric } from './seedExports.js';

type Links = Readonly<Record<string, Readonly<Record<'csv' | 'ndjson' | 'parquet', string>> | null>>;

describe('links to files in an answer', () => {
  let open: OpenApi;
  let server: ExportServer;
  beforeAll(async () => {
    open = await openApi(everyList);
    // One snapshot for long, so that answers are kept.
    const api = await createTestApi(open.url, { snapshotMs: 60_000 });
    const served = await serveExports(api);
    server = { ...served, close: () => served.close().then(() => api.close()) };
  });
  afterAll(async () => {
    await server.close();
    await open.close();
  });

  async function ask(body: object, headers: Record<string, string> = {}) {
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    // biome-ignore lint/suspicious/noExplicitAny: what came is what is tested
    return (await response.json()) as { data: any; extensions?: { exports?: Links } };
  }
  const asked = { 'x-computescan-export': '1' };

  it('lead to all rows of what was asked, with the same filter, order and leaves', async () => {
    const query = `query ($status: [JobStatus!], $after: Timestamp) {
      done: jobs(first: 1, where: { status_in: $status, createdAt_gt: $after, provider_: { id: "${id('q')}" } }, orderBy: id) {
        ...Parts provider { id name jobs { id } } tasks { id } steps { id }
      }
      networks { id }
      _meta { deployment }
    }
    fragment Parts on Job { key: id price { amount token { symbol } } }`;
    const variables = { status: ['completed'], after: '2026-01-10T12:02:00Z' };
    const { data, extensions } = await ask({ query, variables }, asked);
    expect(data.done).toHaveLength(1);
    const { done, networks, ...others } = extensions?.exports ?? {};
    expect(others).toEqual({});
    expect(networks?.ndjson).toBe('/export/networks.ndjson?orderBy=id&orderDirection=asc&fields=id');
    const rows = readCsv(await server.read(done?.csv ?? ''));
    expect(rows.map((row) => row.id)).toEqual([id('n'), id('m')]);
    expect(Object.keys(rows[0] ?? {})).toEqual([
      'id',
      'price.amount',
      'price.token.symbol',
      'provider.id',
      'provider.name',
    ]);
    await server.read(done?.ndjson ?? '');
    await server.read(done?.parquet ?? '');
  });

  it('lead from a page of a connection and from a series, and as of the same block', async () => {
    const query = `{
      jobsConnection(first: 1, block: { timestamp: "2026-01-10T12:06:00Z" }, finality: SAFE) {
        totalCount nodes { id } edges { cursor node { status } }
      }
      metricSeries(metric: "${metric}", subject: "${devnet.network}", from: "2026-01-09T00:00:00Z", last: 5
        block: { timestamp: "2026-01-10T12:06:00Z" }, finality: SAFE) { subject points { from value } }
    }`;
    const { extensions } = await ask({ query, extensions: { exports: true } });
    const { jobsConnection, metricSeries } = extensions?.exports ?? {};
    expect(new URL(jobsConnection?.csv ?? '', server.url).searchParams.get('block')).toBe(
      '{"timestamp":"2026-01-10T12:06:00.000Z"}',
    );
    expect(jobsConnection?.csv).toMatch(/^\/export\/jobs\.csv\?.*finality=SAFE&fields=id%2Cstatus$/);
    await server.read(jobsConnection?.csv ?? '');
    const points = readCsv(await server.read(metricSeries?.csv ?? ''));
    expect(Object.keys(points[0] ?? {})).toEqual(['from', 'value']);
  });

  it('are there only where somebody asks, also of answers that are kept', async () => {
    const query = '{ jobs(first: 1) { id } }';
    for (let times = 0; times < 3; times++) {
      expect((await ask({ query })).extensions?.exports).toBeUndefined();
      expect((await ask({ query }, asked)).extensions?.exports).toEqual({ jobs: expect.any(Object) });
    }
  });

  it('are null where no URL would hold the filter', async () => {
    const query = 'query ($ids: [ID!]) { jobs(where: { id_in: $ids }) { id } }';
    const ids = Array.from({ length: 500 }, (_, at) => id(`job-${at}`));
    expect((await ask({ query, variables: { ids } }, asked)).extensions?.exports).toEqual({ jobs: null });
  });
});
