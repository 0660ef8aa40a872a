import type { IncomingMessage } from 'node:http';
import { toAddress } from './toAddress.js';
import { toAddressGroup } from './toAddressGroup.js';

describe('the bucket of an address', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002::9', '2001:db8:1:2::/64'],
    ['2001:db8::9', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['64:ff9b::192.0.2.33', '64:ff9b:0:0::/64'],
    ['unknown', 'unknown'],
  ])('of %s is %s', (address, group) => {
    expect(toAddressGroup(address)).toBe(group);
  });

  it('is what a trusted proxy saw, and never what the client wrote before it', () => {
    const request = {
      headers: { 'x-forwarded-for': '198.51.100.1, 203.0.113.7' },
      socket: { remoteAddress: '127.0.0.1' },
    } as unknown as IncomingMessage;
    expect(toAddress(request, true)).toBe('203.0.113.7');
    expect(toAddress(request, false)).toBe('127.0.0.1');
  });
});
