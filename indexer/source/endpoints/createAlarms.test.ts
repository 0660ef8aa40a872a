import { describe, expect, it } from '@jest/globals';
import type { Runtime } from '../../lib/runtime.js';
import { createAlarms } from './createAlarms.js';

describe('alarms', () => {
  it('ring at their time, in their order', async () => {
    const { alarms, rung, pass, set } = createWorld();
    set('c', 30);
    set('a', 10);
    set('b', 20);
    await pass(25);
    expect(rung).toEqual(['a@10', 'b@20']);
    await pass(10);
    expect(rung).toEqual(['a@10', 'b@20', 'c@30']);
    alarms.close();
  });

  it('do not ring once they are cancelled', async () => {
    const { rung, pass, set } = createWorld();
    const cancel = set('a', 10);
    set('b', 15);
    cancel();
    await pass(20);
    expect(rung).toEqual(['b@15']);
  });

  it('may be set by one that rings, and cancelled by one', async () => {
    const { alarms, rung, pass, set } = createWorld();
    const cancels: (() => void)[] = [];
    alarms.set(10, () => {
      set('later', 5);
      for (const cancel of cancels) cancel();
    });
    cancels.push(set('same time', 10));
    await pass(20);
    expect(rung).toEqual(['later@15']);
  });

  it('share one sleep, which goes on when its alarm is cancelled', async () => {
    const { sleeps, set, pass } = createWorld();
    for (let request = 0; request < 1_000; request += 1) {
      set('never', 100)();
      await pass(0);
    }
    expect(sleeps()).toBe(1);
  });

  it('do not ring after the end', async () => {
    const { alarms, rung, pass, set } = createWorld();
    set('a', 10);
    alarms.close();
    set('b', 10);
    await pass(50);
    expect(rung).toEqual([]);
  });
});

function createWorld() {
  let now = 0;
  let sleeps = 0;
  const timers = new Set<{ at: number; wake: () => void }>();
  const runtime: Runtime = {
    now: () => now,
    wallTime: () => new Date(now),
    random: () => 0.5,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        sleeps += 1;
        const timer = { at: now + ms, wake: resolve };
        timers.add(timer);
        signal?.addEventListener('abort', () => resolve(), { once: true });
      }),
  };
  const alarms = createAlarms(runtime);
  const rung: string[] = [];
  return {
    alarms,
    rung,
    sleeps: () => sleeps,
    set: (name: string, ms: number) => alarms.set(ms, () => rung.push(`${name}@${now}`)),
    async pass(ms: number) {
      const until = now + ms;
      for (;;) {
        for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
        const [next] = [...timers].filter(({ at }) => at <= until).sort((one, other) => one.at - other.at);
        if (!next) break;
        now = Math.max(now, next.at);
        timers.delete(next);
        next.wake();
      }
      now = until;
    },
  };
}
