import { type AnomalyFacts, toAnomalySentence } from './toAnomalySentence.js';

const rlc = { symbol: 'RLC', decimals: 9 };
const job = 'iexec-devnet:0x1234567890abcdef1234567890abcdef';

function build(rule: string, overrides: Partial<AnomalyFacts> = {}): AnomalyFacts {
  return { rule, subject: job, expected: '5000000000', got: '4000000000', reason: null, token: rlc, ...overrides };
}

describe('toAnomalySentence', () => {
  it.each([
    ['spending', {}, '5 RLC were spent from escrow and 4 RLC were paid.'],
    ['escrow', { expected: '0', got: '-1000000000' }, 'What is held for 0x1234…cdef fell to −1 RLC.'],
    ['stake', { expected: '0', got: '-1' }, 'The stake bonded to 0x1234…cdef fell to −0.000000001 RLC.'],
    ['statedStake', {}, 'A log says that 0x1234…cdef has 4 RLC; the changes before it come to 5 RLC.'],
    ['closedJob', { expected: '0' }, 'What is held for 0x1234…cdef changed by 4 RLC after its end.'],
    ['effect', {}, 'A change of 5 RLC to 0x1234…cdef counts as 4 RLC.'],
    ['sequence', { reason: 'The task was\u202e settled twice.' }, 'The task was settled twice.'],
    ['unheard', {}, 'The facts break the rule unheard.'],
  ])('says what is wrong by the rule %s', (rule, overrides, sentence) => {
    expect(toAnomalySentence(build(rule, overrides))).toBe(sentence);
  });

  it('writes amounts to the last digit where they would look the same', () => {
    const token = { symbol: 'LPT', decimals: 18 };
    const amounts = { expected: '1000000000000000000001', got: '1000000000000000000002', token };
    expect(toAnomalySentence(build('spending', amounts))).toBe(
      '1,000.000000000000000001 LPT were spent from escrow and 1,000.000000000000000002 LPT were paid.',
    );
  });
});
