import { type PastJob, toLikeRecord } from './toLikeRecord.js';

const past = (id: string, given: Partial<PastJob> = {}): PastJob => ({
  id,
  status: 'completed',
  volume: 2,
  tasksCompleted: 2,
  tasksFailed: 0,
  createdAt: '2026-01-10T12:00:00.000Z',
  endedAt: '2026-01-10T12:05:00.000Z',
  attributes: [{ name: 'app', value: '0xa' }],
  ...given,
});
const job = { id: 'this', attributes: [{ name: 'app', value: '0xa' }] };

describe('a record on like jobs', () => {
  it('counts what ran the same application, of it what is over, and not the job itself', () => {
    const record = toLikeRecord(job, [
      past('this', { status: 'running', tasksCompleted: 0, endedAt: null }),
      past('b'),
      past('c', { status: 'failed', tasksCompleted: 0, tasksFailed: 2, endedAt: null }),
      past('d', { status: 'partial', tasksCompleted: 1, tasksFailed: 1, endedAt: '2026-01-10T12:01:00.000Z' }),
      past('e', { status: 'open', tasksCompleted: 0, endedAt: null }),
      past('f', { attributes: [{ name: 'app', value: '0xb' }] }),
    ]);
    expect(record).toEqual({
      likeness: 'The same application',
      ...{ looked: 5, like: 4, ended: 3, tasksCompleted: 3, tasksFailed: 3, medianSeconds: 60 },
    });
  });

  it('is of all its jobs where nothing says what they are, and knows nothing where there are none', () => {
    const bare = { id: 'this', attributes: [] };
    expect(toLikeRecord(bare, [past('b'), past('c')])).toMatchObject({
      likeness: 'Any job of this provider',
      ...{ looked: 2, like: 2, ended: 2, medianSeconds: 300 },
    });
    expect(toLikeRecord(bare, [])).toMatchObject({ looked: 0, like: 0, ended: 0, medianSeconds: null });
  });
});
