import { type OpenApi, openApi } from './openApi.js';
import {
  chainRow,
  devnet,
  emptyNetworks,
  hash,
  id,
  jobRow,
  networkRow,
  payoutRow,
  providerRow,
  type Row,
  secondsAgo,
  tokenRow,
} from './seed.js';

const PAST_DAY = 86_400;
const toDay = (time: Date) => time.toISOString().slice(0, 10);
/** Of one second, so that a day does not begin between a reading and its target. */
const lately = secondsAgo(100);
const earlier = (seconds: number) => new Date(lately.getTime() - seconds * 1_000);

const targetRow = (target: string, row: Row = {}): Row => ({
  ...{ network_id: devnet.network, probe: 'marlin-spec', target, observer: 'local', provider_id: id(target) },
  ...{ url: 'https://cp.example/', host: 'cp.example', interval_seconds: 600, next_due: new Date() },
  ...{ last_attempt: lately, last_success: lately, prices: 2 },
  ...row,
});

const readingRow = (thing: string, row: Row = {}): Row => {
  const seen = { first_seen: lately, last_seen: lately, ...row };
  return {
    ...{ network_id: devnet.network, thing: Buffer.from(thing), day: toDay(seen.last_seen), amount: '7' },
    ...{ probe: 'marlin-spec', target: 'pool', observer: 'local', provider_id: id('pool'), basis: 'advertised' },
    ...{ unit: 'second', resource: thing, token: id('rlc'), scale: 18, source_url: 'https://cp.example/' },
    valid_until: new Date(seen.last_seen.getTime() + 1_800_000),
    ...seen,
  };
};

const chainPrice = (height: number, row: Row): Row => ({
  ...{ chain_id: devnet.id, height, log_index: 0, network_id: devnet.network, provider_id: id('pool') },
  ...{ basis: 'settled', unit: 'second', token: id('rlc'), amount: '5', scale: 18, time: earlier(7 * PAST_DAY) },
  ...row,
});

let open: OpenApi;
beforeAll(async () => {
  const old = earlier(2 * PAST_DAY);
  open = await openApi({
    ...emptyNetworks,
    provider: [providerRow('pool'), providerRow('silent')],
    price: [chainPrice(11, { resource: 'a' })],
    probe_target: [
      targetRow('pool'),
      targetRow('silent', {
        ...{ last_success: old, last_attempt: lately, failures: 3, prices: 1, refused: 2 },
        ...{ error_reason: 'timeout', error_text: 'https://cp.example: Expected an answer within 15000 ms, got none.' },
      }),
      targetRow('iexec-market', { probe: 'iexec-bids', provider_id: null, interval_seconds: 86_400, prices: 1 }),
    ],
    price_reading: [
      // What it asks now, and since yesterday; the day before it was less.
      readingRow('a'),
      readingRow('a', { first_seen: earlier(PAST_DAY), last_seen: earlier(PAST_DAY) }),
      readingRow('a', { first_seen: earlier(2 * PAST_DAY), last_seen: earlier(2 * PAST_DAY), amount: '6' }),
      // Named until an hour ago, and no more since.
      readingRow('gone', { first_seen: earlier(3_600), last_seen: earlier(3_600) }),
      readingRow('b', { attributes: { cpu: '2' } }),
      readingRow('s', { target: 'silent', provider_id: id('silent'), first_seen: old, last_seen: old }),
      readingRow('category 2', {
        ...{ probe: 'iexec-bids', target: 'iexec-market', provider_id: null, basis: 'bid', unit: 'task', scale: null },
      }),
    ],
  });
});
afterAll(() => open.close());

const query = `query Quotes($id: ID!, $first: Int = 20) {
  provider(id: $id) {
    prices(first: $first) {
      source basis resource at observedAt height freshness sourceUrl attributes { name value }
      price { amount decimals unit token { symbol } }
    }
  }
}`;

interface Quotes {
  readonly provider: { readonly prices: readonly Record<string, unknown>[] };
}

describe('prices of a provider', () => {
  it('are those of logs and those that were asked for, each said to be so', async () => {
    const { provider } = await open.read<Quotes>(query, { id: id('pool') });
    const price = { decimals: 18, unit: 'second', token: { symbol: 'RLC' } };
    const probed = {
      ...{ source: 'PROBE', basis: 'advertised', height: null, freshness: 'FRESH', attributes: [] },
      ...{ observedAt: lately.toISOString(), sourceUrl: 'https://cp.example/', price: { ...price, amount: '7' } },
    };
    expect(provider.prices).toEqual([
      {
        ...{ source: 'CHAIN', basis: 'settled', resource: 'a', height: '11', freshness: null, sourceUrl: null },
        ...{ at: earlier(7 * PAST_DAY).toISOString(), observedAt: earlier(7 * PAST_DAY).toISOString() },
        ...{ attributes: [], price: { ...price, amount: '5' } },
      },
      { ...probed, resource: 'a', at: earlier(PAST_DAY).toISOString() },
      { ...probed, resource: 'b', at: lately.toISOString(), attributes: [{ name: 'cpu', value: '2' }] },
    ]);
  });

  it('get old where their provider does not answer, and do not vanish', async () => {
    const { provider } = await open.read<Quotes>(query, { id: id('silent') });
    expect(provider.prices).toMatchObject([
      { resource: 's', freshness: 'STALE', observedAt: earlier(2 * PAST_DAY).toISOString() },
    ]);
  });

  it('are as many as one asks for, those of logs first', async () => {
    const { provider } = await open.read<Quotes>(query, { id: id('pool'), first: 2 });
    expect(provider.prices).toMatchObject([{ source: 'CHAIN' }, { source: 'PROBE', resource: 'a' }]);
  });
});

