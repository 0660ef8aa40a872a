import fc from 'fast-check';
import { AnswerError, findDecimal } from './answers.js';
import { livepeerLeaderboard } from './livepeerLeaderboard.js';
import type { JsonQuestion, PriceProbe } from './Probe.js';
import { probes } from './probes.js';

const priceProbes = probes.filter((probe) => probe.kind === 'prices');
const documents = probes.filter((probe) => probe.kind !== 'reach');

function getProbe(id: string): PriceProbe {
  const found = priceProbes.find((probe) => probe.id === id);
  if (!found) throw new Error(`no probe ${id}`);
  return found;
}

const parse = (id: string, ...pages: readonly unknown[]) => getProbe(id).parse(pages);
const address = (digit: string) => `0x${digit.repeat(40)}`;
const hash = (digit: string) => `0x${digit.repeat(64)}`;
const nobody = address('0');
const noTag = hash('0');

describe.each(documents.map((probe) => [probe.id, probe] as const))('the parser of %s', (_, probe) => {
  it('refuses or reads whatever comes, and does nothing else', () => {
    const fields = ['orders', 'orchestrators', 'min_rates', '__proto__', 'order', 'hardware', 'price_info'];
    const json = fc.oneof(
      fc.jsonValue(),
      fc.dictionary(fc.constantFrom(...fields), fc.oneof(fc.jsonValue(), fc.array(fc.jsonValue()))),
      fc.array(fc.dictionary(fc.constantFrom('Address', 'PricePerPixel', 'rate_cards', 'region'), fc.jsonValue())),
    );
    fc.assert(
      fc.property(fc.array(json, { minLength: 1, maxLength: 3 }), (pages) => {
        try {
          if (probe.kind === 'scores') {
            for (const { value, metric, region } of probe.parse(pages, address('a')).scores) {
              expect(value >= 0n && value < 2n ** 63n && metric.length > 0 && region.length > 0).toBe(true);
            }
            return;
          }
          for (const { amount, resource, basis } of probe.parse(pages).prices) {
            expect(amount >= 0n && amount < 2n ** 256n).toBe(true);
            expect(resource.length).toBeGreaterThan(0);
            expect(['advertised', 'bid']).toContain(basis);
          }
        } catch (thrown) {
          if (!(thrown instanceof AnswerError)) throw thrown;
        }
      }),
    );
  });

  it('takes no key of a prototype for a field', () => {
    const polluted: unknown = JSON.parse('{"__proto__": {"orders": [], "orchestrators": [], "min_rates": []}}');
    const parsing = () => (probe.kind === 'prices' ? probe.parse([polluted]) : probe.parse([polluted], address('a')));
    expect(parsing).toThrow(AnswerError);
    expect(({} as Record<string, unknown>).orders).toBeUndefined();
  });

  it('asks where its target says, and leaves alone what is no URL', () => {
    const question: JsonQuestion = probe;
    const url = question.toUrl('https://prices.example/base/', { chainId: 7, index: 2, target: '0xa' });
    expect(new URL(url).origin).toBe('https://prices.example');
    expect(() => question.toUrl('no URL', { chainId: 7, index: 0, target: '"/&?' })).not.toThrow();
  });
});

describe('rate cards of Marlin Oyster', () => {
  const card = { instance: 'c5.xlarge', min_rate: '52500000000000', cpu: 2, memory: 4096, arch: 'amd64' };

  it('are prices a second with 18 decimals, one for each machine in a region', () => {
    const answer = { allowed_regions: ['us-east-1'], min_rates: [{ region: 'us-east-1', rate_cards: [card, {}] }] };
    expect(parse('marlin-spec', answer)).toEqual({
      prices: [
        {
          ...{ basis: 'advertised', resource: 'us-east-1 c5.xlarge amd64', unit: 'second', scale: 18 },
          amount: 52_500_000_000_000n,
          attributes: { region: 'us-east-1', instance: 'c5.xlarge', arch: 'amd64', cpu: '2', memoryMb: '4096' },
        },
      ],
      refused: 1,
    });
  });

  it('are no more than a provider may have', () => {
    const rate_cards = Array.from({ length: 8_001 }, (_, at) => ({ ...card, instance: `c${at}` }));
    expect(() => parse('marlin-spec', [{ region: 'us-east-1', rate_cards }])).toThrow(/at most 8000 rate cards/);
  });

  it('lie beside whatever path the control plane has', () => {
    const toUrl = (base: string) => getProbe('marlin-spec').toUrl(base, { chainId: 1, index: 0, target: '' });
    expect(toUrl('https://cp.example')).toBe('https://cp.example/spec');
    expect(toUrl('https://cp.example/oyster/')).toBe('https://cp.example/oyster/spec');
    expect(toUrl('https://cp.example/?a=1')).toBe('https://cp.example/spec?a=1');
  });
});

