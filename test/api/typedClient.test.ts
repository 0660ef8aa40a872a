import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { createServer } from '../../api/createServer.js';
import { listPayouts, type Payout } from '../../examples/typed-client/listPayouts.js';
import { type OpenApi, openApi } from './openApi.js';
import { at, devnet, emptyNetworks, payoutRow } from './seed.js';

/** More than two pages of the example. */
const COUNT = 1_100;

describe('the typed client of the examples', () => {
  let open: OpenApi;
  let app: FastifyInstance;
  let url: string;

  beforeAll(async () => {
    const payout = Array.from({ length: COUNT }, (_, index) =>
      payoutRow(20, { log_index: index, amount: String(index), time: at(index < 10 ? 0 : 20) }),
    );
    open = await openApi({ ...emptyNetworks, payout });
    app = createServer();
    await open.api.mount(app);
    url = `${await app.listen({ host: '127.0.0.1', port: 0 })}/graphql`;
  });

  afterAll(async () => {
    await app.close();
    await open.close();
  });

  it('reads every payout since a time, over all pages', async () => {
    const read: Payout[] = [];
    const since = at(10).toISOString();
    for await (const payout of listPayouts(url, { network: devnet.network, since })) read.push(payout);
    expect(new Set(read.map(({ id }) => id)).size).toBe(COUNT - 10);
    const amounts = read.map(({ amount }) => Number(amount)).sort((a, b) => a - b);
    expect([amounts[0], amounts.at(-1)]).toEqual([10, COUNT - 1]);
    expect(read[0]).toMatchObject({ role: 'worker', token: { symbol: 'RLC', decimals: 9 }, provider: null });
  });

  it('throws what the API says', async () => {
    const asked = listPayouts(url, { network: devnet.network, since: 'yesterday' });
    await expect(asked.next()).rejects.toThrow(/Expected a time/);
  });
});
