import { createConnections } from './createConnections.js';

describe('connections', () => {
  it('lets so many in from one address, so many in all, and others again when somebody has left', () => {
    const connections = createConnections({ perAddress: 2, total: 3 });
    const leave = connections.enter('a');
    expect([connections.enter('a'), connections.enter('b')]).not.toContain(undefined);
    expect([connections.enter('a'), connections.enter('c')]).toEqual([undefined, undefined]);
    leave?.();
    leave?.();
    expect(connections.enter('c')).toBeDefined();
    expect(connections.enter('a')).toBeUndefined();
  });
});