it('offers to anyone stand with their network', async () => {
  const data = await open.read(
    `{ network(id: "${devnet.network}") { bids { basis resource source price { amount decimals unit } } } }`,
  );
  expect(data).toEqual({
    network: {
      bids: [
        {
          ...{ basis: 'bid', resource: 'category 2', source: 'PROBE' },
          price: { amount: '7', decimals: 9, unit: 'task' },
        },
      ],
    },
  });
});

it('how the asking goes is told for each probe and network', async () => {
  const data = await open.read(
    `{ probes { id network { id } targets fresh failing prices refused lastSuccess lastError } }`,
  );
  const network = { id: devnet.network };
  const lastSuccess = lately.toISOString();
  expect(data).toEqual({
    probes: [
      {
        ...{ id: 'iexec-bids', network, targets: 1, fresh: 1, failing: 0, prices: 1, refused: 0, lastSuccess },
        lastError: null,
      },
      {
        ...{ id: 'marlin-spec', network, targets: 2, fresh: 1, failing: 1, prices: 3, refused: 2, lastSuccess },
        lastError: 'https://cp.example: Expected an answer within 15000 ms, got none.',
      },
    ],
  });
});

describe('a job that is paid by the second', () => {
  const network = 'marlin-arbitrum';
  const toId = (native: string) => `${network}:${native}`;
  const opened = new Date('2026-01-10T12:00:00Z');
  const later = (seconds: number) => new Date(opened.getTime() + seconds * 1_000);
  const jobOf = (native: string, row: Row = {}): Row =>
    jobRow(native, {
      ...{ id: toId(native), network_id: network, time: opened, status: 'running' },
      ...{ price: '52500000000000', price_token: toId('usdc'), price_unit: 'second', price_scale: 18 },
      ...row,
    });
  const escrowRow = (height: number, delta: number, row: Row = {}): Row => ({
    ...{ chain_id: devnet.id, height, log_index: 0, network_id: network, job_id: toId('j'), token: toId('usdc') },
    ...{ kind: 'deposited', amount: String(Math.abs(delta)), delta: String(delta), time: opened, tx_hash: hash('e') },
    ...row,
  });

  let market: OpenApi;
  beforeAll(async () => {
    market = await openApi({
      chain: [chainRow({ block_time: later(1_801) })],
      network: [networkRow({ id: network, protocol: 'marlin', work_token: toId('usdc'), stake_token: null })],
      token: [tokenRow({ id: toId('usdc'), network_id: network, symbol: 'USDC', decimals: 6 })],
      job: [
        jobOf('j'),
        jobOf('revised', { price: '1' }),
        jobOf('closed', { status: 'completed', ended_time: later(9) }),
      ],
      // Half of a deposit for an hour is settled after half an hour; at twice the rate the rest lasts a quarter.
      escrow_change: [
        ...[escrowRow(10, 189_000), escrowRow(11, -94_500)],
        ...[escrowRow(10, 189_000, { log_index: 1, job_id: toId('revised') })],
      ],
      price: [
        chainPrice(12, { network_id: network, job_id: toId('revised'), provider_id: null, amount: '105000000000000' }),
      ],
      payout: [
        payoutRow(11, { network_id: network, job_id: toId('j'), token: toId('usdc'), time: later(1_800) }),
        payoutRow(12, {
          network_id: network,
          job_id: toId('revised'),
          token: toId('usdc'),
          amount: '0',
          time: later(-5),
        }),
      ],
    });
  });
  afterAll(() => market.close());

  it('says when its deposit is used up, and whether that has been', async () => {
    const { jobs } = await market.read<{ jobs: readonly unknown[] }>(
      '{ jobs(orderBy: id, orderDirection: asc) { nativeId status runsOutAt runOut { hasRunOut derived reason } } }',
    );
    expect(jobs).toEqual([
      {
        ...{ nativeId: 'closed', status: 'completed', runsOutAt: null },
        runOut: { hasRunOut: null, derived: false, reason: 'The job is closed.' },
      },
      {
        ...{ nativeId: 'j', status: 'running', runsOutAt: later(3_600).toISOString() },
        runOut: { hasRunOut: false, derived: true, reason: null },
      },
      {
        ...{ nativeId: 'revised', status: 'running', runsOutAt: later(1_800).toISOString() },
        runOut: { hasRunOut: true, derived: true, reason: null },
      },
    ]);
  });
});
