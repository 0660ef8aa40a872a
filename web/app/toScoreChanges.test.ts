import { type ScoreCause, toScoreChanges } from './toScoreChanges.js';

const cause = (points: string, more: Partial<ScoreCause> = {}): ScoreCause => ({
  ...{ component: 'jobSuccess', kind: 'outcome', what: 'completed', jobId: null, points },
  ...more,
});

describe('what changed a score', () => {
  it('is one line for causes of a kind, the heaviest first, and adds up to the last digit', () => {
    const causes = [
      cause('0.300000', { jobId: 'a' }),
      cause('-2.000001', { what: 'failed', jobId: 'f' }),
      cause('0.200000', { jobId: 'b' }),
      cause('0.000001', { jobId: 'a' }),
      cause('-0.100000', { kind: 'aging', what: null, component: 'integrity' }),
    ];
    expect(toScoreChanges(causes, '-1.600000', 2)).toEqual({
      changes: [
        { component: 'jobSuccess', kind: 'outcome', what: 'failed', count: 1, points: '-2.000001', jobIds: ['f'] },
        {
          component: 'jobSuccess',
          kind: 'outcome',
          what: 'completed',
          count: 3,
          points: '0.500001',
          jobIds: ['a', 'b'],
        },
      ],
      rest: '-0.100000',
    });
    expect(toScoreChanges(causes, '-1.600000', 9)).toMatchObject({ rest: null });
  });

  it('has what is less than a hundredth of a point in its rest', () => {
    expect(toScoreChanges([cause('0.009999'), cause('0.010000', { kind: 'slots' })], '0.019999', 9)).toMatchObject({
      changes: [{ kind: 'slots' }],
      rest: '0.009999',
    });
  });

  it('has what was not fetched in its rest, and nothing where nothing moved', () => {
    expect(toScoreChanges([cause('-0.400000')], '-0.500000', 9)).toMatchObject({ rest: '-0.100000' });
    expect(toScoreChanges([], '0.000000', 9)).toEqual({ changes: [], rest: null });
  });
});
