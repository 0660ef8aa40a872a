import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { createAllowance } from './createAllowance.js';
import { QueryTimeout } from './QueryTimeout.js';

describe('what an answer may ask of the database', () => {
  it('is so many statements at once, each in its turn', async () => {
    const allowance = createAllowance({ atOnce: 2, totalMs: 60_000 });
    let running = 0;
    let most = 0;
    const done: number[] = [];
    const run = async (at: number) => {
      most = Math.max(most, ++running);
      await sleep(1);
      running -= 1;
      done.push(at);
      if (at === 1) throw new Error('no');
    };
    const ended = await Promise.allSettled([0, 1, 2, 3, 4].map((at) => allowance.spend('', () => run(at))));
    expect(ended.map(({ status }) => status === 'fulfilled')).toEqual([true, false, true, true, true]);
    expect([most, done]).toEqual([2, [0, 1, 2, 3, 4]]);
  });

  it('is so much time in all', async () => {
    const allowance = createAllowance({ atOnce: 1, totalMs: 20 });
    let ran = 0;
    const run = async () => {
      ran += 1;
      await sleep(30);
    };
    const ended = await Promise.allSettled([1, 2, 3].map(() => allowance.spend('select', run)));
    expect(ran).toBe(1);
    expect(ended.slice(1)).toMatchObject([{ reason: expect.any(QueryTimeout) }, { reason: expect.any(QueryTimeout) }]);
  });
});
