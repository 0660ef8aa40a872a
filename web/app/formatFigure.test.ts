import { formatFigure, toAxisUnit } from './formatFigure.js';

const rlc = { symbol: 'RLC', decimals: 9 };

describe('a figure of the catalogue, as it is shown', () => {
  it.each([
    ['usdPerGpuHour', '2.4175000000', '2.42', 'USD / GPU-hour'],
    ['usd', '0.042518', '0.04252', 'USD'],
    ['ratio', '0.998731', '99.87 %', ''],
    ['ratio', '0.4519', '45.1 %', ''],
    ['ratio', '-0.05', '−5 %', ''],
    ['ratio', '3.2', '320 %', ''],
    ['gpuSeconds', '864000', '240', 'GPU-hours'],
    ['gpuHours', '12.3456', '12.3', 'GPU-hours'],
    ['index', '1834.25', '1,834', ''],
    ['count', '2.75', '2.75', ''],
    ['count', '74.78', '75', ''],
    ['points', '71.4', '71.4', 'points'],
  ])('%s of %s', (unit, value, text, name) => {
    expect(formatFigure(value, { unit, token: null })).toMatchObject({ text, unit: name });
  });

  it('is in tokens where it is known in which, to the last digit in the title', () => {
    expect(formatFigure('1500000000', { unit: 'baseUnits', token: rlc })).toEqual({
      ...{ text: '1.5', unit: 'RLC', exact: '1.5 RLC' },
    });
    expect(formatFigure('1500000000.25', { unit: 'baseUnits', token: rlc })).toMatchObject({ text: '1.5' });
    expect(formatFigure('1500000000', { unit: 'baseUnits', token: null })).toMatchObject({
      ...{ text: '1,500,000,000', unit: 'base units' },
    });
  });
});

describe('the unit of an axis', () => {
  const none = { token: null };
  it.each([
    [{ unit: 'ratio', ...none }, 1, { per: 0.01, name: '%' }],
    [{ unit: 'baseUnits', token: { symbol: 'RLC', decimals: 9 } }, 1e12, { per: 1e9, name: 'RLC' }],
    [{ unit: 'gpuSeconds', ...none }, 1, { per: 3_600, name: 'GPU-hours' }],
    [{ unit: 'seconds', ...none }, 7_200, { per: 3_600, name: 'hours' }],
    [{ unit: 'seconds', ...none }, 90, { per: 1, name: 'seconds' }],
    [{ unit: 'usdPerGpuHour', ...none }, 1, { per: 1, name: 'USD / GPU-hour' }],
    [{ unit: 'count', ...none }, 1, { per: 1, name: '' }],
  ])('of %j up to %d is %j', (unit, largest, axis) => {
    expect(toAxisUnit(unit, largest)).toEqual(axis);
  });
});
