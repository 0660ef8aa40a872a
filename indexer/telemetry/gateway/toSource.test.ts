import type { IncomingMessage } from 'node:http';
import { toSource } from './toSource.js';

function createRequest(address: string, headers: Record<string, string> = {}): IncomingMessage {
  return { socket: { remoteAddress: address }, headers } as unknown as IncomingMessage;
}

describe('toSource', () => {
  it('believes the connection', () => {
    const request = createRequest('198.51.100.7', { 'x-forwarded-for': '192.0.2.1', 'x-forwarded-proto': 'https' });
    expect(toSource(request, false)).toEqual({ group: '198.51.100', private: false, connection: request.socket });
  });

  it("believes a proxy's own entry, and none that came with the request", () => {
    const headers = { 'x-forwarded-for': '203.0.113.9, 192.0.2.1', 'x-forwarded-proto': 'http, https' };
    expect(toSource(createRequest('127.0.0.1', headers), true)).toEqual({ group: '192.0.2', private: true });
    const plain = { 'x-forwarded-for': '192.0.2.1', 'x-forwarded-proto': 'https, http' };
    expect(toSource(createRequest('127.0.0.1', plain), true)).toEqual({ group: '192.0.2', private: false });
  });

  it.each(['127.0.0.1', '::1', '::ffff:127.0.0.1'])(
    'tells secrets to %s, unless somebody else stands behind it',
    (address) => {
      expect(toSource(createRequest(address), false).private).toBe(true);
      expect(toSource(createRequest(address, { 'x-forwarded-for': '192.0.2.1' }), false).private).toBe(false);
      expect(toSource(createRequest(address, { forwarded: 'for=192.0.2.1' }), false).private).toBe(false);
    },
  );

  it('tells no secrets in the open', () => {
    expect(toSource(createRequest('198.51.100.7'), false).private).toBe(false);
    expect(toSource(createRequest('2001:db8::1'), false).private).toBe(false);
  });

  it('does not carry over what it said of an earlier request on a connection', () => {
    const request = createRequest('127.0.0.1');
    expect(toSource(request, false).private).toBe(true);
    const next = { socket: request.socket, headers: { 'x-forwarded-for': '192.0.2.1' } } as unknown as IncomingMessage;
    expect(toSource(next, false).private).toBe(false);
    expect(toSource(request, false).private).toBe(true);
  });
});
