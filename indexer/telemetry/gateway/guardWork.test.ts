import { BusyError } from '../bus/TelemetryBus.js';
import { createBuckets } from './createBuckets.js';
import type { GatewayContext } from './Gateway.js';
import { guardWork } from './guardWork.js';

describe('guardWork', () => {
  const source = { group: '192.0.2', private: false };

  function openContext() {
    const buckets = () => createBuckets<string>({ capacity: 2, perSecond: 0.001, maxKeys: 10, now: () => 0 });
    const parts = { failures: buckets(), namedFailures: buckets(), proven: new WeakSet() };
    return parts as unknown as GatewayContext;
  }

  it('counts a bug that a stranger has found, and no outage', async () => {
    const context = openContext();
    const fail = (thrown: Error) => guardWork(context, { source, work: () => Promise.reject(thrown) });
    for (let time = 0; time < 5; time += 1) await expect(fail(new BusyError('full'))).rejects.toThrow('full');
    for (let time = 0; time < 2; time += 1) await expect(fail(new TypeError('a bug'))).rejects.toThrow('a bug');
    expect(await fail(new TypeError('a bug'))).toMatchObject({ code: 'RATE_LIMITED' });
  });
});
