import { toCanonicalJson } from './toCanonicalJson.js';

describe('canonical JSON', () => {
  it('is the example of RFC 8785, section 3.2.2', () => {
    const value = {
      numbers: [333333333.3333333, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000f\nA\'B"\\\\"/',
      literals: [null, true, false],
    };
    expect(toCanonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('has keys in the order of their UTF-16 units, and leaves out those without a value', () => {
    expect(toCanonicalJson({ b: 1, a: undefined, '\u{1f600}': 2, '\ufb33': 3, '': -0 })).toBe(
      '{"":0,"b":1,"😀":2,"\ufb33":3}',
    );
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, undefined, 1n, '\ud800', [undefined]])('refuses %p', (value) => {
    expect(() => toCanonicalJson(value)).toThrow(/expected|Assertion failed/);
  });
});
