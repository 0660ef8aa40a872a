import { describe, expect, it } from '@jest/globals';
import { RateLimit } from './RateLimit.js';

describe('the learned rate', () => {
  it('is unknown, and bounds nothing, before the first refusal', () => {
    const rate = new RateLimit();
    for (let call = 0; call < 10_000; call += 1) rate.take(1, 5);
    expect(rate.perSecond).toBeUndefined();
    expect(rate.waitMs(5)).toBe(0);
  });

  it('falls below what was sent in the second before a refusal', () => {
    const rate = new RateLimit();
    for (let ms = 0; ms < 3_000; ms += 10) rate.take(1, ms);
    rate.refuse(3_000);
    expect(rate.perSecond).toBeGreaterThan(60);
    expect(rate.perSecond).toBeLessThan(80);
  });

  it('learns once from the refusals of one burst, and again from the next', () => {
    const rate = new RateLimit();
    for (let ms = 0; ms < 1_000; ms += 10) rate.take(1, ms);
    for (let ms = 1_000; ms < 1_900; ms += 100) rate.refuse(ms);
    const first = rate.perSecond ?? 0;
    rate.refuse(2_100);
    expect(rate.perSecond).toBeLessThan(first);
    expect(rate.perSecond).toBeGreaterThanOrEqual(1);
  });

  it('lets through as many as it says', () => {
    const rate = new RateLimit();
    for (let ms = 0; ms < 1_000; ms += 20) rate.take(1, ms);
    rate.refuse(1_000);
    let sent = 0;
    for (let ms = 1_000; ms < 11_000; ms += 1) {
      if (rate.waitMs(ms) > 0) continue;
      rate.take(1, ms);
      sent += 1;
    }
    expect(sent / 10).toBeCloseTo(rate.perSecond ?? 0, -1);
  });

  it('counts a batch as its calls, and lets it go into debt', () => {
    const rate = new RateLimit();
    rate.take(10, 0);
    rate.refuse(10);
    const perSecond = rate.perSecond ?? 0;
    expect(rate.waitMs(2_000)).toBe(0);
    rate.take(100, 2_000);
    expect(rate.waitMs(2_000)).toBeGreaterThan((90 / perSecond) * 1_000);
  });

  it('grows while everything is taken that it lets through, until there is none', () => {
    const rate = new RateLimit();
    for (let ms = 0; ms < 1_000; ms += 1) rate.take(1, ms);
    rate.refuse(1_000);
    const first = rate.perSecond ?? 0;
    let now = 1_000;
    while (now < 60_000 && rate.perSecond !== undefined) {
      now += 1;
      while (rate.waitMs(now) === 0 && rate.perSecond !== undefined) {
        rate.take(1, now);
        rate.accept(now);
      }
      if (now === 10_000) expect(rate.perSecond).toBe(first);
      if (now === 15_000) expect(rate.perSecond).toBeGreaterThan(first);
    }
    expect(rate.perSecond).toBeUndefined();
  });

  it('does not grow while nobody asks for more', () => {
    const rate = new RateLimit();
    for (let ms = 0; ms < 1_000; ms += 10) rate.take(1, ms);
    rate.refuse(1_000);
    const first = rate.perSecond;
    for (let ms = 1_000; ms < 100_000; ms += 1_000) {
      rate.take(1, ms);
      rate.accept(ms);
    }
    expect(rate.perSecond).toBe(first);
  });
});
