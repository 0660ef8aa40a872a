import { createRandom } from './createRandom.js';
import { createTrace } from './createTrace.js';
import { createVirtualClock, createVirtualRuntime, Deadlock } from './createVirtualClock.js';

describe('virtual clock', () => {
  it('passes an hour without waiting, and fires timers in the order of their time', async () => {
    const clock = createVirtualClock(createRandom(1, 'clock'));
    const seen: string[] = [];
    const wait = async (ms: number) => {
      await clock.sleep(ms);
      seen.push(`${ms}@${clock.now()}`);
    };
    await clock.run(Promise.all([wait(3_600_000), wait(10), wait(500)]));
    expect(seen).toEqual(['10@10', '500@500', '3600000@3600000']);
  });

  it('orders what is due at once by the seed: the same seed alike, other seeds otherwise', async () => {
    const orders = await Promise.all([1, 1, 2, 3, 4].map((seed) => raceOf(seed)));
    expect(orders[0]).toBe(orders[1]);
    expect(new Set(orders).size).toBeGreaterThan(1);
  });

  it('lets promises go on before the next timer fires', async () => {
    const clock = createVirtualClock(createRandom(1, 'clock'));
    const seen: string[] = [];
    clock.schedule(1, () => seen.push('timer'));
    const work = (async () => {
      for (let step = 0; step < 50; step += 1) await Promise.resolve();
      seen.push('promises');
      await clock.sleep(2);
    })();
    await clock.run(work);
    expect(seen).toEqual(['promises', 'timer']);
  });

  it('ends a sleep early when its signal aborts, and leaves no timer behind', async () => {
    const clock = createVirtualClock(createRandom(1, 'clock'));
    const stopping = new AbortController();
    const runtime = createVirtualRuntime(clock, createRandom(1, 'chance'));
    clock.schedule(5, () => stopping.abort());
    await clock.run(runtime.sleep(1_000, stopping.signal));
    expect(runtime.now()).toBe(5);
    await expect(clock.run(new Promise(() => undefined))).rejects.toThrow(Deadlock);
  });

  it('stands still while something real is under way', async () => {
    const clock = createVirtualClock(createRandom(1, 'clock'));
    clock.schedule(5, () => undefined);
    const real = new Promise<number>((resolve) => setTimeout(() => resolve(clock.now()), 20));
    expect(await clock.run(clock.hold(real))).toBe(0);
  });

  it('calls a wait that nothing can end a deadlock', async () => {
    const clock = createVirtualClock(createRandom(1, 'clock'));
    clock.schedule(5, () => undefined);
    await expect(clock.run(new Promise(() => undefined))).rejects.toThrow('Nothing is left to wait for at 5 ms.');
  });
});

async function raceOf(seed: number): Promise<string> {
  const clock = createVirtualClock(createRandom(seed, 'clock'));
  const trace = createTrace();
  const runners = Array.from({ length: 8 }, (_, runner) => clock.sleep(10).then(() => trace.note(`runner ${runner}`)));
  await clock.run(Promise.all(runners));
  return trace.digest;
}
