import { parseAccountSignature } from './parseAccountSignature.js';

const order = 0xffffffff_ffffffff_ffffffff_fffffffe_baaedce6_af48a03b_bfd25e8c_d0364141n;
const half = order / 2n;
const toWord = (value: bigint) => value.toString(16).padStart(64, '0');
const compose = (r: bigint, s: bigint, v: string) => `0x${toWord(r)}${toWord(s)}${v}`;

describe('parseAccountSignature', () => {
  it.each([
    ['1b', '1b'],
    ['1c', '1c'],
    ['00', '1b'],
    ['01', '1c'],
  ])('takes a v of %s as %s', (v, taken) => {
    expect(parseAccountSignature(compose(5n, half, v))).toEqual({ signature: compose(5n, half, taken) });
  });

  it.each([
    ['64 bytes', compose(5n, 7n, ''), /65 bytes/],
    ['66 bytes', compose(5n, 7n, '1b00'), /65 bytes/],
    ['half a byte more', compose(5n, 7n, '1b0'), /65 bytes/],
    ['other characters', `0x${'z'.repeat(130)}`, /65 bytes/],
    ['nothing', '', /65 bytes/],
    ['an r of 0', compose(0n, 7n, '1b'), /r from 1/],
    ['an r of the order', compose(order, 7n, '1b'), /r from 1/],
    ['an s of 0', compose(5n, 0n, '1b'), /s from 1/],
    ['an s of the order', compose(5n, order, '1b'), /s from 1/],
    ['the higher s', compose(5n, half + 1n, '1b'), /lower/],
    ['a v of 29', compose(5n, 7n, '1d'), /v of 27/],
  ])('refuses %s and says why', (_, signature, expected) => {
    expect(parseAccountSignature(signature)).toEqual({
      expected: expect.stringMatching(expected),
      got: expect.any(String),
    });
  });
});
