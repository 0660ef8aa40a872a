import { type CostedJob, toCostSoFar } from './toCostSoFar.js';

const job = (given: Partial<CostedJob>): CostedJob => ({
  price: { amount: '7', unit: 'task' },
  tasksCompleted: 3,
  createdAt: '2026-01-10T12:00:00.000Z',
  endedAt: null,
  runsOutAt: null,
  network: { recorded: false },
  ...given,
});
const NOW = '2026-01-10T13:00:00.000Z';

describe('what a job has cost so far', () => {
  it.each([
    ['by its completed tasks', {}, '21'],
    ['nothing before the first', { tasksCompleted: 0 }, '0'],
    ['by the clock', { price: { amount: '2', unit: 'second' } }, '7200'],
    ['up to its end', { price: { amount: '2', unit: 'second' }, endedAt: '2026-01-10T12:00:30.000Z' }, '60'],
    [
      'up to the end of its deposit',
      { price: { amount: '2', unit: 'second' }, runsOutAt: '2026-01-10T12:00:10.000Z' },
      '20',
    ],
    [
      'nothing before its beginning',
      { price: { amount: '2', unit: 'second' }, createdAt: '2026-01-10T14:00:00.000Z' },
      '0',
    ],
    ['unknown without a price', { price: null }, undefined],
    ['unknown per hour of a machine', { price: { amount: '2', unit: 'hour' } }, undefined],
    [
      'unknown where times are made up',
      { price: { amount: '2', unit: 'second' }, network: { recorded: true } },
      undefined,
    ],
  ] satisfies readonly (readonly [string, Partial<CostedJob>, string | undefined])[])('is %s', (_, given, amount) => {
    expect(toCostSoFar(job(given), NOW)?.amount).toBe(amount);
  });
});
