import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  buyerChoicesQuery,
  comparisonQuery,
  findProvidersQuery,
  knownProvidersQuery,
  providersQuery,
  rankingQuery,
} from '../../web/app/data/buyerQueries.js';
import { chainsQuery, statusQuery } from '../../web/app/data/chainQueries.js';
import { toText } from '../../web/app/data/graphql.js';
import { jobQuery, jobsQuery, recordQuery } from '../../web/app/data/jobQueries.js';
import { metricQuery, metricSeriesQuery } from '../../web/app/data/metricQueries.js';
import { homeQuery } from '../../web/app/data/networkQueries.js';
import { providerQuery } from '../../web/app/data/providerQueries.js';
import { networkReliabilityQuery } from '../../web/app/data/reliabilityQueries.js';
import { othersQuery, removedQuery, washShareQuery } from '../../web/app/data/scoreQueries.js';
import { searchQuery } from '../../web/app/data/searchQueries.js';
import { type OpenApi, openApi } from './openApi.js';
import { devnet, emptyNetworks, id, jobRow, providerRow } from './seed.js';

describe("the web's own queries", () => {
  let open: OpenApi;
  beforeAll(async () => {
    open = await openApi({
      ...emptyNetworks,
      job: [jobRow('j')],
      provider: [providerRow('p')],
      metric_subject: [
        { kind: 'provider', id: id('p'), network_id: devnet.network },
        { kind: 'network', id: devnet.network, network_id: devnet.network },
      ],
    });
  });
  afterAll(() => open.close());

  const page = { first: 100, skip: 0, orderDirection: 'desc', where: {} };
  it.each([
    ['chains', chainsQuery, {}],
    ['status', statusQuery, {}],
    ['home', homeQuery, { days: 1_000, where: {} }],
    ['jobs', jobsQuery, { ...page, orderBy: 'createdAt' }],
    ['job', jobQuery, { id: id('j') }],
    ['record', recordQuery, { id: id('p') }],
    ['search', searchQuery, { text: 'a', first: 60 }],
    ['providers', providersQuery, { ...page, orderBy: 'jobs' }],
    ['choices', buyerChoicesQuery, {}],
    ['ranking', rankingQuery, { workload: {}, first: 50, after: null, leftOutAfter: null }],
    ['comparison', comparisonQuery, { ids: [id('p')] }],
    ['known', knownProvidersQuery, { ids: [id('p')] }],
    ['found', findProvidersQuery, { text: 'p' }],
    ['provider', providerQuery, { id: id('p') }],
    ['reliability', networkReliabilityQuery, { id: devnet.network }],
    ['others', othersQuery, { id: id('p') }],
    ['removed', removedQuery, { id: devnet.network, first: 51, skip: 5_000 }],
    ['wash', washShareQuery, { network: devnet.network, from: '2026-01-01T00:00:00Z', to: '2026-03-01T00:00:00Z' }],
    ['metric', metricQuery, { id: 'score.reputation' }],
    ['series', metricSeriesQuery, { metric: 'score.reputation', subject: id('p'), grain: 'day', last: 1_000 }],
  ])('%s stays within the limits', async (_, query, variables) => {
    expect(Object.values(await open.read(toText(query), variables))).not.toContain(null);
  });
});
