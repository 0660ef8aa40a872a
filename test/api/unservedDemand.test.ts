import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bidsOfProtocols } from '../../schema/protocols/bids.js';
import { manifests } from '../../schema/protocols/protocols.js';
import { listStatements } from './listStatements.js';
import { type OpenApi, openApi } from './openApi.js';
import {
  chainRow,
  devnet,
  hash,
  id,
  networkRow,
  type Row,
  recorded,
  recordedChainRow,
  recordedNetworkRow,
  tokenRow,
} from './seed.js';

const market = devnet.network;
const token = id('eth');
const time = (text: string) => new Date(`2026-01-${text}Z`);
const day = Date.UTC(2026, 0, 10) / 86_400_000;

/** A task that nobody took, known to be so from then on. */
const endedRow = (job: string, known: Date, row: Row = {}): Row => ({
  ...{ job_id: id(job), task_id: id(`${job}-0`), part: 0, network_id: market, chain_id: devnet.id },
  ...{ provider_id: null, buyer: '0xb', kind: 'cancelled', derived: true, known_from: known, hardware: 'unknown' },
  ...row,
});
const bidRow = (height: number, job: string | null, amount: string, row: Row = {}): Row => ({
  ...{
    chain_id: devnet.id,
    height,
    log_index: 0,
    network_id: market,
    job_id: job && id(job),
    basis: 'bid',
    unit: 'task',
  },
  ...{ token, amount, time: time('09T10:00:00') },
  ...row,
});

let open: OpenApi;
beforeAll(async () => {
  open = await openApi({
    chain: [chainRow(), recordedChainRow()],
    block: [
      { chain_id: devnet.id, height: 30, hash: hash('3'), parent_hash: hash('2'), time: time('10T10:00:00') },
      { chain_id: devnet.id, height: 31, hash: hash('4'), parent_hash: hash('3'), time: time('14T00:00:00') },
    ],
    network: [
      networkRow({ protocol: 'boundless', work_token: token, stake_token: null }),
      networkRow({ id: 'iexec-other', protocol: 'iexec' }),
      recordedNetworkRow(),
    ],
    token: [
      tokenRow({
        id: token,
        symbol: 'ETH',
        decimals: 6,
        usd: JSON.stringify({ kind: 'static', usd: '2', note: 'A rate for tests.' }),
      }),
    ],
    task_outcome: [
      endedRow('a', time('10T10:10:00')),
      // Of two tasks.
      endedRow('b', time('10T10:50:00')),
      endedRow('b', time('10T10:55:00'), { task_id: id('b-1') }),
      endedRow('c', time('10T11:00:00')),
      endedRow('d', time('12T00:00:00')),
      endedRow('gpu', time('10T12:00:00')),
      endedRow('gpu-too', time('10T13:00:00')),
      // Somebody took it; nobody bid; too late.
      endedRow('taken', time('10T10:10:00'), { provider_id: id('p') }),
      endedRow('failed', time('10T10:10:00'), { kind: 'failed' }),
      endedRow('unbid', time('10T10:10:00')),
      endedRow('late', time('20T10:10:00')),
    ],
    price: [
      // Only the last bid for a job counts.
      bidRow(1, 'a', '9000000'),
      bidRow(2, 'a', '1000000'),
      bidRow(3, 'b', '3000000'),
      bidRow(4, 'c', '2500000'),
      bidRow(5, 'd', '4000000', { resource: 'proof' }),
      bidRow(6, 'gpu', '500000', { unit: 'hour', resource: 'gpu', node_id: id('n1') }),
      bidRow(7, 'gpu-too', '700000', { unit: 'hour', resource: 'gpu', node_id: id('n2') }),
      ...['taken', 'failed', 'late'].map((job, at) => bidRow(10 + at, job, '1')),
      bidRow(20, null, '5', { time: time('10T00:00:00') }),
    ],
    node_version: [
      { node_id: id('n1'), chain_id: devnet.id, height_from: 1, gpu_model: 'NVIDIA H100 80GB', gpu_count: 1 },
      { node_id: id('n2'), chain_id: devnet.id, height_from: 1, gpu_model: 'h100-sxm', gpu_count: 1 },
    ],
    metric: ['price.ask', 'price.askPerTask'].map((name) => ({ id: name, method_version: 1 })),
    metric_progress: [{ network_id: market, rolled_time: time('11T12:00:00'), rolled_height: 90, method_digest: '' }],
    metric_subject: [
      { kind: 'network', id: market, network_id: market },
      { kind: 'hardware', id: `${market}:gpu:nvidia-h100`, network_id: market },
    ],
    metric_day: [
      { subject_key: 1, metric_key: 2, day, num: '6', n: 2, detail: { inToken: '3' } },
      { subject_key: 2, metric_key: 1, day, num: '1.5', n: 1, detail: { inToken: '0.75' } },
    ],
  });
});
afterAll(() => open.close());

const query = `query Demand($network: ID!, $from: Timestamp!, $to: Timestamp!, $interval: DemandInterval) {
  unservedDemand(network: $network, from: $from, to: $to, interval: $interval) {
    recorded reason bids pointCount withoutEnd asOfBlock asOfTime
    points(first: 1000) {
      from to inProgress hardware resource unit bids quantity value valueUsd lowestBid medianBid highestBid
      asked askedUsd askedMetric token { symbol }
    }
  }
}`;
const january = { network: market, from: time('01T00:00:00').toISOString(), to: time('15T00:00:00').toISOString() };

