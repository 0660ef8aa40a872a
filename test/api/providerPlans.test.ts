import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { Database } from '../../api/database/createDatabase.js';
import { chainPriceList } from '../../api/domains/price/chainPriceList.js';
import { providerList } from '../../api/domains/provider/providerList.js';
import { listLatestPrices } from '../../api/domains/provider/providerQueries.js';
import { listScores } from '../../api/domains/score/scoreQueries.js';
import type { List } from '../../api/list/List.js';
import { listRows } from '../../api/list/listRows.js';
import { createTestDatabase, type TestDatabase } from '../testDatabase.js';
import { explainOne } from './explainOne.js';
import { devnet, emptyNetworks, seed } from './seed.js';

const PROVIDERS = 300;
const HOURS = 200;
const provider = (number: number | string) => `${devnet.network}:p${number}`;

let test: TestDatabase;
let client: pg.Client;
beforeAll(async () => {
  test = await createTestDatabase();
  await seed(test.url, emptyNetworks);
  client = new pg.Client({ connectionString: test.url });
  await client.connect();
  await client.query(seedSql);
  await client.query('vacuum analyze');
});
afterAll(async () => {
  await client.end();
  await test.drop();
});

/** Providers with a score each hour, but for one without any; all asked for prices long before they were paid. */
const seedSql = `
  insert into provider (id, network_id, chain_id, native_id, height, time, owner, active, last_height, last_time)
    select '${provider('')}' || n, '${devnet.network}', ${devnet.id}, 'p' || n, 1, now(), '0x', true, 1, now()
    from generate_series(1, ${PROVIDERS}) n;
  insert into metric_subject (subject_key, kind, id, network_id) overriding system value
    select n, 'provider', '${provider('')}' || n, '${devnet.network}' from generate_series(1, ${PROVIDERS}) n;
  insert into score (subject_key, hour, method_version, score, evidence, evidence_weight, detail)
    select n, h, 1, n, 'A', 1, '{}' from generate_series(1, ${PROVIDERS} - 1) n, generate_series(1, ${HOURS}) h;
  insert into price (chain_id, height, log_index, part, network_id, provider_id, basis, unit, token, amount, time)
    select ${devnet.id}, 1000 + h, n, 0, '${devnet.network}', '${provider('')}' || n, 'settled', 'hour', 'token', 1,
      now() - interval '1 day' + h * interval '1 second'
    from generate_series(1, ${PROVIDERS}) n, generate_series(1, ${HOURS}) h
    union all
    select ${devnet.id}, h, n, 0, '${devnet.network}', '${provider('')}' || n, 'advertised', 'hour', 'token', 1,
      now() - interval '9 days' + h * interval '1 second'
    from generate_series(1, ${PROVIDERS}) n, generate_series(1, ${HOURS}) h;
`;

const explain = (ask: (database: Database) => Promise<unknown>) => explainOne(client, ask);

const list = (database: Database, of: List, request: object) =>
  listRows({ database, lists: new Map([[of.name, of]]) }, of, { skip: 0, ...request } as never);

describe('what is known of a provider is not looked for among what is known of all', () => {
  it.each<readonly [string, (database: Database) => Promise<unknown>]>([
    [
      'the list by score',
      (database) => list(database, providerList, { first: 50, orderBy: 'score', orderDirection: 'desc' }),
    ],
    [
      'scores of a page',
      (database) =>
        listScores(
          database,
          'provider',
          [1, 2, PROVIDERS].map((n) => ({ parent: provider(n), first: 1 })),
        ),
    ],
  ])('%s', async (_, ask) => {
    const plan = await explain(ask);
    expect(plan).toContain('using score_pkey');
    expect(plan).not.toMatch(/score_hour|Seq Scan on score/);
  });

  it.each<readonly [string, (database: Database) => Promise<unknown>]>([
    [
      'its last asks',
      (database) =>
        list(database, chainPriceList, {
          ...{ first: 20, orderBy: 'at', orderDirection: 'desc' },
          where: { provider: provider(1), basis: 'advertised' },
        }),
    ],
    ['its latest price', (database) => listLatestPrices(database, [provider(1)])],
  ])('%s', async (_, ask) => {
    const plan = await explain(ask);
    expect(plan).toMatch(/using price_(provider|asked)/);
    expect(plan).not.toMatch(/price_time|Seq Scan on price/);
    // As the index has them: what is older than what is asked for is not read to be sorted.
    expect(plan).toMatch(/Presorted Key: \S*\btime\b/);
  });
});
