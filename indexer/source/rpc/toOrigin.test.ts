import { describe, expect, it } from '@jest/globals';
import { toOrigin } from './toOrigin.js';

describe('what is shown of a URL', () => {
  it.each([
    ['https://user:pass@rpc.example.org/v3/key?k=1', 'https://rpc.example.org'],
    ['wss://rpc.example.org:8546/key', 'wss://rpc.example.org:8546'],
    ['http://127.0.0.1:8545', 'http://127.0.0.1:8545'],
    ['tape:chain.jsonl', 'tape'],
    ['not a url with a key', 'endpoint'],
  ])('of %s is %s', (url, origin) => {
    expect(toOrigin(url)).toBe(origin);
  });
});
