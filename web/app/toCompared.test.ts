import { describe, expect, it } from '@jest/globals';
import { type ComparedRow, toComparedParts, toComparedText, toTokenOf } from './toCompared.js';

const value = (given: object = {}) => ({
  ...{ provider: 'n:a', value: '1', text: null, samples: null, at: null, reason: null, caveat: null },
  ...given,
});
const row = (id: string, given: Partial<ComparedRow> = {}): ComparedRow => ({
  ...{ id, group: id.split('.')[0] ?? '', title: id, unit: 'count', definition: '', caveats: null, better: null },
  ...{ best: null, differ: true, comparable: true, values: [value()] },
  ...given,
});
const names = new Map([['nvidia-h100', 'NVIDIA H100']]);
const token = { symbol: 'DEV', decimals: 9 };

describe('rows of a comparison', () => {
  it('begin with what decides, end with what is known of nobody, and stand once', () => {
    const rows = [
      row('offer.active'),
      row('jobs.ever', { values: [value({ value: null })] }),
      row('price.expectedCost'),
      row('jobs.success', { differ: false }),
      row('offer.freeGpus', { values: [value({ value: null })] }),
    ];
    const ids = (parts: ReturnType<typeof toComparedParts>) =>
      parts.map(({ id, rows: own }) => [id, own.map((r) => r.id)]);
    expect(ids(toComparedParts(rows, { differencesOnly: false }))).toEqual([
      ['decisive', ['price.expectedCost', 'offer.freeGpus']],
      ['offer', ['offer.active']],
      ['jobs', ['jobs.success']],
      ['unknown', ['jobs.ever']],
    ]);
    expect(ids(toComparedParts(rows, { differencesOnly: true })).flatMap(([, own]) => own)).not.toContain(
      'jobs.success',
    );
  });

  it('are said as people say them', () => {
    const say = (id: string, unit: string, given: object) =>
      toComparedText(row(id, { unit }), value(given), { token, names });
    expect(say('offer.models', 'text', { value: null, text: 'nvidia-h100, other' })?.text).toBe('NVIDIA H100, other');
    expect(say('offer.freeGpus', 'gpus', { value: '1200' })).toMatchObject({ text: '1,200', unit: 'GPUs' });
    expect(say('economy.paid', 'baseUnits', { value: '1500000000' })).toMatchObject({ text: '1.5', unit: 'DEV' });
    expect(say('price.latest', 'token', { value: '0.18522', text: 'DEV per hour' })).toMatchObject({
      ...{ text: '0.1852', unit: 'DEV per hour' },
    });
    expect(say('jobs.ever', 'count', { value: null })).toBeUndefined();
    expect(say('jobs.ever', 'count', { value: '0' })?.text).toBe('0');
  });

  it('know which token their amounts are in', () => {
    const metrics = new Map([['economy.slashed', 'stake']]);
    expect(toTokenOf({ id: 'economy.slashed' }, metrics)).toBe('stake');
    expect(toTokenOf({ id: 'economy.bonded' }, metrics)).toBe('stake');
    expect(toTokenOf({ id: 'economy.paid' }, metrics)).toBe('work');
  });
});
