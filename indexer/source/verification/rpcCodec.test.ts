import { RetryableError } from '../../../schema/lib/errors.js';
import {
  MalformedAnswer,
  parseAddress,
  parseBytes,
  parseData,
  parseHash,
  parseNumber,
  parseQuantity,
} from './rpcCodec.js';

describe('rpcCodec', () => {
  it('takes quantities as the protocol writes them, in either case', () => {
    expect(parseQuantity('0x0', 'field')).toBe('0x0');
    expect(parseQuantity('0x1B4', 'field')).toBe('0x1b4');
    expect(parseQuantity(`0x${'f'.repeat(64)}`, 'field')).toBe(`0x${'f'.repeat(64)}`);
    expect(parseNumber('0x1fffffffffffff', 'field')).toBe(Number.MAX_SAFE_INTEGER);
  });

  it.each([
    [436, 'got number 436'],
    ['436', 'got "436"'],
    ['0x', 'got "0x"'],
    ['0x01', 'got "0x01"'],
    ['0x00', 'got "0x00"'],
    ['0xg', 'got "0xg"'],
    ['-0x1', 'got "-0x1"'],
    [' 0x1', 'got " 0x1"'],
    ['0x1\n', 'got "0x1'],
    ['1e3', 'got "1e3"'],
    [null, 'got null'],
    [undefined, 'got nothing'],
    [{}, 'got an object'],
    [['0x1'], 'got a list of 1'],
    [true, 'got boolean true'],
    [2 ** 53, 'got number 9007199254740992'],
  ])('refuses %j as a quantity and says so', (value, got) => {
    const take = () => parseQuantity(value, 'header.number');
    expect(take).toThrow(MalformedAnswer);
    expect(take).toThrow(/^header\.number: expected a quantity in hex without leading zeros, such as 0x1b4, /);
    expect(take).toThrow(got);
  });

  it('refuses what is too wide, with the limit', () => {
    expect(() => parseQuantity(`0x1${'0'.repeat(64)}`, 'value')).toThrow(
      'value: expected a quantity of at most 32 bytes',
    );
    expect(() => parseQuantity('0x10000000000000000', 'gas', 8)).toThrow('at most 8 bytes');
    expect(() => parseNumber('0x20000000000000', 'height')).toThrow('height: expected a quantity of at most 2^53 - 1');
    expect(() => parseBytes('0x010203', 'data', 2)).toThrow('data: expected at most 2 bytes in hex');
  });

  it('takes bytes of the right length, in lower case', () => {
    expect(parseAddress('0x5FC8d32690cc91D4c39d9d3abcBD16989F875707', 'address')).toBe(
      '0x5fc8d32690cc91d4c39d9d3abcbd16989f875707',
    );
    expect(parseBytes('0x', 'data', 10)).toBe('0x');
  });

  it.each(['0x1', `0x${'0'.repeat(63)}`, `0x${'0'.repeat(66)}`, `0x${'0'.repeat(62)}zz`, '0'.repeat(66), 7, null])(
    'refuses %j as a hash',
    (value) => {
      expect(() => parseHash(value, 'hash')).toThrow(MalformedAnswer);
    },
  );

  it('keeps the words short when the value is not, and lets another endpoint be tried', () => {
    const take = () => parseData(`0x${'ab'.repeat(5_000)}`, 'logsBloom', 256);
    expect(take).toThrow(
      'logsBloom: expected 256 bytes in hex, got "0xababababababababababababababababababab" (10002 characters).',
    );
    expect(take).toThrow(RetryableError);
  });
});
