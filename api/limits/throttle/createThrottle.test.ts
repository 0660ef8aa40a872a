import { createThrottle } from './createThrottle.js';

const options = { capacity: 100, perSecond: 10, inFlight: 2 };

describe('a throttle', () => {
  it('gives each client a bucket of its own, and a key that of its own size', () => {
    const throttle = createThrottle({ ...options, clock: () => 0 });
    const key = { id: 'key:1', limit: { capacity: 5_000, perSecond: 500 } };
    expect(throttle.admit({ id: 'a' }, 100).kind).toBe('OK');
    expect(throttle.admit({ id: 'a' }, 1)).toMatchObject({ kind: 'THROTTLED', retryAfterSeconds: 0.1 });
    expect(throttle.admit({ id: 'b' }, 100).kind).toBe('OK');
    expect(throttle.admit(key, 3_000).kind).toBe('OK');
    expect(throttle.getStatus(key)).toEqual({
      maximumAvailable: 5_000,
      currentlyAvailable: 2_000,
      restoreRate: 500,
    });
  });

  it('says the same of the same questions at the same times', () => {
    const play = () => {
      let now = 0;
      const throttle = createThrottle({ ...options, clock: () => now });
      return Array.from({ length: 500 }, (_, at) => {
        now += (at * 37) % 211;
        return throttle.admit({ id: `c${at % 3}` }, (at * 53) % 120);
      });
    };
    expect(play()).toEqual(play());
    expect(new Set(play().map(({ kind }) => kind))).toEqual(new Set(['OK', 'THROTTLED', 'MAX_COST_EXCEEDED']));
  });

  it('counts what runs at a time', () => {
    const throttle = createThrottle({ ...options, clock: () => 0 });
    const client = { id: 'a' };
    expect([throttle.enter(client), throttle.enter(client), throttle.enter(client)]).toEqual([true, true, false]);
    expect(throttle.enter({ id: 'b' })).toBe(true);
    throttle.leave(client);
    expect([throttle.enter(client), throttle.enter(client)]).toEqual([true, false]);
  });

  it('forgets whoever has been silent for longest', () => {
    const throttle = createThrottle({ ...options, clock: () => 0, maxClients: 2 });
    for (const id of ['a', 'b', 'a', 'c']) throttle.admit({ id }, 30);
    const left = (id: string) => throttle.getStatus({ id }).currentlyAvailable;
    expect([left('a'), left('c'), left('b')]).toEqual([40, 70, 100]);
  });
});
