import {
  toAmount,
  toClean,
  toCount,
  toCounted,
  toDuration,
  toMilliseconds,
  toOutcome,
  toProduct,
  toRelative,
  toShare,
  toShort,
  toSize,
  toUptime,
  toUsdAmount,
  toUtcMinute,
  toUtcSecond,
  toWebAddress,
} from './format.js';

describe('amounts', () => {
  it.each([
    ['0', 18, '0', '0'],
    ['1', 0, '1', '1'],
    ['1000000000000000000', 18, '1', '1'],
    ['1234567890', 9, '1.2346', '1.23456789'],
    ['123456789012', 9, '123.46', '123.456789012'],
    ['999999999', 9, '1', '0.999999999'],
    ['123456', 9, '0.0001235', '0.000123456'],
    ['1', 18, '0.000000000000000001', '0.000000000000000001'],
    ['1234567891234', 9, '1,234.57', '1,234.567891234'],
    ['9007199254740993000000001', 9, '9,007,199,254,740,993', '9,007,199,254,740,993.000000001'],
    ['-1500000000', 9, '−1.5', '−1.5'],
  ])('%s base units with %d decimals read %s', (baseUnits, decimals, text, exact) => {
    expect(toAmount(baseUnits, decimals)).toEqual({ text, exact });
  });

  it.each([
    ['0', '0', '0'],
    ['12', '12', '12'],
    ['12.5', '12.5', '12.5'],
    ['1234.56789', '1,234.57', '1,234.56789'],
    ['0.00123456', '0.001235', '0.00123456'],
    ['-3.14159', '−3.14', '−3.14159'],
    ['0.00000000000000000000012345678', '0.0000000000000000000001235', '0.00000000000000000000012345678'],
  ])('%s USD read %s', (value, text, exact) => {
    expect(toUsdAmount(value)).toEqual({ text, exact });
  });

  it('the exact text gives back the base units, whatever their size', () => {
    for (const baseUnits of ['7', '1000', '123456789012345678901234567890', '100000000000000000001']) {
      const [whole = '', fraction = ''] = toAmount(baseUnits, 18).exact.replaceAll(',', '').split('.');
      expect(BigInt(whole + fraction.padEnd(18, '0')).toString()).toBe(baseUnits);
    }
  });

  it('a product stays exact beyond what a double can hold', () => {
    expect(toProduct('9007199254740993', 3)).toBe('27021597764222979');
  });
});

describe('counts', () => {
  it('separates thousands', () => {
    expect([toCount(0), toCount('999'), toCount('1000'), toCount('-1234567')]).toEqual([
      '0',
      '999',
      '1,000',
      '−1,234,567',
    ]);
  });

  it('counts one thing as one', () => {
    expect([toCounted(1, 'task'), toCounted('1', 'day'), toCounted(0, 'block'), toCounted('1200', 'task')]).toEqual([
      '1 task',
      '1 day',
      '0 blocks',
      '1,200 tasks',
    ]);
  });

  it('says how many of the ended were completed, and nothing without evidence', () => {
    expect(toOutcome('37', '3')).toBe('37 of 40');
    expect(toOutcome('0', '0')).toBeUndefined();
    expect(toOutcome(null, '3')).toBeUndefined();
  });
});

describe('strings from a chain', () => {
  it('shortens long hex only', () => {
    expect(toShort('0x1234567890abcdef1234567890abcdef1234abcd')).toBe('0x1234…abcd');
    expect(toShort('0x1234')).toBe('0x1234');
    expect(toShort('pool-7')).toBe('pool-7');
  });

  it('drops what reorders or hides text', () => {
    expect(toClean('safe\u202Egnp.exe\u200B\u0000 \n pool')).toBe('safegnp.exe pool');
  });

  it('drops fillers, blanks, tags and selectors: what is left may be nothing', () => {
    const unseen = '\u115f\u1160\u3164\uffa0\u2800\u034f\ufe0f\u{e0041}\u{e0100}';
    expect(toClean(`po${unseen}ol`)).toBe('pool');
    expect(toClean(` ${unseen} ${unseen}`)).toBe('');
  });

  it('keeps two marks on a letter and none without one', () => {
    expect(toClean(`a${'\u0301'.repeat(50)}b\u0301`)).toBe('a\u0301\u0301b\u0301');
    expect(toClean('\u0301\u0302x \u0301y')).toBe('x y');
  });

  it('caps by characters, not by halves of them', () => {
    expect(toClean('😀'.repeat(10), 4)).toBe('😀😀😀…');
    expect(toClean('x'.repeat(100_000), 10)).toHaveLength(10);
  });

  it('makes a link of http and https alone', () => {
    expect(toWebAddress('https://pool.example/a b')).toBe('https://pool.example/a%20b');
    expect(toWebAddress('javascript:alert(1)')).toBeUndefined();
    expect(toWebAddress('data:text/html,x')).toBeUndefined();
    expect(toWebAddress('https://')).toBeUndefined();
    expect(toWebAddress('ipfs://bafy')).toBeUndefined();
  });
});

describe('times', () => {
  it('are UTC and cut, never rounded up', () => {
    expect(toUtcMinute('2026-11-21T05:00:59.999Z')).toBe('2026-11-21 05:00');
    expect(toUtcSecond('2026-11-21T05:00:59.999Z')).toBe('2026-11-21 05:00:59 UTC');
  });

  it('are told relative to the clock they are given', () => {
    const now = '2026-11-21T05:00:00.000Z';
    expect(toRelative('2026-11-21T04:57:00.000Z', now)).toBe('3 min ago');
    expect(toRelative('2026-11-21T07:00:00.000Z', now)).toBe('in 2 h');
    expect(toRelative(now, now)).toBe('now');
  });

  it('use the largest unit of which there are two', () => {
    expect([5, 119, 120, 7_199, 7_200, 172_799, 172_800].map(toDuration)).toEqual([
      '5 s',
      '119 s',
      '2 min',
      '119 min',
      '2 h',
      '47 h',
      '2 d',
    ]);
  });
});

describe('toSize', () => {
  it.each([
    ['0', '0 B'],
    ['999', '999 B'],
    ['1000', '1.0 kB'],
    ['99940', '99.9 kB'],
    ['123456', '123 kB'],
    ['5000000000', '5.0 GB'],
    ['7000000000000000', '7,000 TB'],
  ])('%s bytes are %s', (bytes, text) => expect(toSize(bytes)).toBe(text));
});

describe('toShare', () => {
  it.each([
    [0, '0 %'],
    [0.5, '50 %'],
    [0.9999, '99.9 %'],
    [0.29, '29 %'],
    [1, '100 %'],
  ])('%s is %s', (share, text) => expect(toShare(share)).toBe(text));
});

describe('toUptime', () => {
  it.each([
    [0, '0 %'],
    [0.5, '50 %'],
    [0.99999, '99.99 %'],
    [0.999, '99.90 %'],
    [0.9993, '99.93 %'],
    [0.00001, '0 %'],
    [1, '100 %'],
  ])('%s is %s: only every minute makes 100 %%', (share, text) => expect(toUptime(share)).toBe(text));
});

describe('toMilliseconds', () => {
  it.each([
    [0, '0.0 ms'],
    [420, '0.4 ms'],
    [38_400, '38 ms'],
    [30_000_000, '30,000 ms'],
  ])('%s µs are %s', (microseconds, text) => expect(toMilliseconds(microseconds)).toBe(text));
});
