import { createGate, toClient } from './createGate.js';

describe('the gate', () => {
  it('lets so many in from one address, so many in all, and others again when somebody has left', () => {
    const gate = createGate({ perAddress: 2, total: 3 });
    const leave = gate.enter('a');
    expect([gate.enter('a'), gate.enter('b')]).not.toContain(undefined);
    expect([gate.enter('a'), gate.enter('c')]).toEqual([undefined, undefined]);
    leave?.();
    leave?.();
    expect(gate.enter('c')).toBeDefined();
    expect(gate.enter('a')).toBeUndefined();
  });

  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['::1', '0:0:0:0::/64'],
    ['2001:db8:0:1:aaaa::2', '2001:db8:0:1::/64'],
    ['2001:0DB8:0000:0001::ffff', '2001:db8:0:1::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ])('takes %s for %s', (address, client) => {
    expect(toClient(address)).toBe(client);
  });
});
