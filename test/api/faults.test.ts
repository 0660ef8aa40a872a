import { afterEach, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { createServer } from '../../api/createServer.js';
import { BLOCK_CHANNEL } from '../../schema/lib/channels.js';
import { createTestDatabase } from '../testDatabase.js';
import { createTestApi } from './openApi.js';
import { chainRow, devnet, emptyNetworks, hash, id, jobRow, secondsAgo, seed, withClient } from './seed.js';

let opened: { close(): Promise<void> } | undefined;
afterEach(async () => {
  await opened?.close();
  opened = undefined;
});

interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: what came is what is tested
  readonly body: any;
}

/** As users meet it: over HTTP, with snapshots that are shared. */
async function serve(rows: Parameters<typeof seed>[1]) {
  const database = await createTestDatabase();
  await seed(database.url, rows);
  const api = await createTestApi(database.url, { snapshotMs: 1_000 });
  const app = createServer();
  await api.mount(app);
  const url = `${await app.listen({ host: '127.0.0.1', port: 0 })}/graphql`;
  opened = {
    async close() {
      await app.close();
      await api.close();
      await database.drop();
    },
  };
  const ask = async (query: string, variables = {}): Promise<Answer> => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
    return { status: response.status, body: await response.json() };
  };
  return { url: database.url, ask };
}

/** Writes until it is told to stop, each turn in one transaction, as the writer does. */
async function whileWriting(
  url: string,
  write: (client: pg.Client, turn: number) => Promise<void>,
  read: () => Promise<void>,
): Promise<void> {
  let isWriting = true;
  const writing = withClient(url, async (client) => {
    for (let turn = 1; isWriting; turn++) {
      await client.query('begin');
      await write(client, turn);
      await client.query(`select pg_notify('${BLOCK_CHANNEL}', '{}')`);
      await client.query('commit');
    }
  });
  try {
    await read();
  } finally {
    isWriting = false;
    await writing;
  }
}

const aliases = Array.from({ length: 10_000 }, (_, at) => `a${at}:__typename`).join(' ');
const doubled = Array.from({ length: 20 }, (_, at) => `fragment d${at} on Job { ...d${at + 1} ...d${at + 1} }`).join(
  ' ',
);

describe('a query that would take minutes', () => {
  it.each([
    ['5,000 levels', `{ ${'jobs { provider { '.repeat(2_500)}id${' } }'.repeat(2_500)} }`, 'QUERY_TOO_LONG'],
    ['10,000 aliases', `{ ${aliases} }`, 'BAD_REQUEST'],
    ['2^20 fragments', `{ jobs { ...d0 } } ${doubled} fragment d20 on Job { id }`, 'QUERY_TOO_COSTLY'],
  ])('fault 35: of %s is refused with 400 and a code of its own', async (_, query, code) => {
    const { ask } = await serve(emptyNetworks);
    const { status, body } = await ask(query);
    expect([code === 'BAD_REQUEST' ? 413 : 400, code]).toEqual([status, body.errors[0].extensions.code]);
    expect(await ask('{ __typename }')).toMatchObject({ status: 200, body: { data: { __typename: 'Query' } } });
  });
});

describe('a reader of pages', () => {
  it('fault 37: gets pages of one branch, or is told that it was replaced, while reorganisations happen', async () => {
    const jobs = (branch: number) => Array.from({ length: 30 }, (_, at) => `('${id(`b${branch}-${at}`)}')`).join(', ');
    const { url, ask } = await serve({
      ...emptyNetworks,
      job: Array.from({ length: 30 }, (_, at) => jobRow(`b0-${at}`)),
    });
    const query = `query ($after: String) {
      jobsConnection(first: 10, after: $after, orderBy: id) { nodes { id } pageInfo { hasNextPage endCursor } }
    }`;
    const seen = { whole: 0, replaced: 0 };
    const walk = async () => {
      const branches = new Set<string>();
      for (let after: string | null = null; ; ) {
        const { body } = await ask(query, { after });
        if (body.errors) {
          expect(body.errors.map(({ extensions }: { extensions: unknown }) => extensions)).toEqual([
            { code: 'CURSOR_REORGED' },
          ]);
          seen.replaced += 1;
          return;
        }
        const { nodes, pageInfo } = body.data.jobsConnection;
        for (const node of nodes) branches.add(/:b(\d+)-/.exec(node.id)?.[1] ?? node.id);
        expect([...branches]).toHaveLength(1);
        if (!pageInfo.hasNextPage) break;
        after = pageInfo.endCursor;
      }
      seen.whole += 1;
    };
    await walk();
    await whileWriting(
      url,
      async (client, turn) => {
        // The same height, another branch: all jobs of the one before are gone.
        await client.query('update chain set block_hash = $1 where chain_id = $2', [toHash(turn), devnet.id]);
        await client.query(
          `update job set id = replacement.id
           from (select id as old, row_number() over (order by id) as at from job) as current
           join (select column1 as id, row_number() over (order by column1) as at from (values ${jobs(turn)}) as v) as replacement
             on replacement.at = current.at
           where job.id = current.old`,
        );
        await client.query('select pg_sleep(0.02)');
      },
      async () => {
        for (let turn = 0; turn < 1_000 && seen.replaced < 5; turn++) await walk();
      },
    );
    await walk();
    expect(seen.replaced).toBeGreaterThanOrEqual(5);
    expect(seen.whole).toBeGreaterThanOrEqual(2);
  }, 120_000);
});

describe('a replica that lags by a minute', () => {
  it('fault 40: says of which block it is, and is of one height however much is written meanwhile', async () => {
    const { url, ask } = await serve({
      ...emptyNetworks,
      chain: [chainRow({ height: 1, block_time: secondsAgo(60) })],
    });
    const query = `{
      _meta(chain: ${devnet.id}) { block { number } chains { block { number timestamp } lagSeconds } }
      again: _meta(chain: ${devnet.id}) { block { number } }
    }`;
    const heights = new Set<string>();
    await whileWriting(
      url,
      async (client, turn) => {
        await client.query("update chain set height = $1, block_time = now() - interval '60 seconds'", [turn + 1]);
      },
      async () => {
        for (let turn = 0; turn < 30; turn++) {
          const { status, body } = await ask(query);
          expect([status, body.errors]).toEqual([200, undefined]);
          const [chain] = body.data._meta.chains;
          const [fresh] = body.extensions.freshness.chains;
          expect([body.data.again.block.number, chain.block.number, fresh.height]).toEqual(
            Array(3).fill(body.data._meta.block.number),
          );
          expect(Date.now() - Date.parse(fresh.time)).toBeGreaterThanOrEqual(60_000);
          heights.add(fresh.height);
        }
      },
    );
    expect(heights.size).toBeGreaterThan(1);
    const time = secondsAgo(30).toISOString();
    const { body } = await ask(`{ jobs(block: { timestamp: "${time}" }) { id } }`);
    expect(body.extensions.asOf).toMatchObject({ time, chains: [{ id: String(devnet.id) }] });
  }, 60_000);
});

function toHash(turn: number): Buffer {
  const made = Buffer.from(hash('e'));
  made.writeUInt32BE(turn);
  return made;
}
