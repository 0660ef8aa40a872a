import { type SeriesPoint, toSeries } from './toSeries.js';

const point = (from: string, value: string | null, more: Partial<SeriesPoint> = {}): SeriesPoint => ({
  ...{ from: `${from}T00:00:00.000Z`, value, inProgress: false, ...more },
});
const toOpenLabel = (label: string) => `${label} so far`;
const byDay = { interval: 'day', shape: 'line', toOpenLabel } as const;

describe('what a chart draws', () => {
  it('has every bucket at its place, and a gap where one is absent or without a figure, never a zero', () => {
    const points = [point('2026-02-27', '1'), point('2026-02-28', null), point('2026-03-02', '4')];
    const { labels, lines } = toSeries([{ label: 'a', points }], byDay);
    expect(labels).toEqual(['2026-02-27', '2026-02-28', '2026-03-01', '2026-03-02']);
    expect(lines[0]?.values).toEqual([1, null, null, 4]);
  });

  it('places several lines on the same buckets, each with a colour of its own', () => {
    const { labels, lines } = toSeries(
      [
        { label: 'a', points: [point('2026-03-01', '1')] },
        { label: 'b', points: [point('2026-03-02', '2')], colour: '--mine' },
        { label: 'c', points: [] },
      ],
      byDay,
    );
    expect(labels).toEqual(['2026-03-01', '2026-03-02']);
    expect(lines.map(({ values }) => values)).toEqual([
      [1, null],
      [null, 2],
      [null, null],
    ]);
    expect(lines.map(({ colour }) => colour)).toEqual(['--series-1', '--mine', '--series-3']);
  });

  it('names the bucket that has not ended, so that it is not read as a drop', () => {
    const series = toSeries(
      [{ label: 'a', points: [point('2026-03-01', '9'), point('2026-03-02', '2', { inProgress: true })] }],
      byDay,
    );
    expect([series.openIndex, series.labels[1]]).toEqual([1, '2026-03-02 so far']);
  });

  it('has a band where anything says how sure a figure is, and the figure itself for an edge that nothing says', () => {
    const points = [point('2026-03-01', '5', { low: '4', high: '7' }), point('2026-03-02', '6', { high: '8' })];
    const { lines } = toSeries([{ label: 'a', points: [...points, point('2026-03-03', null)] }], byDay);
    expect(lines[0]?.band).toEqual({ low: [4, 6, null], high: [7, 8, null] });
    expect(toSeries([{ label: 'a', points: [point('2026-03-01', '5')] }], byDay).lines[0]?.band).toBeNull();
  });

  it.each([
    [
      'hour',
      ['2026-03-01T22:00:00.000Z', '2026-03-02T00:00:00.000Z'],
      ['2026-03-01 22:00', '2026-03-01 23:00', '2026-03-02 00:00'],
    ],
    ['week', ['2026-02-23T00:00:00.000Z', '2026-03-09T00:00:00.000Z'], ['2026-02-23', '2026-03-02', '2026-03-09']],
    ['month', ['2025-12-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z'], ['2025-12', '2026-01', '2026-02']],
  ] as const)('fills what is missing by the %s', (interval, given, labels) => {
    const points = given.map((from) => ({ from, value: '1', inProgress: false }));
    expect(toSeries([{ label: 'a', points }], { ...byDay, interval }).labels).toEqual(labels);
  });

  it('draws in the unit that people read', () => {
    const points = [point('2026-03-01', '7200', { low: '3600' })];
    const [line] = toSeries([{ label: 'a', points }], { ...byDay, per: 3_600 }).lines;
    expect([line?.values, line?.band?.low]).toEqual([[2], [1]]);
  });

  it('draws nothing of nothing', () => {
    expect(toSeries([], byDay)).toMatchObject({ labels: [], lines: [], openIndex: undefined });
  });
});
