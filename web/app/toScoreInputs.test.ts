import { toProduct, toScoreInputs } from './toScoreInputs.js';

/** As the development network published it. */
const parts = [
  { name: 'availability', value: null },
  { name: 'jobSuccess', value: '0.627877' },
  { name: 'promise', value: '0.891591' },
  { name: 'integrity', value: '0.716871' },
];
const detail = {
  components: [
    { name: 'jobSuccess', basis: 'prior', weight: 0.5, inputs: { priorPeers: 29, successes: '0.000000', none: null } },
    { name: 'promise', basis: 'prior', weight: 0.2142857142857143, inputs: {} },
    { name: 'integrity', basis: 'evidence', weight: 0.28571428571428575, inputs: {} },
    { name: 'availability', basis: 'evidence', weight: 0.3, inputs: {} },
  ],
};

describe('what a score was made of', () => {
  it('gives that score again', () => {
    const inputs = toScoreInputs(detail, parts);
    expect(inputs.map(({ name, basis }) => [name, basis])).toEqual([
      ['jobSuccess', 'prior'],
      ['promise', 'prior'],
      ['integrity', 'evidence'],
    ]);
    expect(inputs[0]?.inputs).toEqual([
      { name: 'priorPeers', value: '29' },
      { name: 'successes', value: '0.000000' },
      { name: 'none', value: '—' },
    ]);
    expect(toProduct(inputs)).toBe('70.300099');
  });

  it('is nothing of what is no such record', () => {
    for (const odd of [null, 7, {}, { components: 'x' }, { components: [null, { name: 'jobSuccess' }] }])
      expect(toScoreInputs(odd, parts)).toEqual([]);
    expect(toProduct([])).toBeNull();
  });
});
