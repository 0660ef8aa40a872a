import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listStatements } from './listStatements.js';
import { type OpenApi, openApi } from './openApi.js';
import { address, at, devnet, emptyNetworks, id, nodeRow, payoutRow, providerRow, type Row, tokenRow } from './seed.js';

const PROXY = address('f');
const feed = {
  pair: 'FED / USD',
  proxy: PROXY,
  decimals: 8,
  heartbeatSeconds: 600,
  phases: [],
  source: 'https://feeds.example',
};
const token = (symbol: string, usd: unknown): Row =>
  tokenRow({ id: id(symbol), symbol: symbol.toUpperCase(), decimals: 6, usd: JSON.stringify(usd) });
const seconds = (minute: number) => at(minute).getTime() / 1_000;

const answerRow = (height: number, minute: number, row: Row): Row => ({
  ...{ chain_id: devnet.id, height, log_index: 1, network_id: devnet.network, feed: PROXY, aggregator: address('9') },
  ...{ round_id: String(height), updated_at: String(seconds(minute)), decimals: 8, time: at(minute), ...row },
});
const priceRow = (height: number, row: Row): Row => ({
  ...{ chain_id: devnet.id, height, log_index: 0, network_id: devnet.network, provider_id: id('pool') },
  ...{ basis: 'advertised', unit: 'hour', token: id('set'), amount: '7000000', time: at(0), ...row },
});
const versionRow = (from: number, to: number | null, gpus: number): Row => ({
  ...{ node_id: id('big'), height_from: from, height_to: to, chain_id: devnet.id, gpu_count: gpus },
});

let open: OpenApi;
beforeAll(async () => {
  open = await openApi({
    ...emptyNetworks,
    token: [
      token('set', { kind: 'static', usd: '0.5', note: 'A rate for tests.' }),
      token('fed', { kind: 'feed', feed }),
      token('bare', { kind: 'none', reason: 'No feed of BARE / USD is known.' }),
      tokenRow({ id: id('mute'), symbol: 'MUTE' }),
    ],
    provider: [providerRow('pool')],
    node: [nodeRow('big')],
    node_version: [versionRow(5, 20, 4), versionRow(20, null, 3)],
    price: [
      priceRow(10, { node_id: id('big') }),
      priceRow(30, { node_id: id('big'), basis: 'bid' }),
      priceRow(11, { unit: 'second', resource: 'gpu', scale: 9, amount: '1000' }),
      priceRow(12, { unit: 'token', resource: 'input' }),
    ],
    feed_answer: [
      answerRow(2, 1, { answer: '100000000', phase: 2 }),
      // Told of before the fact, and not on the chain by then.
      answerRow(9, 3, { answer: '900000000', phase: 2 }),
    ],
    payout: [
      payoutRow(1, { token: id('fed'), time: at(0), amount: '1' }),
      payoutRow(5, { token: id('fed'), time: at(4), amount: '123456789012345678901' }),
      payoutRow(6, { token: id('fed'), time: at(5), amount: '-2500000' }),
      payoutRow(7, { token: id('set'), time: at(5), amount: '3' }),
      payoutRow(8, { token: id('bare'), time: at(5) }),
      payoutRow(9, { token: id('mute'), time: at(5) }),
    ],
  });
});
afterAll(() => open?.close());

describe('USD of a payout', () => {
  it('is by what the chain knew at its place, exact to the last digit, or null with the reason', async () => {
    const { payouts } = await open.read<{ payouts: { usd: object }[] }>(
      '{ payouts(orderDirection: asc) { usd { value reason source note pair rate round phase aggregator answeredAt age } } }',
    );
    const said = { source: 'FEED', pair: 'FED / USD', note: 'https://feeds.example' };
    const round = { rate: '1', phase: 2, round: String((2n << 64n) | 2n), aggregator: address('9') };
    const nobody = { source: null, value: null, reason: 'NO_FEED' };
    expect(payouts.map(({ usd }) => usd)).toMatchObject([
      { ...said, value: null, reason: 'NO_ANSWER', round: null, age: null },
      { ...said, ...round, value: '123456789012345.678901', reason: null, age: 180, answeredAt: at(1).toISOString() },
      { ...said, ...round, value: '-2.5', age: 240 },
      { source: 'STATIC', value: '0.0000015', reason: null, rate: '0.5', note: 'A rate for tests.', round: null },
      { ...nobody, note: 'No feed of BARE / USD is known.' },
      { ...nobody, note: 'No price source is named for the token.' },
    ]);
  });

  it('costs one statement a feed, however many payouts ask', async () => {
    const statements = await listStatements(() => open.read('{ payouts { usd { value } token { symbol } } }'));
    expect(statements.filter((text) => text.includes('feed_answer'))).toHaveLength(1);
    expect(statements).toHaveLength(3);
  });
});

describe('USD of a price', () => {
  it('is by the hour where it is for time, and by the GPU where their number was known then', async () => {
    const { provider } = await open.read<{ provider: { prices: object[] } }>(
      `{ provider(id: "${id('pool')}") { prices { basis resource price { unit usd { value } usdPerHour { value source }
        usdPerGpuHour { value } } } } }`,
    );
    expect(provider.prices).toEqual([
      {
        ...{ basis: 'advertised', resource: null },
        price: toPrice({ unit: 'hour', usd: '3.5', hour: '3.5', gpuHour: '0.875' }),
      },
      {
        ...{ basis: 'advertised', resource: 'gpu' },
        price: toPrice({ unit: 'second', usd: '0.0000005', hour: '0.0018', gpuHour: '0.0018' }),
      },
      {
        ...{ basis: 'advertised', resource: 'input' },
        price: { unit: 'token', usd: { value: '3.5' }, usdPerHour: null, usdPerGpuHour: null },
      },
      {
        ...{ basis: 'bid', resource: null },
        price: toPrice({ unit: 'hour', usd: '3.5', hour: '3.5', gpuHour: '1.166666666666666667' }),
      },
    ]);
  });
});

function toPrice({ unit, usd, hour, gpuHour }: { unit: string; usd: string; hour: string; gpuHour: string }) {
  return {
    ...{ unit, usd: { value: usd }, usdPerHour: { value: hour, source: 'STATIC' }, usdPerGpuHour: { value: gpuHour } },
  };
}
