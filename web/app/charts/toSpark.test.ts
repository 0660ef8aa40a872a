import { type SparkPoint, toCommonEdges, toSpark } from './toSpark.js';

const day = (number: number, value: string | null, more: Partial<SparkPoint> = {}): SparkPoint => ({
  ...{ from: `2026-03-${String(number).padStart(2, '0')}T00:00:00.000Z`, value },
  ...{ low: null, high: null, inProgress: false, ...more },
});
const byDay = { step: 86_400, fromZero: false };

describe('a small line of a figure', () => {
  it('goes from the least to the most of it, oldest at the left', () => {
    expect(toSpark([day(1, '2'), day(2, '6'), day(3, '4')], byDay)).toEqual({
      ...{ lines: ['0.0,100.0 50.0,0.0 100.0,50.0'], open: null, bands: [], from: 2, to: 6 },
    });
  });

  it('of a sum begins at nothing', () => {
    expect(toSpark([day(1, '2'), day(2, '4')], { ...byDay, fromZero: true })).toMatchObject({
      ...{ lines: ['0.0,50.0 100.0,0.0'], from: 0, to: 4 },
    });
  });

  it('has a gap where a bucket is absent or without a figure, never a zero', () => {
    const absent = toSpark([day(1, '1'), day(2, '1'), day(4, '3'), day(5, '3')], byDay);
    const unknown = toSpark([day(1, '1'), day(2, '1'), day(3, null), day(4, '3'), day(5, '3')], byDay);
    expect(absent?.lines).toHaveLength(2);
    expect(unknown).toEqual(absent);
  });

  it('draws the bucket that is not over apart, within the edges of the others', () => {
    const spark = toSpark([day(1, '1'), day(2, '2'), day(3, '90', { inProgress: true })], byDay);
    expect(spark).toMatchObject({ lines: ['0.0,100.0 50.0,0.0'], open: '50.0,0.0 100.0,0.0', to: 2 });
  });

  it('has how sure the figures are as an area that stays within the edges', () => {
    const sure = { low: '0', high: '9' };
    expect(toSpark([day(1, '1', sure), day(2, '2', sure)], byDay)?.bands).toEqual([
      '0.0,0.0 100.0,0.0 100.0,100.0 0.0,100.0',
    ]);
  });

  it('lies in the middle where nothing changes, and is absent where there are fewer than two figures', () => {
    expect(toSpark([day(1, '5'), day(2, '5')], byDay)?.lines).toEqual(['0.0,50.0 100.0,50.0']);
    expect(toSpark([day(1, '5'), day(2, '5', { inProgress: true })], byDay)).toBeNull();
    expect(toSpark([], byDay)).toBeNull();
  });

  it('lies between edges that it shares with others, at its own time', () => {
    const [one, other] = [
      [day(1, '2'), day(3, '4')],
      [day(3, '8'), day(4, '6'), day(5, '90', { inProgress: true })],
    ];
    const edges = toCommonEdges([one, other]);
    expect(edges).toMatchObject({ from: 0, to: 8 });
    expect(toSpark(other, { ...byDay, edges: edges ?? undefined })?.lines).toEqual(['50.0,0.0 75.0,25.0']);
    expect(toCommonEdges([[day(1, null)]])).toBeNull();
  });

  it('does not leave them where a bucket of another one is not over', () => {
    const one = [day(1, '4'), day(2, '8'), { ...day(3, '8'), inProgress: true }];
    const edges = toCommonEdges([one, [day(1, '2')]]);
    expect(edges?.newest).toBe(Date.parse(day(2, '8').from));
    const drawn = toSpark(one, { ...byDay, edges: edges ?? undefined });
    expect([drawn?.lines, drawn?.open]).toEqual([['0.0,50.0 50.0,0.0'], '50.0,0.0 100.0,0.0']);
  });
});