describe('prices of Livepeer', () => {
  const orchestrator = { Address: address('A'), PricePerPixel: 27_840.575, UpdatedAt: 1_591_592_904 };

  it('are wei a pixel to the last digit that was written', () => {
    const { prices, refused } = parse('livepeer-stats', [orchestrator]);
    expect(refused).toBe(0);
    expect(prices).toEqual([
      {
        ...{ provider: address('a'), basis: 'advertised', resource: 'transcoding', unit: 'pixel', scale: 30 },
        amount: 27_840_575_000_000_000n,
        attributes: {},
        sampledAt: 1_591_592_904_000,
      },
    ]);
  });

  it.each([
    ['below zero', -1],
    ['that is none', 'NaN'],
    ['without end', 'Infinity'],
    ['in hex', '0x10'],
    ['beyond 256 bits', 1e80],
    ['left out', undefined],
  ])('refuses one %s', (_, PricePerPixel) => {
    expect(parse('livepeer-stats', [{ ...orchestrator, PricePerPixel }, orchestrator])).toMatchObject({
      prices: [{ provider: address('a') }],
      refused: 1,
    });
  });

  it('takes a zero of the aggregate for no answer, and keeps the lower of two', () => {
    const entries = [0, 5, 3, 4].map((PricePerPixel) => ({ ...orchestrator, PricePerPixel }));
    expect(parse('livepeer-stats', entries)).toMatchObject({ prices: [{ amount: 3_000_000_000_000n }], refused: 0 });
  });

  it('name each model beside the hardware behind it', () => {
    const gpu = { name: 'NVIDIA GeForce RTX 4090', memory_total: 25_757_220_864 };
    const answer = {
      orchestrators: [
        {
          address: address('B'),
          local_address: address('C'),
          price_info: { pricePerUnit: 11_800_000_000_000, pixelsPerUnit: 54_901_722_631 },
          capabilities_prices: [
            { pricePerUnit: 2_287, pixelsPerUnit: 1, capability: 35, constraint: 'streamdiffusion-sdxl' },
            { pricePerUnit: 2_500, pixelsPerUnit: 1, capability: 37, constraint: 'openai-chat-completions' },
            { pricePerUnit: 1, pixelsPerUnit: 0, capability: 35, constraint: 'free' },
            { pricePerUnit: -1, pixelsPerUnit: 1, capability: 35, constraint: 'less than free' },
          ],
          hardware: [
            { pipeline: 'live-video-to-video', model_id: 'streamdiffusion-sdxl', gpu_info: { 0: gpu, 1: gpu } },
            { pipeline: '<b>', model_id: 7, gpu_info: [] },
          ],
        },
        { address: address('D'), price_info: null, capabilities_prices: null, hardware: null },
        { address: 'nobody' },
      ],
    };
    const { prices, refused } = parse('livepeer-capabilities', answer);
    expect(refused).toBe(3);
    expect(prices.map(({ resource, unit, amount, attributes }) => [resource, unit, amount, attributes])).toEqual([
      ['transcoding', 'pixel', 214_929_503_748_161n, {}],
      [
        'live-video-to-video streamdiffusion-sdxl',
        'pixel',
        2_287_000_000_000_000n,
        { model: 'streamdiffusion-sdxl', gpuModel: 'NVIDIA GeForce RTX 4090', gpuCount: '2', vramMb: '24564' },
      ],
      ['byoc openai-chat-completions', 'second', 2_500_000_000_000_000n, {}],
    ]);
    expect(new Set(prices.map(({ provider }) => provider))).toEqual(new Set([address('b')]));
  });

  it('are read as the decimal numbers they are', () => {
    expect(findDecimal('1.5e3', 2)).toBe(150_000n);
    expect(findDecimal('0.00000000000049', 12)).toBe(0n);
    expect(findDecimal('0.0000000000005', 12)).toBe(1n);
    expect(findDecimal(1e-7, 12)).toBe(100_000n);
    expect(findDecimal('1e999', 0)).toBeUndefined();
    expect(findDecimal('9'.repeat(101), 0)).toBeUndefined();
  });
});

