import { setTimeout as sleep } from 'node:timers/promises';
import { ApolloServer } from '@apollo/server';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../../api/createContext.js';
import { createServer } from '../../api/createServer.js';
import { createTurns, type Turns } from '../../api/limits/createTurns.js';
import { mountGraphql } from '../../api/mountGraphql.js';
import { createLog } from '../../schema/lib/log.js';
import { untilTrue } from './untilTrue.js';

/** There is one turn, and it ends when we say so. */
const turns: Turns = createTurns({ atOnce: 1, longestMs: 600_000 });
const apollo = new ApolloServer<Context>({
  typeDefs: 'type Query { one: Int }',
  resolvers: { Query: { one: () => 1 } },
  stopOnTerminationSignals: false,
});
let app: FastifyInstance;
let url: string;
let arrived = 0;
let left = 0;
let begun = 0;
let abandoned = 0;
beforeAll(async () => {
  app = createServer();
  app.addHook('preHandler', async (_request, reply) => {
    arrived += 1;
    reply.raw.once('close', () => {
      left += 1;
    });
  });
  await apollo.start();
  await mountGraphql(app, {
    ...{ apollo, turns, log: createLog('api', 'silent') },
    context: async () => {
      begun += 1;
      const database = { abandon: () => (abandoned += 1), getGeneration: () => undefined };
      return { present: { database } } as unknown as Context;
    },
  });
  url = `${await app.listen({ host: '127.0.0.1', port: 0 })}/graphql`;
});
afterAll(async () => {
  await app.close();
  await apollo.stop();
});
beforeEach(() => {
  [arrived, left, begun, abandoned] = [0, 0, 0, 0];
});

const ask = (signal?: AbortSignal) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"query":"{ one }"}',
    ...(signal ? { signal } : {}),
  });

describe('a request over HTTP', () => {
  it('is not begun before its turn, and gives it back when it is answered', async () => {
    const end = await turns.take();
    const answers = [ask(), ask()];
    await untilTrue(async () => arrived === 2);
    await sleep(20);
    expect(begun).toBe(0);
    end();
    for (const answer of answers) expect(await (await answer).json()).toEqual({ data: { one: 1 } });
    expect(begun).toBe(2);
    expect(abandoned).toBe(0);
  });

  it('asks nothing of the database whose client has left before its turn, and holds up nobody', async () => {
    const end = await turns.take();
    const leaving = new AbortController();
    const gone = ask(leaving.signal).catch(() => 'gone');
    await untilTrue(async () => arrived === 1);
    leaving.abort();
    expect(await gone).toBe('gone');
    await untilTrue(async () => left === 1);
    end();
    expect((await ask()).status).toBe(200);
    expect(abandoned).toBe(1);
  });
});
