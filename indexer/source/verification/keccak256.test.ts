import { keccak256, keccak256Hex } from './keccak256.js';

describe('keccak256', () => {
  it.each([
    ['', 'c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470'],
    ['abc', '4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45'],
  ])('of %p is the one of Ethereum, not of SHA-3', (text, digest) => {
    const bytes = Buffer.from(text);
    expect(keccak256(bytes).toString('hex')).toBe(digest);
    expect(keccak256Hex(`0x${bytes.toString('hex')}`).toString('hex')).toBe(digest);
  });
});
