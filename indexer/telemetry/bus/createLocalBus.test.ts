import { RetryableError } from '../../../schema/lib/errors.js';
import { makeBatch, makeBeat } from '../../../test/heartbeats/makeBatches.js';
import { systemRuntime } from '../../lib/systemRuntime.js';
import type { AcceptedBatch } from '../beats/AcceptedBatch.js';
import { type CommitHandler, createLocalBus, type LocalBusOptions } from './createLocalBus.js';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const bus of opened.splice(0)) await bus.close();
});

function open(options: Partial<LocalBusOptions> = {}) {
  const bus = createLocalBus({ runtime: systemRuntime, commitMs: 20, maxBeats: 10_000, ...options });
  opened.push(bus);
  return bus;
}

const writeAll: CommitHandler = async (batches) => batches.map(() => 'written');
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
    let open_: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      open_ = resolve;
    });
    const seen: number[] = [];
    const bus = open({ waitMs: 50 });
    await bus.consume(async (batches) => {
      await gate;
      seen.push(...batches.map(({ counter }) => counter));
      return batches.map(() => 'written');
    });
    await expect(bus.publish(makeBatch())).rejects.toMatchObject({ name: 'RetryableError' });
    open_();
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
    const bus = open({ drainMs: 100 });
    await bus.consume(async () => {
      throw new RetryableError('away');
    });
    const published = bus.publish(makeBatch());
    published.catch(() => undefined);
    await bus.close();
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