describe('the order book of iExec', () => {
  const terms = { tag: noTag, category: 2, trust: 0, apprestrict: nobody, datasetrestrict: nobody };
  const toAsk = (digit: string, price: unknown, order: object = {}) => ({
    orderHash: hash(digit),
    remaining: 10,
    order: { workerpool: address('E'), workerpoolprice: price, requesterrestrict: nobody, ...terms, ...order },
  });

  it('names the lowest price of each workerpool and category, and how much stands behind it', () => {
    const first = {
      ok: true,
      orders: [toAsk('1', 7), toAsk('2', 5), toAsk('3', 1, { requesterrestrict: address('F') })],
    };
    const second = {
      ok: true,
      orders: [toAsk('2', 5), toAsk('4', 9, { category: 3 }), toAsk('5', 6, { tag: hash('3') })],
    };
    const { prices, refused } = parse('iexec-asks', first, second);
    expect(refused).toBe(0);
    const common = { provider: address('e'), basis: 'advertised', unit: 'task' };
    const asked = { category: '2', trust: '0', orders: '2', tasks: '20' };
    expect(prices).toEqual([
      { ...common, resource: 'category 2', amount: 5n, attributes: asked },
      {
        ...{ ...common, resource: 'category 3', amount: 9n },
        attributes: { ...asked, category: '3', orders: '1', tasks: '10' },
      },
      {
        ...{ ...common, resource: `category 2 tag ${hash('3')}`, amount: 6n },
        attributes: { ...asked, tag: hash('3'), orders: '1', tasks: '10' },
      },
    ]);
  });

  it('names the highest offer of requesters, to one workerpool or to any', () => {
    const toBid = (digit: string, price: number, workerpool: string) => ({
      orderHash: hash(digit),
      remaining: 1,
      order: { ...terms, workerpool, workerpoolmaxprice: price },
    });
    const orders = [toBid('1', 7, nobody), toBid('2', 9, nobody), toBid('3', 8, address('E'))];
    expect(parse('iexec-bids', { ok: true, orders }).prices).toMatchObject([
      { basis: 'bid', resource: 'category 2', amount: 9n, attributes: { orders: '2', tasks: '2' } },
      { basis: 'bid', resource: 'category 2', amount: 8n, provider: address('e') },
    ]);
  });

  it.each([
    ['a price below zero', toAsk('2', -1)],
    ['a price that lost digits', toAsk('2', 2 ** 60)],
    ['a price as a fraction', toAsk('2', 0.5)],
    ['no workerpool', toAsk('2', 1, { workerpool: 'any' })],
    ['an endless category', toAsk('2', 1, { category: '9'.repeat(70) })],
    ['no hash', { ...toAsk('2', 1), orderHash: 'x' }],
    ['nothing left', { ...toAsk('2', 1), remaining: 0 }],
    ['no order', { orderHash: hash('2'), remaining: 1 }],
  ])('leaves out an order with %s', (_, bad) => {
    expect(parse('iexec-asks', { ok: true, orders: [bad, toAsk('1', 7)] })).toMatchObject({
      prices: [{ amount: 7n }],
      refused: 1,
    });
  });

  it('is none where the market says that it failed', () => {
    expect(() => parse('iexec-asks', { ok: false, error: 'Rate limit exceeded' })).toThrow(AnswerError);
  });

  it('goes on to the next page while pages are full', () => {
    const { hasMore, toUrl } = getProbe('iexec-asks');
    expect(hasMore?.({ orders: Array(100).fill({}) })).toBe(true);
    expect(hasMore?.({ orders: [] })).toBe(false);
    expect(toUrl('https://market.example/', { chainId: 134, index: 3, target: '' })).toBe(
      'https://market.example/workerpoolorders?chainId=134&pageIndex=3&pageSize=100',
    );
  });
});

describe("records of Livepeer's leaderboard", () => {
  const who = address('a');
  const record = {
    orchestrator: who,
    success_rate: 0.933,
    round_trip_time: 1.9470436519285717,
    timestamp: 1_723_741_735,
  };
  const read = (answer: unknown) => livepeerLeaderboard.parse([answer], who);
  const at = { region: 'MDW', measuredAt: 1_723_741_735_000 };

  it('are a share in thousandths and a round trip in microseconds, at the time of the test', () => {
    expect(read({ MDW: [record], FRA: [] })).toEqual({
      scores: [
        { ...at, metric: 'success_permille', value: 933n },
        { ...at, metric: 'rtt_us', value: 1_947_044n },
      ],
      refused: 0,
    });
  });

  it('have no round trip where nothing came back', () => {
    const lost = { ...record, success_rate: 0, round_trip_time: 0 };
    expect(read({ MDW: [lost] }).scores).toEqual([{ ...at, metric: 'success_permille', value: 0n }]);
  });

  it.each([
    { success_rate: 91.5 },
    { success_rate: -1 },
    { success_rate: null },
    { round_trip_time: 'soon' },
    { round_trip_time: 3_601 },
    { timestamp: 1.5 },
    { timestamp: '1723741735' },
    { timestamp: 1e13 },
    { orchestrator: address('b') },
    { orchestrator: 7 },
  ])('are left out where they say %j', (wrong) => {
    expect(read({ MDW: [{ ...record, ...wrong }, record] })).toMatchObject({ scores: [{}, {}], refused: 1 });
  });

  it('come by region, and in no other shape', () => {
    for (const answer of [[], null, 'no', { MDW: 7 }, { MDW: { 0: record } }]) {
      expect(() => read(answer)).toThrow(AnswerError);
    }
    expect(() => read({ MDW: Array(2_501).fill(record) })).toThrow(/at most 2500 records/);
    expect(read({ '<script>': [record] })).toEqual({ scores: [], refused: 1 });
    expect(read({})).toEqual({ scores: [], refused: 0 });
  });
});
