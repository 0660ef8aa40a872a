import { describe, expect, it } from '@jest/globals';
import { readApiConfig } from './config.js';

describe('readApiConfig', () => {
  it('has a value for everything but the database', () => {
    expect(readApiConfig({})).toEqual({
      host: '127.0.0.1',
      port: 4_340,
      databaseUrl: undefined,
      logLevel: 'info',
      staleAfterSeconds: 120,
      throttle: { capacity: 1_000, perSecond: 50, inFlight: 20 },
      atOnce: 8,
      trustProxy: false,
      live: {
        natsUrl: undefined,
        limits: { subscriptionsPerConnection: 5, connectionsPerAddress: 100, replayBlocks: 10_000 },
      },
    });
    expect(readApiConfig({ API_THROTTLE: 'off' }).throttle).toBeUndefined();
  });

  it('reports every problem at once', () => {
    expect(() => readApiConfig({ PORT: '70000', LOG_LEVEL: 'loud', STALE_AFTER_SECONDS: 'soon' })).toThrow(
      /PORT: expected a whole number from 0 to 65535, got "70000".*LOG_LEVEL: expected one of fatal.*STALE_AFTER/,
    );
  });
});
