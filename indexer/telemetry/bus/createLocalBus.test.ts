import { RetryableError } from '../../../schema/lib/errors.js';
import { makeBatch, makeBeat } from '../../../test/heartbeats/makeBatches.js';
import { createRandom } from '../../../test/simulation/createRandom.js';
import { createVirtualClock, createVirtualRuntime, EPOCH_MS } from '../../../test/simulation/createVirtualClock.js';
import { systemRuntime } from '../../lib/systemRuntime.js';
import type { AcceptedBatch } from '../beats/AcceptedBatch.js';
import { createLocalBus, type LocalBus, type LocalBusOptions } from './createLocalBus.js';
import type { BatchHandler } from './TelemetryBus.js';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const bus of opened.splice(0)) await bus.close();
});

function open(options: Partial<LocalBusOptions> = {}) {
  const bus = createLocalBus({ runtime: systemRuntime, commitMs: 20, maxBeats: 10_000, ...options });
  opened.push(bus);
  return bus;
}

const writeAll: BatchHandler = async (batches) => batches.map(() => 'written');
const listBatches = (count: number, first = 1) =>
  Array.from({ length: count }, (_, index) => makeBatch({ counter: first + index }));

describe('the bus in the process', () => {
  it('commits in groups, and answers when they are committed', async () => {
    const groups: number[] = [];
    const bus = open();
    await bus.consume(async (batches) => {
      groups.push(batches.length);
      return batches.map(({ counter }) => (counter === 3 ? 'duplicate' : 'written'));
    });
    const outcomes = await Promise.all(listBatches(5).map((batch) => bus.publish(batch)));
    expect(outcomes).toEqual(['written', 'written', 'duplicate', 'written', 'written']);
    expect(groups).toEqual([5]);
    expect(bus.beats).toBe(0);
  });

  it('has one commit under way at a time; what comes meanwhile is the next', async () => {
    let underWay = 0;
    let most = 0;
    const seen: AcceptedBatch[] = [];
    const bus = open({ commitMs: 1 });
    await bus.consume(async (batches) => {
      underWay += 1;
      most = Math.max(most, underWay);
      await systemRuntime.sleep(5);
      underWay -= 1;
      seen.push(...batches);
      return batches.map(() => 'written');
    });
    const batches = listBatches(50);
    await Promise.all(
      batches.map(async (batch, index) => {
        await systemRuntime.sleep(index % 20);
        return bus.publish(batch);
      }),
    );
    expect(most).toBe(1);
    expect(seen.map(({ counter }) => counter).sort((one, other) => one - other)).toEqual(
      batches.map(({ counter }) => counter),
    );
  });

  it('takes no more than fits while the database is away, and loses none of what it took', async () => {
    let away = true;
    const bus = open({ maxBeats: 10 });
    await bus.consume(async (batches) => {
      if (away) throw new RetryableError('away');
      return batches.map(() => 'written');
    });
    const ten = listBatches(10).map((batch) => bus.publish(batch));
    await expect(bus.publish(makeBatch({ counter: 11 }))).rejects.toMatchObject({ name: 'BusyError' });
    await systemRuntime.sleep(100);
    await expect(bus.publish(makeBatch({ counter: 11 }))).rejects.toMatchObject({ name: 'BusyError' });
    away = false;
    expect(new Set(await Promise.all(ten))).toEqual(new Set(['written']));
    expect(await bus.publish(makeBatch({ counter: 11 }))).toBe('written');
  });

  it('tells those who have waited for long to come again, and writes what they brought nevertheless', async () => {
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const seen: number[] = [];
    const bus = open({ waitMs: 50 });
    await bus.consume(async (batches) => {
      await gate;
      seen.push(...batches.map(({ counter }) => counter));
      return batches.map(() => 'written');
    });
    await expect(bus.publish(makeBatch())).rejects.toMatchObject({ name: 'RetryableError' });
    release();
    await bus.close();
    expect(seen).toEqual([1]);
  });

  it('finds the batch that cannot be written, and writes the others', async () => {
    const bus = open();
    await bus.consume(async (batches) => {
      if (batches.some(({ counter }) => counter === 5)) throw new Error('a bug');
      return batches.map(() => 'written');
    });
    const settled = await Promise.allSettled(listBatches(9).map((batch) => bus.publish(batch)));
    expect(settled.map(({ status }) => status === 'fulfilled')).toEqual(
      Array.from({ length: 9 }, (_, index) => index !== 4),
    );
    expect(settled[4]).toMatchObject({ reason: { message: 'a bug' } });
  });

  it('commits all that it has before it closes, and takes nothing then', async () => {
    const bus = open({ commitMs: 5_000 });
    await bus.consume(writeAll);
    const published = listBatches(100).map((batch) => bus.publish(batch));
    const closed = bus.close();
    await expect(bus.publish(makeBatch({ counter: 200 }))).rejects.toMatchObject({ name: 'RetryableError' });
    await closed;
    expect(await Promise.all(published)).toHaveLength(100);
  });

  it('gives up on a database that stays away when it closes', async () => {
    const bus = open();
    await bus.consume(async () => {
      throw new RetryableError('away');
    });
    const published = bus.publish(makeBatch());
    published.catch(() => undefined);
    await bus.close(100);
    await expect(published).rejects.toMatchObject({ name: 'RetryableError' });
  });

  it('begins at once when much is waiting', async () => {
    const bus = open({ commitMs: 60_000, maxBeats: 100_000 });
    await bus.consume(writeAll);
    const beats = Array.from({ length: 1_000 }, (_, index) => makeBeat({ nodeKey: index }));
    const published = listBatches(5).map((batch) => bus.publish({ ...batch, beats }));
    expect(await Promise.all(published)).toHaveLength(5);
  });
});

