import { BusyError } from '../bus/TelemetryBus.js';
import { createWorkQueue } from './createWorkQueue.js';

/** Work that ends when it is told to. */
function createWork(done: string[], name: string) {
  let finish: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    finish = resolve;
  });
  return { finish, work: () => ended.then(() => void done.push(name)) };
}

describe('createWorkQueue', () => {
  it('takes known senders first, and a stranger every eighth time', async () => {
    const queue = createWorkQueue({ active: 1, maxWaiting: { first: 20, second: 20 } });
    const done: string[] = [];
    const { finish, work } = createWork(done, 'running');
    const all = [queue.run(work, 'second')];
    for (let index = 0; index < 3; index += 1) all.push(queue.run(async () => void done.push('stranger'), 'second'));
    for (let index = 0; index < 9; index += 1) all.push(queue.run(async () => void done.push('known'), 'first'));
    expect(queue.waiting()).toBe(12);
    finish();
    await Promise.all(all);
    const known = (count: number) => Array.from({ length: count }, () => 'known');
    expect(done).toEqual(['running', ...known(7), 'stranger', ...known(2), 'stranger', 'stranger']);
  });

  it('turns strangers away while known senders still find room', async () => {
    const queue = createWorkQueue({ active: 1, maxWaiting: { first: 1, second: 1 } });
    const { finish, work } = createWork([], 'running');
    const running = [queue.run(work, 'second'), queue.run(work, 'second')];
    await expect(queue.run(work, 'second')).rejects.toThrow(BusyError);
    expect(queue.isFull()).toBe(false);
    running.push(queue.run(work, 'first'));
    expect(queue.isFull()).toBe(true);
    await expect(queue.run(work, 'first')).rejects.toThrow(BusyError);
    finish();
    await Promise.all(running);
    expect(queue.isFull()).toBe(false);
  });

  it('goes on after work that fails', async () => {
    const queue = createWorkQueue({ active: 1, maxWaiting: { first: 5, second: 5 } });
    const failing = queue.run(async () => Promise.reject(new Error('no')), 'first');
    const next = queue.run(async () => 'yes', 'second');
    await expect(failing).rejects.toThrow('no');
    expect(await next).toBe('yes');
  });
});
