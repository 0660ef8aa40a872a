import type { Amounts, KeptPlan, Plan } from '../../indexer/plan/main.js';
import { toComparisonText, toPlanText } from './toPlanText.js';

const expected: Amounts = {
  events: 1_000_000,
  requests: 1_200,
  bytes: 640_000_000,
  seconds: 95,
  diskBytes: 2_100_000_000,
};

const plan = (changes: Partial<Plan> = {}): Plan => ({
  chainId: 42_161,
  networks: ['livepeer-arbitrum'],
  madeAt: new Date('2026-01-10T12:00:00Z'),
  from: 5_856_338,
  to: 290_112_433,
  policy: 'off',
  maxRangeBlocks: 10_000,
  expected,
  eventsMargin: 80_000,
  seenShare: 0.002,
  sampled: { requests: 64, bytes: 3_200_000, logs: 4_100 },
  ...changes,
});

describe('toPlanText', () => {
  it('tells what the sync will take, how much was looked at and how sure that is', () => {
    expect(toPlanText(plan())).toBe(
      [
        'Chain 42161 (livepeer-arbitrum): blocks 5,856,338 to 290,112,433, verification off',
        '  events    1,000,000 ± 80,000 (8 %)',
        '  requests  1,200',
        '  received  640.0 MB',
        '  time      95 s, at the pace of this endpoint, database and machine just now',
        '  disk      2.1 GB',
        '  ranges    up to 10,000 blocks',
        '  sampled   0.2 % of the blocks, 4,100 logs, in 64 requests of 3.2 MB',
        '  The samples agree well; nineteen in twenty such plans lie within the margin.',
      ].join('\n'),
    );
  });

  it.each([
    [{ seenShare: 1, eventsMargin: 0 }, /the number of events is exact/],
    [{ eventsMargin: 250_000 }, /The samples differ.*More --samples narrow it/],
    [{ eventsMargin: 900_000 }, /rough guess: take more --samples/],
    [{ expected: { ...expected, events: 0 } }, /No sample holds an event/],
  ])('%o is told for what it is', (changes, words) => {
    expect(toPlanText(plan(changes))).toMatch(words);
  });
});

describe('toComparisonText', () => {
  const kept = (changes: Partial<KeptPlan> = {}): KeptPlan => ({
    plan: plan(),
    actual: { events: 950_000, requests: 1_250, bytes: 650_000_000, seconds: 190, diskBytes: 2_000_000_000 },
    measuredAt: new Date('2026-01-10T13:00:00Z'),
    ...changes,
  });

  it('shows plan, actual and difference', () => {
    const lines = toComparisonText([kept()]).split('\n');
    expect(lines.map((line) => line.trim().split(/ {2,}/))).toEqual([
      ['Chain 42161 (livepeer-arbitrum), planned 2026-01-10T12:00:00.000Z'],
      ['The past was written up to 2026-01-10T13:00:00.000Z.'],
      ['planned', 'actual', 'difference'],
      ['events', '1,000,000', '950,000', '+5 %'],
      ['requests', '1,200', '1,250', '-4 %'],
      ['received', '640.0 MB', '650.0 MB', '-2 %'],
      ['time', '95 s', '4 min', '-50 %'],
      ['disk', '2.1 GB', '2.0 GB', '+5 %'],
    ]);
  });

  it('says where there is nothing to compare yet', () => {
    expect(toComparisonText([])).toMatch(/No plan is kept: make one with `computescan plan`/);
    expect(toComparisonText([kept({ actual: undefined, measuredAt: undefined })])).toMatch(/has not begun since/);
    expect(toComparisonText([kept({ measuredAt: undefined })])).toMatch(/The sync is not done: what it took so far/);
  });
});
