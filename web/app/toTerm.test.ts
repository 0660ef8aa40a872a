import { toTerm } from './toTerm.js';

describe('terms and rules', () => {
  it.each([
    ['feeSharePpm', '500000', { name: 'Fee share', value: '50 %', exact: '500,000 of 1,000,000' }],
    ['rewardCutPpm', '123401', { name: 'Reward cut', value: '12.3401 %', exact: '123,401 of 1,000,000' }],
    ['feeBps', '250', { name: 'Fee', value: '2.5 %', exact: '250 of 10,000' }],
    ['feeBps', '0', { name: 'Fee', value: '0 %', exact: '0 of 10,000' }],
    ['inflation', '218500', { name: 'Inflation', value: '0.02185 %', exact: '218,500 of 1,000,000,000' }],
    ['verdictSeconds', '21600', { name: 'Verdict', value: '6 h', exact: '21,600 s' }],
    ['numActiveTranscoders', '1000', { name: 'Num active transcoders', value: '1,000' }],
  ])('%s of %s is read with its unit', (name, value, term) => {
    expect(toTerm({ name, value })).toEqual(term);
  });

  it('say an amount in the token that is locked, where that is known', () => {
    const rule = { name: 'minimumStake', value: '50000000000000000000' };
    const token = { symbol: 'CMT', decimals: 18 };
    expect(toTerm(rule, token)).toEqual({ name: 'Minimum stake', value: '50 CMT', exact: '50 CMT' });
    expect(toTerm(rule).value).toBe('50,000,000,000,000,000,000');
  });

  it.each(['constructor', '__proto__', 'toString'])('know nothing of the unit of %s', (name) => {
    expect(toTerm({ name, value: '1234' }).value).toBe('1,234');
  });

  it('leave what is no number as it is, and name what they are of', () => {
    expect(toTerm({ name: 'cutPpm', value: 'half' })).toEqual({ name: 'Cut ppm', value: 'half' });
    expect(toTerm({ name: 'category:4', value: 'XL (36000 s)' })).toEqual({
      name: 'Category 4',
      value: 'XL (36000 s)',
    });
    const address = `0x${'ab'.repeat(20)}`;
    expect(toTerm({ name: `lockSeconds:${address}`, value: '300' })).toEqual({
      ...{ name: 'Lock 0xabab…abab', value: '5 min', exact: '300 s' },
    });
    expect(toTerm({ name: 'contract:BondingManager', value: '0x12 ab' }).name).toBe('Contract BondingManager');
  });
});