describe('the seconds in which the bus could commit', () => {
  const slot = EPOCH_MS / 60_000;

  /** Three minutes of virtual time; what happens at which second, and the seconds of each slot that were recorded. */
  async function live(
    options: Partial<LocalBusOptions> & {
      readonly isAway?: (second: number) => boolean;
      readonly publish?: (second: number, bus: LocalBus) => void;
      readonly toSkewMs?: (nowMs: number) => number;
    },
  ) {
    const { isAway = () => false, publish, toSkewMs, ...rest } = options;
    const clock = createVirtualClock(createRandom(1, 'clock'));
    const runtime = createVirtualRuntime(clock, createRandom(1, 'bus'), { toSkewMs });
    const alive = new Map<number, bigint>();
    let commits = 0;
    const bus = createLocalBus({ runtime, commitMs: 100, maxBeats: 100, observer: 7, ...rest });
    await bus.consume(async (batches, seconds = []) => {
      await clock.sleep(15);
      if (isAway(clock.now() / 1_000)) throw new RetryableError('away');
      commits += 1;
      for (const row of seconds) alive.set(row.slot, (alive.get(row.slot) ?? 0n) | row.bits);
      return batches.map(() => 'written');
    });
    const main = async () => {
      for (let second = 0; second < 180; second += 1) {
        publish?.(second, bus);
        await clock.sleep(1_000);
      }
      await bus.close();
    };
    await clock.run(main());
    const seconds = [...alive].flatMap(([at, bits]) =>
      Array.from({ length: 60 }, (_, bit) => bit)
        .filter((bit) => (bits >> BigInt(bit)) & 1n)
        .map((bit) => (at - slot) * 60 + bit),
    );
    return { seconds: seconds.filter((second) => second < 180).sort((one, other) => one - other), commits };
  }

  const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

  it('are all of them where nothing happens, also without any beat', async () => {
    expect((await live({})).seconds).toEqual(range(0, 180));
  });

  it('are all of them under load', async () => {
    let counter = 0;
    const { seconds, commits } = await live({
      publish(_, bus) {
        for (let batch = 0; batch < 20; batch += 1) void bus.publish(makeBatch({ counter: ++counter }));
      },
    });
    expect(seconds).toEqual(range(0, 180));
    expect(commits).toBeGreaterThan(170);
  });

  it('have a hole where the database was away, but for what it made good within seconds', async () => {
    const { seconds } = await live({ isAway: (second) => second >= 50 && second < 90 });
    expect(seconds.filter((second) => second < 50)).toEqual(range(0, 50));
    expect(seconds.filter((second) => second >= 90)).toEqual(range(90, 180));
    const between = seconds.filter((second) => second >= 50 && second < 90);
    // Fewer than fifty seconds are left of both minutes: neither counts against a node.
    expect(between.every((second) => second >= 85)).toBe(true);
  });

  it('bridge an outage of a few seconds', async () => {
    const { seconds } = await live({ isAway: (second) => second >= 50 && second < 53 });
    expect(seconds).toEqual(range(0, 180));
  });

  it('are not those in which nobody could come in', async () => {
    let isOpen = true;
    const { seconds } = await live({
      isListening: () => isOpen,
      publish(second) {
        isOpen = second < 30 || second >= 60;
      },
    });
    expect(seconds.filter((second) => second > 30 && second < 59)).toEqual([]);
    expect(seconds).toEqual(expect.arrayContaining([...range(0, 30), ...range(60, 180)]));
  });

  it('are not those in which more senders were turned away than taken', async () => {
    let counter = 0;
    const { seconds } = await live({
      maxBeats: 10,
      publish(second, bus) {
        const batches = { 60: 19, 70: 30 }[second] ?? 0;
        for (let batch = 0; batch < batches; batch += 1)
          bus.publish(makeBatch({ counter: ++counter })).catch(() => undefined);
      },
    });
    expect(seconds).toEqual(range(0, 180).filter((second) => second !== 70));
  });

  it('are not those in which its gateway turned more away than it took', async () => {
    const { seconds } = await live({
      publish(second, { alive }) {
        const [taken = 0, refused = 0] = { 60: [3, 3], 70: [3, 4] }[second] ?? [0, 0];
        for (let time = 0; time < taken; time += 1) alive.take();
        for (let time = 0; time < refused; time += 1) alive.refuse();
      },
    });
    expect(seconds).toEqual(range(0, 180).filter((second) => second !== 70));
  });

  it('fault 47: are claimed for no hour that was before, and commits go on, when the clock steps back', async () => {
    const { seconds, commits } = await live({ toSkewMs: (nowMs) => (nowMs >= 60_000 ? -3_600_000 : 0) });
    expect(seconds).toEqual(range(0, 60));
    let counter = 0;
    const loaded = await live({
      toSkewMs: (nowMs) => (nowMs >= 60_000 ? -3_600_000 : 0),
      publish(_, bus) {
        void bus.publish(makeBatch({ counter: ++counter }));
      },
    });
    expect(loaded.commits).toBeGreaterThanOrEqual(180);
    expect(commits).toBeGreaterThan(50);
  });
});
