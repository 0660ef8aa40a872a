import { toNetworkGroup } from './toNetworkGroup.js';

describe('the network group of a machine', () => {
  it.each([
    ['https://203.0.113.77:8443/x', '203.0.113.0/24'],
    ['203.0.113.77:8443', '203.0.113.0/24'],
    ['http://[2001:DB8:7::1]:80', '2001:db8:7::/48'],
    ['http://[2001:db8::1]', '2001:db8:0::/48'],
    ['https://Node1.Example.org.', 'node1.example.org'],
    ['http://10.1.2.3', null],
    ['http://[fe80::1]', null],
    ['localhost', null],
    ['', null],
    ['http://%', null],
  ])('%s is %s', (uri, expected) => {
    expect(toNetworkGroup(uri)).toBe(expected);
  });
});
