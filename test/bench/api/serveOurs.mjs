/** The API as `computescan api` makes it: on a database, or with rows in memory in the place of Postgres and all else as shipped. */
import 'reflect-metadata';
import assert from 'node:assert/strict';
import { createApi } from '../../../dist/api/createApi.js';
import { createServer } from '../../../dist/api/createServer.js';
import { createLog } from '../../../dist/schema/lib/log.js';
import { makeRows } from './listQuery.mjs';
import { serveSubject } from './serveSubject.mjs';

const SNAPSHOT_MS = 1_000;

await serveSubject(async ({ databaseUrl }) => {
  const log = createLog('api', 'error');
  const api = await createApi({
    databaseUrl: databaseUrl ?? '',
    ...(databaseUrl ? {} : { database: createStandIn() }),
    staleAfterSeconds: 1_000_000_000,
    version: 'bench',
    log,
  });
  const app = createServer({ log });
  await api.mount(app);
  await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    port: app.server.address().port,
    close: async () => {
      await app.close();
      await api.close();
    },
  };
});

/** Where statements would go to Postgres they are answered from memory; a new snapshot each second, as when blocks are written. */
function createStandIn() {
  const rows = makeRows();
  const chains = [
    {
      ...{ id: 31_339, name: 'Bench', recorded: false, phase: 'live', phaseReason: null, height: 100, headNumber: 100 },
      ...{ blockTime: new Date(), headAt: new Date(), seenAt: new Date() },
    },
  ];
  let generation = { opened: Promise.resolve() };
  const timer = setInterval(() => {
    generation = { opened: Promise.resolve() };
  }, SNAPSHOT_MS);
  const query = async () => rows;
  return {
    query,
    open() {
      let taken;
      return {
        async query() {
          taken ??= generation;
          return rows;
        },
        async listChains() {
          taken ??= generation;
          return chains;
        },
        isUsed: () => taken !== undefined,
        getGeneration: () => taken,
        take: () => (taken ??= generation),
        beside: () => assert.fail('a list stands in one snapshot'),
        release: () => undefined,
        abandon: () => undefined,
      };
    },
    getCurrent: () => generation,
    watch: () => () => undefined,
    supersede: () => undefined,
    close: async () => clearInterval(timer),
  };
}
