import { describe, expect, it } from '@jest/globals';
import { UserError } from '../../../schema/lib/errors.js';
import { createTransport } from './createTransport.js';

describe('the transport of a URL', () => {
  it.each([
    ['http://127.0.0.1:1', false],
    ['https://rpc.example', false],
    ['ws://127.0.0.1:1', true],
    ['wss://rpc.example', true],
  ])('of %s announces heads: %p', async (url, announces) => {
    const transport = createTransport(url);
    expect(transport.subscribeHeads !== undefined).toBe(announces);
    await transport.close();
  });

  it.each(['ftp://rpc.example/secret', 'rpc.example/secret', ''])(
    'is none for %p, and its text is not shown',
    (url) => {
      expect(() => createTransport(url)).toThrow(UserError);
      expect(() => createTransport(url)).not.toThrow(/secret/);
    },
  );
});
