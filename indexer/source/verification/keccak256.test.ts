import { keccak256 as viemKeccak256 } from 'viem';
import { toHex } from '../../../schema/lib/hex.js';
import { keccak256, keccak256Hex } from './keccak256.js';

describe('keccak256', () => {
  it.each([
    ['', 'c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470'],
    ['abc', '4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45'],
  ])('of %p is the one of Ethereum, not of SHA-3', (text, digest) => {
    const bytes = Buffer.from(text);
    expect(toHex(keccak256(bytes))).toBe(`0x${digest}`);
    expect(keccak256Hex(bytes)).toBe(`0x${digest}`);
  });

  it('agrees with another implementation around every length at which a block or a buffer ends', () => {
    for (const around of [0, 136, 272, 1_088, 16_384, 32_768]) {
      for (let length = Math.max(0, around - 2); length <= around + 2; length += 1) {
        const bytes = Uint8Array.from({ length }, (_, at) => (at * 31 + length) & 255);
        expect([length, toHex(keccak256(bytes))]).toEqual([length, viemKeccak256(bytes)]);
      }
    }
  });

  it('gives each caller bytes of its own', () => {
    const first = keccak256(Buffer.from('abc'));
    const before = toHex(first);
    keccak256(Buffer.from('other'));
    expect(toHex(first)).toBe(before);
  });
});
