import { mergeSteps, type ShownStep } from './takenBack.js';

const step = (id: string, kind = 'started', transaction = `0x${id}`) => ({ id, kind, transaction, task: null });
const toLine = ({ id, kind, takenBack }: ShownStep<ReturnType<typeof step>>) => `${takenBack ? '−' : ''}${id} ${kind}`;

describe('steps that the chain takes back', () => {
  it('stay at their places, marked, beside what came instead', () => {
    const before = mergeSteps([], [step('1-9-0', 'created'), step('1-10-2'), step('1-10-11', 'completed')]);
    const after = mergeSteps(before, [step('1-9-0', 'created'), step('1-11-0')]);
    expect(after.map(toLine)).toEqual(['1-9-0 created', '−1-10-2 started', '−1-10-11 completed', '1-11-0 started']);
    expect(mergeSteps(after, [step('1-9-0', 'created'), step('1-11-0'), step('1-12-0', 'failed')]).map(toLine)).toEqual(
      ['1-9-0 created', '−1-10-2 started', '−1-10-11 completed', '1-11-0 started', '1-12-0 failed'],
    );
  });

  it('are whole again when the same transaction comes again at the same place, and not when another does', () => {
    const before = mergeSteps([], [step('1-9-0'), step('1-9-0-1', 'completed')]);
    const taken = mergeSteps(before, [step('1-9-0')]);
    expect(taken.map(toLine)).toEqual(['1-9-0 started', '−1-9-0-1 completed']);
    expect(mergeSteps(taken, [step('1-9-0'), step('1-9-0-1', 'completed')]).map(toLine)).toEqual([
      '1-9-0 started',
      '1-9-0-1 completed',
    ]);
    expect(mergeSteps(taken, [step('1-9-0', 'started', '0xother')]).map(toLine)).toEqual([
      '−1-9-0 started',
      '1-9-0 started',
      '−1-9-0-1 completed',
    ]);
  });
});
