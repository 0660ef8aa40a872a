import { toScoreLine } from './toScoreLine.js';

const day = (date: number) => new Date(Date.UTC(2026, 0, date)).toISOString();

describe('the line of scores', () => {
  it('lies between the tens around it, by time, in pieces where there is no score', () => {
    const points = [
      { at: day(1), score: '81.000000' },
      { at: day(2), score: '95.000000' },
      { at: day(3), score: null },
      { at: day(5), score: '90.000000' },
    ];
    expect(toScoreLine(points)).toEqual({
      ...{ from: 80, to: 100 },
      pieces: [
        [
          { x: 0, y: 0.05 },
          { x: 0.25, y: 0.75 },
        ],
        [{ x: 1, y: 0.5 }],
      ],
    });
  });

  it('is a flat one of a score that stands still, and none of a single one', () => {
    const flat = [100, 100].map((score, index) => ({ at: day(index + 1), score: `${score}.000000` }));
    expect(toScoreLine(flat)).toMatchObject({ from: 90, to: 100, pieces: [[{ y: 1 }, { y: 1 }]] });
    expect(toScoreLine(flat.slice(1))).toBeNull();
    expect(toScoreLine([])).toBeNull();
  });
});
