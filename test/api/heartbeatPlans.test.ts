import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { Database } from '../../api/database/createDatabase.js';
import { listDownRuns } from '../../api/domains/heartbeat/collectorQueries.js';
import { listFlags } from '../../api/domains/heartbeat/flagQueries.js';
import { listPresence } from '../../api/domains/heartbeat/presenceQueries.js';
import { listReadings } from '../../api/domains/heartbeat/readingQueries.js';
import { listReliability } from '../../api/domains/heartbeat/reliabilityQueries.js';
import { listMostReliableNodes } from '../../api/domains/heartbeat/standingQueries.js';
import { listNetworkDays, listUptimeByDay } from '../../api/domains/heartbeat/uptimeQueries.js';
import { toSpan, type WindowName } from '../../api/domains/heartbeat/windows.js';
import { createTestDatabase, type TestDatabase } from '../testDatabase.js';
import { explainOne } from './explainOne.js';
import { dayOf, fullHour, hourOf } from './seedHeartbeats.js';

const now = new Date('2026-03-10T14:25:40Z');
const thisHour = hourOf('2026-03-10T14:00Z');
const today = dayOf('2026-03-10');
const NODES = 200;
const HOURS = 24 * 40;

let database: TestDatabase;
let client: pg.Client;
beforeAll(async () => {
  database = await createTestDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query(seedSql);
  await client.query('vacuum analyze');
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

/** Two months of partitions, as the store makes them, and nodes of ten providers that were always up. */
const months = [thisHour - HOURS, thisHour - 400, thisHour + 24];
const seedSql = `
  ${['node_verdict', 'node_hour'].flatMap((table) => [0, 1].map((at) => `create table ${table}_${at} partition of ${table} for values from (${months[at]}) to (${months[at + 1]});`)).join('\n')}
  insert into heartbeat_node (node_id, network_id, provider_id, first_slot)
    select 'net:n' || n, case when n <= ${NODES} then 'net' else 'other' end, 'net:p' || n / 20, 1
    from generate_series(1, 20000) n;
  insert into node_verdict select ${fullHour}, ${fullHour}, ${fullHour}, null, n, h
    from generate_series(${thisHour - HOURS}, ${thisHour - 1}) h, generate_series(1, ${NODES}) n;
  insert into node_hour select ${fullHour}, 0, n, h, 0, 0, 0, 1, 0, 0
    from generate_series(${thisHour - HOURS}, ${thisHour - 1}) h, generate_series(1, ${NODES}) n;
  insert into node_hour_open select ${fullHour}, 0, n, h, 1
    from generate_series(${thisHour - 1}, ${thisHour}) h, generate_series(1, ${NODES}) n;
  insert into node_day select n, d, 1440, 1440, 1440, 0, 0, 0, 0, 0, 0, 0, 0
    from generate_series(${today - 400}, ${today}) d, generate_series(1, ${NODES}) n;
  insert into network_day select 'net' || case when n = 1 then '' else n::text end, d, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0
    from generate_series(${today - 800}, ${today}) d, generate_series(1, 20) n;
  insert into node_standing select n, case when n <= ${NODES} then 'net' else 'other' end, ${thisHour}, 43200, 43200, 43200, 0, 0,
    900000 + n from generate_series(1, 20000) n;
  insert into beat_flag select n, ${thisHour} - h, 'clone', 1 from generate_series(0, 100) h, generate_series(1, ${NODES}) n;
  insert into observer (name, network_group) values ('north', 'north'), ('south', 'south');
  insert into observer_slot select o, ${thisHour} * 60 + 25 - s, ${fullHour}
    from generate_series(0, 60000) s, generate_series(1, 2) o;
`;

const explain = (ask: (database: Database) => Promise<unknown>) => explainOne(client, ask);

describe('what grows with nodes and time is read by its keys', () => {
  const windows: readonly WindowName[] = ['h24', 'd7', 'd30', 'd90'];
  const [node, page] = [['net:n7'], Array.from({ length: 20 }, (_, at) => `net:n${at + 1}`)];
  const lastSlot = thisHour * 60 + 24;

  it.each([
    ...windows.map(
      (window): Case => [
        `a node over ${window}`,
        (api) => listReliability(api, { kind: 'node', ids: node, span: toSpan(window, now) }),
      ],
    ),
    ['a page of nodes', (api) => listReliability(api, { kind: 'node', ids: page, span: toSpan('d30', now) })],
    ['a provider', (api) => listReliability(api, { kind: 'provider', ids: ['net:p3'], span: toSpan('d30', now) })],
    ['readings of a page', (api) => listReadings(api, { kind: 'node', ids: page, span: toSpan('d30', now) })],
    ['days of a node', (api) => listUptimeByDay(api, { kind: 'node', ids: node, fromDay: today - 89 })],
    ['days of a network', (api) => listNetworkDays(api, [{ parent: 'net', first: 90 }], today)],
    ['the best nodes', (api) => listMostReliableNodes(api, [{ parent: 'net', first: 100 }], thisHour - 168)],
    ['who is heard of a page', (api) => listPresence(api, { kind: 'node', ids: page, hour: thisHour })],
    ['flags', (api) => listFlags(api, { kind: 'node', ids: node, fromHour: thisHour - 720 })],
    ['outages of ours', (api) => listDownRuns(api, { fromSlot: lastSlot - 1_439, toSlot: lastSlot })],
  ] satisfies readonly Case[] as readonly Case[])('%s', async (_, ask) => {
    const plan = await explain(ask);
    expect(plan).not.toMatch(
      /Seq Scan on (node_(verdict|hour|day|standing)|network_day|beat_flag|heartbeat|observer_slot)/,
    );
    expect(plan).toContain('Index');
  });

  type Case = readonly [string, (database: Database) => Promise<unknown>];

  it('the best nodes come in the order of their index: nothing is sorted', async () => {
    const plan = await explain((api) => listMostReliableNodes(api, [{ parent: 'net', first: 100 }], thisHour - 168));
    expect(plan).toContain('node_standing_uptime');
    expect(plan).not.toContain('Sort');
  });

  it('a window opens the months alone that it touches', async () => {
    const plan = await explain((api) => listReliability(api, { kind: 'node', ids: node, span: toSpan('d7', now) }));
    expect(plan).toContain('node_verdict_1');
    expect(plan).not.toContain('node_verdict_0');
  });
});
