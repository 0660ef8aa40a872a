import { describe, expect, it } from '@jest/globals';
import { Concurrency } from './Concurrency.js';

/** As many at once as may be, all of them answered. */
function round(concurrency: Concurrency): number {
  while (!concurrency.isFull) concurrency.begin();
  const count = concurrency.inFlight;
  for (let left = count; left > 0; left -= 1) {
    concurrency.grow();
    concurrency.end();
  }
  return count;
}

describe('requests at once', () => {
  it('rise fast to the most that is allowed while all are answered', () => {
    const concurrency = new Concurrency(64);
    for (let rounds = 0; rounds < 60; rounds += 1) round(concurrency);
    expect(concurrency.limit).toBe(64);
  });

  it('do not rise while fewer are wanted', () => {
    const concurrency = new Concurrency(64);
    for (let request = 0; request < 100; request += 1) {
      concurrency.begin();
      concurrency.grow();
      concurrency.end();
    }
    expect(concurrency.limit).toBe(8);
  });

  it('are halved when the endpoint does not keep up, never below one, and then rise slowly', () => {
    const concurrency = new Concurrency(64);
    concurrency.shrink();
    expect(concurrency.limit).toBe(4);
    round(concurrency);
    expect(concurrency.limit).toBeLessThanOrEqual(5);
    for (let times = 0; times < 10; times += 1) concurrency.shrink();
    expect(concurrency.limit).toBe(1);
  });

  it('are never more than allowed from the start', () => {
    expect(new Concurrency(2).limit).toBe(2);
  });
});
