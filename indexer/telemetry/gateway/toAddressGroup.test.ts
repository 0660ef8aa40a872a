import { toAddressGroup } from './toAddressGroup.js';

describe('toAddressGroup', () => {
  it.each([
    ['192.0.2.77', '192.0.2'],
    ['::ffff:192.0.2.77', '192.0.2'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1'],
    ['2001:0DB8:0001::6', '2001:db8:1'],
    ['2001:db8::6', '2001:db8:0'],
    ['::1', '0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0'],
    ['', ''],
  ])('puts %s into %s', (address, group) => {
    expect(toAddressGroup(address)).toBe(group);
  });
});
