import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describeWithShared, toSharedPath } from '../../../test/sharedData.js';
import { parseSpec } from './parseSpec.js';
import { toHourlyRate } from './settlement.js';

const card = { instance: 'c5.xlarge', min_rate: '52500000000000', cpu: 2, memory: 4096, arch: 'amd64' };
const offer = { instance: 'c5.xlarge', arch: 'amd64', cpu: 2, memoryMb: 4096, ratePerSecond: 52_500_000_000_000n };
const toRegion = (region: unknown, ...cards: readonly unknown[]) => ({ region, rate_cards: cards });

describe("a provider's spec", () => {
  it('names what is for sale, with exact rates', () => {
    const answer = { allowed_regions: ['us-east-1'], min_rates: [toRegion('us-east-1', card)] };
    expect(parseSpec(answer)).toEqual({ offers: [{ region: 'us-east-1', ...offer }], refusedCards: 0 });
    expect(toHourlyRate(offer.ratePerSecond)).toBe(189_000_000_000_000_000n);
  });

  it('may be the cards alone, and without architectures', () => {
    const { arch: _, ...bare } = card;
    const [first] = parseSpec([toRegion('us-east-1', bare)]).offers;
    expect(first).toEqual({ region: 'us-east-1', ...offer, arch: undefined });
    expect(Object.keys(first ?? {})).not.toContain('arch');
  });

  it('sells nothing outside of the allowed regions', () => {
    const min_rates = [toRegion('us-east-1', card), toRegion('eu-west-1', card)];
    const regionsOf = (answer: unknown) => parseSpec(answer).offers.map(({ region }) => region);
    expect(regionsOf({ min_rates })).toEqual(['us-east-1', 'eu-west-1']);
    expect(regionsOf({ min_rates, allowed_regions: ['eu-west-1', 7, null] })).toEqual(['eu-west-1']);
    expect(regionsOf({ min_rates, allowed_regions: [] })).toEqual([]);
  });

  it.each([
    ['no object', 'c5.xlarge'],
    ['nothing', null],
    ['a list', [card]],
    ['a rate that lost digits', { ...card, min_rate: 52500000000000 }],
    ['a rate below zero', { ...card, min_rate: '-1' }],
    ['a rate with a point', { ...card, min_rate: '0.189' }],
    ['a rate in hex', { ...card, min_rate: '0x10' }],
    ['a rate beyond 256 bits', { ...card, min_rate: String(2n ** 256n) }],
    ['an endless rate', { ...card, min_rate: '9'.repeat(1_000_000) }],
    ['no rate', { ...card, min_rate: undefined }],
    ['no instance', { ...card, instance: undefined }],
    ['markup for an instance', { ...card, instance: '<script>' }],
    ['an endless instance', { ...card, instance: 'c'.repeat(65) }],
    ['a NUL', { ...card, instance: 'c5\u0000' }],
    ['a list for an architecture', { ...card, arch: ['amd64'] }],
    ['half a processor', { ...card, cpu: 0.5 }],
    ['no processor', { ...card, cpu: 0 }],
    ['text for memory', { ...card, memory: '4096' }],
    ['more memory than a column holds', { ...card, memory: 2 ** 31 }],
  ])('keeps the good cards beside one with %s', (_, bad) => {
    const { offers, refusedCards } = parseSpec([toRegion('us-east-1', bad, card)]);
    expect(offers).toEqual([{ region: 'us-east-1', ...offer }]);
    expect(refusedCards).toBe(1);
  });

  it('counts a card that stands there twice once, the first', () => {
    const twice = toRegion('us-east-1', card, { ...card, min_rate: '1' }, { ...card, arch: 'arm64' });
    const { offers, refusedCards } = parseSpec([twice]);
    expect(offers.map(({ arch, ratePerSecond }) => [arch, ratePerSecond])).toEqual([
      ['amd64', offer.ratePerSecond],
      ['arm64', offer.ratePerSecond],
    ]);
    expect(refusedCards).toBe(1);
  });

  it('is cut where it has no end', () => {
    const cards = Array.from({ length: 20_003 }, (_, index) => ({ ...card, instance: `c${index}` }));
    const { offers, refusedCards } = parseSpec([toRegion('us-east-1', ...cards)]);
    expect([offers.length, refusedCards]).toEqual([20_000, 3]);
  });

  it.each([undefined, null, 7, 'text', {}, { min_rates: {} }, { rates: [] }])('is not %j', (answer) => {
    expect(() => parseSpec(answer)).toThrow(/expected rate cards by region, got/);
  });

  it('is read or refused whatever it holds', () => {
    const cards = fc.array(fc.oneof(fc.jsonValue(), fc.record({ ...toConstants(card), memory: fc.jsonValue() })));
    const regions = fc.array(fc.oneof(fc.jsonValue(), fc.record({ region: fc.jsonValue(), rate_cards: cards })));
    fc.assert(
      fc.property(regions, fc.jsonValue(), (min_rates, allowed_regions) => {
        for (const one of parseSpec({ min_rates, allowed_regions }).offers) expect(one.ratePerSecond >= 0n).toBe(true);
      }),
    );
  });
});

function toConstants(values: typeof card) {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, fc.constant(value)]));
}

describeWithShared('marlin-oyster/rates.json', 'the rate cards of the real operator', () => {
  const cards: unknown = JSON.parse(readFileSync(toSharedPath('marlin-oyster/rates.json'), 'utf8'));

  it('are all read: 4,489 in 26 regions, c5.xlarge from 0.189 USD an hour', () => {
    const { offers, refusedCards } = parseSpec({ min_rates: cards });
    expect([offers.length, refusedCards]).toEqual([4_489, 0]);
    expect(new Set(offers.map(({ region }) => region)).size).toBe(26);
    const found = offers.find(({ region, instance }) => region === 'us-east-1' && instance === 'c5.xlarge');
    expect(found).toEqual({ region: 'us-east-1', ...offer });
    expect(toHourlyRate(found?.ratePerSecond ?? 0n)).toBe(189_000_000_000_000_000n);
  });
});