interface Demand {
  readonly bids: number | null;
  readonly points: readonly Record<string, unknown>[] | null;
  readonly [field: string]: unknown;
}
async function ask(given: object = {}): Promise<Demand> {
  const { unservedDemand } = await open.read<{ unservedDemand: Demand }>(query, { ...january, ...given });
  return unservedDemand;
}

describe('demand that nobody served', () => {
  it('is the last bids for jobs that nobody took, by day and kind of work', async () => {
    const demand = await ask();
    const of = (from: string, to: string) => ({ from: time(from).toISOString(), to: time(to).toISOString() });
    expect(demand).toEqual({
      ...{ recorded: true, reason: null, bids: 6, pointCount: 3, withoutEnd: 1, asOfBlock: '90' },
      asOfTime: time('11T12:00:00').toISOString(),
      points: [
        {
          ...{ ...of('10T00:00:00', '11T00:00:00'), inProgress: false, hardware: null, resource: null, unit: 'task' },
          // Four tasks: 1, twice 3, and 2.5.
          ...{ bids: '3', quantity: '4', value: '9.5', valueUsd: '19', token: { symbol: 'ETH' } },
          ...{ lowestBid: '1', medianBid: '2.5', highestBid: '3' },
          ...{ asked: '3', askedUsd: '6', askedMetric: 'price.askPerTask' },
        },
        {
          // Two ways to write one model.
          ...{ ...of('10T00:00:00', '11T00:00:00'), inProgress: false, hardware: 'nvidia-h100', resource: 'gpu' },
          ...{ unit: 'hour', bids: '2', quantity: '2', value: null, valueUsd: null, token: { symbol: 'ETH' } },
          ...{ lowestBid: '0.5', medianBid: '0.5', highestBid: '0.7' },
          ...{ asked: '0.75', askedUsd: '1.5', askedMetric: 'price.ask' },
        },
        {
          // No day that is rolled yet has it.
          ...{ ...of('12T00:00:00', '13T00:00:00'), inProgress: true, hardware: null, resource: 'proof', unit: 'task' },
          ...{ bids: '1', quantity: '1', value: '4', valueUsd: '8', token: { symbol: 'ETH' } },
          ...{ lowestBid: '4', medianBid: '4', highestBid: '4' },
          ...{ asked: null, askedUsd: null, askedMetric: 'price.askPerTask' },
        },
      ],
    });
  });

  it.each([
    ['hour', ['10T10:00:00', '10T11:00:00', '10T12:00:00', '10T13:00:00', '12T00:00:00']],
    ['week', ['05T00:00:00', '05T00:00:00', '12T00:00:00']],
  ])('is in buckets of a %s, the bids of which add up to the same', async (interval, begins) => {
    const { points, bids } = await ask({ interval });
    expect(points?.map(({ from }) => from)).toEqual(begins.map((text) => time(text).toISOString()));
    expect([bids, points?.reduce((sum, point) => sum + Number(point.bids), 0)]).toEqual([6, 6]);
  });

  it('begins with its first moment and ends before its last', async () => {
    const given = { from: time('10T11:00:00').toISOString(), to: time('12T00:00:00').toISOString() };
    expect(await ask(given)).toMatchObject({ bids: 3 });
  });

  it.each([
    // A network that records prices may have bids that name no job: it has none.
    ['iexec-other', bidsOfProtocols.iexec, 0],
    [recorded.network, 'price are settled off chain.', null],
  ])('of %s is null, with why, and no zero', async (network, reason, withoutEnd) => {
    expect(await ask({ network })).toMatchObject({
      recorded: false,
      reason,
      points: null,
      bids: null,
      pointCount: null,
      withoutEnd,
    });
  });

  it('of a network that nobody knows is null', async () => {
    expect(await ask({ network: 'nowhere' })).toBeNull();
  });

  it('is as of the past: ends that were not known then are not in it', async () => {
    const past = (at: string) =>
      open.read(`{ unservedDemand(network: "${market}", from: "${january.from}", to: "${january.to}",
        block: { timestamp: "${at}" }) { bids } }`);
    expect(await past('2026-01-10T10:30:00Z')).toEqual({ unservedDemand: { bids: 1 } });
    expect(await past('2026-01-10T10:05:00Z')).toEqual({ unservedDemand: { bids: 0 } });
  });

  it('asks as many statements for many points as for few', async () => {
    const few = await listStatements(() => ask({ from: time('12T00:00:00').toISOString() }));
    const many = await listStatements(() => ask({ interval: 'hour' }));
    // The network, the bids, what was asked, tokens.
    expect([few.length, many.length]).toEqual([4, 4]);
  });

  it.each<[object, string]>([
    [{ from: january.to, to: january.from }, 'Expected from to lie before to'],
    [{ from: january.from, to: january.from }, 'Expected from to lie before to'],
    [{ from: '2020-01-01T00:00:00Z' }, 'Expected at most 1000 buckets, got 2206 of a day: ask for less time'],
  ])('of %j is refused, with what to do', async (given, message) => {
    expect(await open.fail(query, { ...january, ...given })).toEqual({
      ...{ code: 'BAD_USER_INPUT', message: expect.stringContaining(message) },
    });
  });
});

it('every protocol says whether bids on it end, or why not', () => {
  expect(Object.keys(bidsOfProtocols).sort()).toEqual(manifests.map(({ protocol }) => protocol).sort());
  for (const bids of Object.values(bidsOfProtocols)) if (bids !== true) expect(bids).toMatch(/^[A-Z0-9].*\.$/);
});

it('in an empty database there is no network to ask about', async () => {
  const empty = await openApi({});
  try {
    expect(await empty.read(query, january)).toEqual({ unservedDemand: null });
  } finally {
    await empty.close();
  }
});
