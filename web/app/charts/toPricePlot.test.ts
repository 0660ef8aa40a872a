import { toPricePlot } from './toPricePlot.js';

const day = (date: string, basis: string, median: string, low = median, high = median) => ({
  ...{ date, basis, median, low, high },
});

describe('prices as a drawing', () => {
  it('stand by day over nothing, a line for each basis, under an edge that people say aloud', () => {
    const plot = toPricePlot([
      day('2026-01-01', 'advertised', '2'),
      day('2026-01-01', 'settled', '1', '0.5', '4.2'),
      day('2026-01-05', 'settled', '3'),
    ]);
    expect(plot).toEqual({
      ...{ top: 5, from: '2026-01-01', to: '2026-01-05' },
      lines: [
        { basis: 'advertised', points: [{ x: 0, y: 0.4, low: 0.4, high: 0.4 }] },
        {
          basis: 'settled',
          points: [
            { x: 0, y: 0.2, low: 0.1, high: expect.closeTo(0.84, 9) },
            { x: 1, y: 0.6, low: 0.6, high: 0.6 },
          ],
        },
      ],
    });
  });

  it('are one in the middle of a single day, and none without any above zero', () => {
    expect(toPricePlot([day('2026-01-01', 'bid', '0.0007')])).toMatchObject({
      top: 0.0008,
      lines: [{ points: [{ x: 0.5 }] }],
    });
    expect(toPricePlot([])).toBeNull();
    expect(toPricePlot([day('2026-01-01', 'bid', '0')])).toBeNull();
  });
});
