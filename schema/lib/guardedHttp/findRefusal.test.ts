import { describe, expect, it } from '@jest/globals';
import { findRefusal } from './findRefusal.js';

/** First and last of each range, and the addresses next to it that are public, where there are any. */
const ranges: readonly {
  range: string;
  inside: readonly [string, string];
  outside?: readonly string[];
  isPrivate?: true;
}[] = [
  { range: '0.0.0.0/8', inside: ['0.0.0.0', '0.255.255.255'], outside: ['1.0.0.0'] },
  {
    range: '10.0.0.0/8',
    inside: ['10.0.0.0', '10.255.255.255'],
    outside: ['9.255.255.255', '11.0.0.0'],
    isPrivate: true,
  },
  {
    range: '100.64.0.0/10',
    inside: ['100.64.0.0', '100.127.255.255'],
    outside: ['100.63.255.255', '100.128.0.0'],
    isPrivate: true,
  },
  {
    range: '127.0.0.0/8',
    inside: ['127.0.0.0', '127.255.255.255'],
    outside: ['126.255.255.255', '128.0.0.0'],
    isPrivate: true,
  },
  { range: '169.254.0.0/16', inside: ['169.254.0.0', '169.254.255.255'], outside: ['169.253.255.255', '169.255.0.0'] },
  {
    range: '172.16.0.0/12',
    inside: ['172.16.0.0', '172.31.255.255'],
    outside: ['172.15.255.255', '172.32.0.0'],
    isPrivate: true,
  },
  { range: '192.0.0.0/24', inside: ['192.0.0.0', '192.0.0.255'], outside: ['191.255.255.255', '192.0.1.0'] },
  { range: '192.0.2.0/24', inside: ['192.0.2.0', '192.0.2.255'], outside: ['192.0.1.255', '192.0.3.0'] },
  { range: '192.88.99.0/24', inside: ['192.88.99.0', '192.88.99.255'], outside: ['192.88.98.255', '192.88.100.0'] },
  {
    range: '192.168.0.0/16',
    inside: ['192.168.0.0', '192.168.255.255'],
    outside: ['192.167.255.255', '192.169.0.0'],
    isPrivate: true,
  },
  { range: '198.18.0.0/15', inside: ['198.18.0.0', '198.19.255.255'], outside: ['198.17.255.255', '198.20.0.0'] },
  { range: '198.51.100.0/24', inside: ['198.51.100.0', '198.51.100.255'], outside: ['198.51.99.255', '198.51.101.0'] },
  { range: '203.0.113.0/24', inside: ['203.0.113.0', '203.0.113.255'], outside: ['203.0.112.255', '203.0.114.0'] },
  { range: '224.0.0.0/4', inside: ['224.0.0.0', '239.255.255.255'], outside: ['223.255.255.255'] },
  { range: '240.0.0.0/4', inside: ['240.0.0.0', '255.255.255.255'] },
  { range: 'Azure', inside: ['168.63.129.16', '168.63.129.16'], outside: ['168.63.129.15', '168.63.129.17'] },
  { range: 'Alibaba', inside: ['100.100.100.200', '100.100.100.200'] },
  { range: 'AWS', inside: ['fd00:ec2::254', 'fd00:ec2::23'] },
  { range: 'Google', inside: ['fd20:ce::254', 'fd20:ce::254'] },
  { range: '::/128', inside: ['::', '0:0:0:0:0:0:0:0'] },
  { range: '::/96', inside: ['::2', '::ffff:ffff'] },
  { range: '::ffff:0:0/96', inside: ['::ffff:0:0', '::ffff:93.184.215.14'] },
  { range: '::ffff:0:0:0/96', inside: ['::ffff:0:7f00:1', '::ffff:0:5db8:d70e'] },
  { range: '64:ff9b::/96', inside: ['64:ff9b::', '64:ff9b::ffff:ffff'] },
  { range: '64:ff9b:1::/48', inside: ['64:ff9b:1::', '64:ff9b:1:ffff:ffff:ffff:ffff:ffff'] },
  { range: '100::/64', inside: ['100::', '100::ffff:ffff:ffff:ffff'] },
  { range: '2001::/23', inside: ['2001::', '2001:1ff:ffff::'], outside: ['2001:200::'] },
  { range: '2001:db8::/32', inside: ['2001:db8::', '2001:db8:ffff::'], outside: ['2001:db7:ffff::', '2001:db9::'] },
  { range: '2002::/16', inside: ['2002::', '2002:ffff::'], outside: ['2001:ffff::', '2003::'] },
  { range: '3fff::/20', inside: ['3fff::', '3fff:fff:ffff::'], outside: ['3ffe:ffff::', '3fff:1000::'] },
  { range: '::1/128', inside: ['::1', '0:0:0:0:0:0:0:1'], isPrivate: true },
  { range: 'fc00::/7', inside: ['fc00::', 'fdff:ffff::1'], isPrivate: true },
  { range: 'fe80::/10', inside: ['fe80::', 'febf:ffff::'] },
  { range: 'fec0::/10', inside: ['fec0::', 'feff:ffff::'] },
  { range: 'ff00::/8', inside: ['ff00::', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'] },
  { range: 'what is not assigned', inside: ['1fff:ffff::', '4000::'], outside: ['2000::', '3ffe::'] },
];

describe('an address a stranger sends us to', () => {
  it.each(ranges)('is refused in all of $range, and not beside it', ({ inside, outside = [] }) => {
    for (const address of inside) expect([address, findRefusal(address, false)]).toEqual([address, expect.any(String)]);
    for (const address of outside) expect([address, findRefusal(address, false)]).toEqual([address, undefined]);
  });

  it.each(ranges)('is let in by allowPrivate only where it is private: $range', ({ inside, isPrivate }) => {
    const expected = isPrivate ? undefined : expect.any(String);
    for (const address of inside) expect([address, findRefusal(address, true)]).toEqual([address, expected]);
  });

  it.each([
    '',
    'localhost',
    '127.1',
    '0x7f000001',
    '2130706433',
    '8.8.8.8:80',
    '[2606:2800::1]',
    '2606:2800::1%eth0',
    '::ffff:0x7f.1',
  ])('is refused where it is none: %j', (text) => {
    expect(findRefusal(text, true)).toBe('no plain IP address');
  });
});
