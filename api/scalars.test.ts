import { describe, expect, it } from '@jest/globals';
import { parseValue } from 'graphql';
import { BigDecimalScalar, BigIntScalar, BytesScalar, JsonScalar, TimestampScalar } from './scalars.js';

describe('BigInt', () => {
  it('leaves as a decimal string, whatever it is stored as', () => {
    const large = '115792089237316195423570985008687907853269984665640564039457584007913129639935';
    expect([7, 7n, '7', large, '-12', -0].map((value) => BigIntScalar.serialize(value))).toEqual([
      '7',
      '7',
      '7',
      large,
      '-12',
      '0',
    ]);
  });

  it.each([[1.5], [2 ** 53], ['1e3'], [''], ['0x10'], [null], [{}]])('refuses %p', (value) => {
    expect(() => BigIntScalar.parseValue(value)).toThrow('Expected a whole number such as "42"');
  });

  it('is written as a number or as text in a query', () => {
    expect(BigIntScalar.parseLiteral(parseValue('90071992547409931'))).toBe('90071992547409931');
    expect(BigIntScalar.parseLiteral(parseValue('"007"'))).toBe('7');
    expect(() => BigIntScalar.parseLiteral(parseValue('1.5'))).toThrow('got 1.5');
    expect(() => BigIntScalar.parseLiteral(parseValue('true'))).toThrow('got true');
  });
});

describe('BigDecimal', () => {
  it('keeps every digit, and comes as a number or as text', () => {
    const long = '0.12345678901234567890123456789';
    expect(['1', '-0.50', long].map((value) => BigDecimalScalar.serialize(value))).toEqual(['1', '-0.50', long]);
    expect([0.5, -3, 1e-7, 1e21, '007.10'].map((value) => BigDecimalScalar.parseValue(value))).toEqual([
      ...['0.5', '-3', '0.00000010000000000000', '1000000000000000000000', '007.10'],
    ]);
    expect(BigDecimalScalar.parseLiteral(parseValue('1.50'))).toBe('1.50');
    expect(BigDecimalScalar.parseLiteral(parseValue('"2"'))).toBe('2');
  });

  it.each([['1e3'], ['1,5'], ['.5'], [''], ['NaN'], [Number.NaN], [null], [true]])('refuses %p', (value) => {
    expect(() => BigDecimalScalar.parseValue(value)).toThrow('Expected a decimal number such as "1.5"');
  });

  it('refuses more digits than Postgres would take', () => {
    expect(() => BigDecimalScalar.parseValue(`0.${'1'.repeat(20_000)}`)).toThrow('at most 400 digits');
  });
});

describe('Bytes', () => {
  it('leaves in lower case, from bytes or text', () => {
    expect(BytesScalar.serialize(Buffer.from('00FF', 'hex'))).toBe('0x00ff');
    expect(BytesScalar.serialize('0xABcd')).toBe('0xabcd');
  });

  it('comes in any letter case', () => {
    expect(BytesScalar.parseValue('0xABcd')).toBe('0xabcd');
    expect(BytesScalar.parseLiteral(parseValue('"0x"'))).toBe('0x');
  });

  it.each([['abcd'], ['0xabc'], ['0xzz'], [12], [`0x${'z'.repeat(500)}`]])('refuses %p', (value) => {
    expect(() => BytesScalar.parseValue(value)).toThrow(/^Expected bytes such as "0x00ff", got .{1,90}\.$/);
  });
});

describe('Timestamp', () => {
  it('is UTC with milliseconds both ways', () => {
    const text = '2026-01-31T12:00:00.000Z';
    expect(TimestampScalar.serialize(new Date(text))).toBe(text);
    expect(TimestampScalar.parseValue('2026-01-31T13:00:00+01:00')).toEqual(new Date(text));
  });

  it('refuses what is no time', () => {
    expect(() => TimestampScalar.parseValue('soon')).toThrow('Expected a time');
    expect(() => TimestampScalar.serialize('2026-01-31')).toThrow('Expected a Date');
  });
});

describe('JSON', () => {
  it('passes through', () => {
    const value = { a: [1, 'two', null] };
    expect(JsonScalar.serialize(value)).toBe(value);
    expect(JsonScalar.parseLiteral(parseValue('{ a: [1, "two", null] }'))).toEqual(value);
  });
});
