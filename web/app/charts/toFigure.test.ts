import { type FigureSeries, toFigure, toFigures } from './toFigure.js';

const metric: FigureSeries['metric'] = {
  ...{ id: 'jobs.success', title: 'Tasks that succeed', unit: 'ratio', token: null, value: 'ratio', better: 'higher' },
  definition: 'How many.',
};
type Point = FigureSeries['points'][number];
const day = (number: number, value: string | null, more: Partial<Point> = {}): Point => ({
  ...{ from: `2026-03-${String(number).padStart(2, '0')}T00:00:00.000Z`, value, samples: '40' },
  ...{ low: null, high: null, coverage: null, reason: null, inProgress: false, ...more },
});
const options = { interval: 'day', tokens: { work: { symbol: 'RLC', decimals: 9 }, stake: null } } as const;
const figure = (points: readonly Point[], more: Partial<FigureSeries['metric']> = {}) =>
  toFigure({ subject: 'net', reason: null, metric: { ...metric, ...more }, points }, options);

describe('a series as a tile shows it', () => {
  it('is the last bucket that is over, however much of the next one is known', () => {
    const { last } = figure([
      day(1, '0.5'),
      day(2, '0.75', { low: '0.6', high: '0.85' }),
      day(3, '1', { inProgress: true }),
    ]);
    expect(last).toMatchObject({ text: '75 %', bounds: { low: '60 %', high: '85 %' }, samples: '40' });
  });

  it('says how much of what it rests on is known where that is not all', () => {
    expect(figure([day(1, '0.5', { coverage: '0.25' })]).last?.coverage).toBe(0.25);
    expect(figure([day(1, '0.5', { coverage: '1' })]).last?.coverage).toBeNull();
  });

  it('compares with the same day a week before, shares in points, and tells good from bad by what buyers want', () => {
    const points = [day(1, '0.5'), day(7, '0.9'), day(8, '0.513')];
    expect(figure(points).change).toEqual({ text: '+1.3', in: 'points', from: points[0]?.from, isBetter: true });
    expect(figure(points, { better: 'lower' }).change?.isBetter).toBe(false);
    expect(figure(points, { unit: 'usd', better: null }).change).toMatchObject({
      text: '+2.6',
      in: 'percent',
      isBetter: null,
    });
  });

  it('calls a change that is too small to be shown neither good nor bad', () => {
    expect(figure([day(1, '0.5'), day(8, '0.5000001')]).change).toMatchObject({ text: '±0', isBetter: null });
  });

  it('compares with nothing where that day has no figure, or nothing to be a share of', () => {
    expect(figure([day(2, '0.5'), day(8, '0.6')]).change).toBeNull();
    expect(figure([day(1, null), day(8, '0.6')]).change).toBeNull();
    expect(figure([day(1, '0'), day(8, '6')], { unit: 'count' }).change).toBeNull();
  });

  it('has no figure but the reason where there is no evidence', () => {
    expect(figure([day(1, null, { reason: 'fewer than three providers' })])).toMatchObject({
      ...{ last: null, reason: 'fewer than three providers', change: null, spark: null },
    });
  });

  it('says when it is from where others know of a later one', () => {
    const series = (points: readonly Point[]) => ({ subject: 'net', reason: null, metric, points });
    const figures = toFigures([series([day(1, '0.5')]), series([day(1, '0.5'), day(2, '0.6')])], options);
    expect(figures.map(({ last }) => last?.isNewest)).toEqual([false, true]);
  });

  it('says between what its line lies, and when', () => {
    expect(figure([day(1, '0.5'), day(2, '0.75'), day(3, '0.9', { inProgress: true })]).spark).toMatchObject({
      ...{ since: '2026-03-01', until: '2026-03-02', least: '50 %', most: '75 %' },
    });
    expect(
      figure([day(1, '1000000000'), day(2, '3000000000000')], { unit: 'baseUnits', token: 'work' }).spark,
    ).toMatchObject({ least: '1 RLC', most: '3,000 RLC' });
  });
});
