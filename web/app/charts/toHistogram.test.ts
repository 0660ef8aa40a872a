import { toHistogram } from './toHistogram.js';

const bucket = (from: string, to: string, gpus: number) => ({ from, to, asks: gpus > 0 ? 1 : 0, gpus });

describe('a histogram of asks', () => {
  it('has bars as wide as their prices are apart on a logarithmic scale', () => {
    const found = toHistogram([bucket('1', '10', 4), bucket('10', '100', 0), bucket('100', '1000', 2)], '5');
    expect(found?.bars.map(({ left, width, height }) => [left, width, height].map((one) => one.toFixed(3)))).toEqual([
      ['0.000', '0.333', '1.000'],
      ['0.333', '0.333', '0.000'],
      ['0.667', '0.333', '0.500'],
    ]);
    expect(found?.toPlace('31.6227766')).toBeCloseTo(0.5);
    expect([found?.toPlace('0.5'), found?.toPlace('2000')]).toEqual([null, null]);
    expect(found?.ticks.map(({ value }) => value)).toEqual(['1', '10', '100', '1000']);
    expect([found?.most, found?.below, found?.above]).toEqual([4, 0, 0]);
  });

  it('is drawn around the middle, and counts who asks for nearly nothing or for a joke', () => {
    const many = Array.from({ length: 60 }, (_, at) =>
      bucket(String(10 ** (at / 10)), String(10 ** ((at + 1) / 10)), 1),
    );
    const found = toHistogram(many, String(10 ** 1.05));
    expect(found?.bars).toHaveLength(30);
    expect([found?.below, found?.above]).toEqual([0, 30]);
    expect(found?.toPlace(String(10 ** 1.05))).not.toBeNull();
    expect(toHistogram(many, String(10 ** 5.95))).toMatchObject({ below: 30, above: 0 });
  });

  it('is none where nobody asks', () => {
    expect(toHistogram([], '1')).toBeNull();
  });
});
