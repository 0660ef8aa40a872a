import { toActivitySeries } from './toActivitySeries.js';

const day = (date: string, tasksCompleted: string, tasksFailed: string, inProgress = false) => ({
  date,
  tasksCompleted,
  tasksFailed,
  inProgress,
});

describe('the activity chart', () => {
  it('stacks completed and failed tasks, oldest day first', () => {
    const series = toActivitySeries([day('2026-11-19', '4', '1'), day('2026-11-20', '0', '0')]);
    expect(series.labels).toEqual(['2026-11-19', '2026-11-20']);
    expect(series.stacks.map((stack) => stack.values)).toEqual([
      [4, 0],
      [1, 0],
    ]);
    expect(series.openIndex).toBeUndefined();
  });

  it('names the day that has not ended, so that it is not read as a drop', () => {
    const series = toActivitySeries([day('2026-11-20', '9', '0'), day('2026-11-21', '2', '0', true)]);
    expect(series.openIndex).toBe(1);
    expect(series.labels[1]).toBe('2026-11-21 so far');
  });

  it('draws nothing of no days', () => {
    expect(toActivitySeries([]).labels).toEqual([]);
  });
});
