import { readSeriesState } from './seriesState.js';

const now = new Date('2026-03-10T14:25:00Z');
const sum = { grains: ['hour', 'day'], value: 'sum', addsUp: true, now };
const read = (search: string, choices: Partial<typeof sum> = {}) =>
  readSeriesState(new URLSearchParams(search), { ...sum, ...choices });

describe('what of a metric is shown', () => {
  it('is ninety days up to now, where nothing is said', () => {
    expect(read('')).toMatchObject({ subject: undefined, interval: 'day', range: '90', to: null, isUsual: true });
    expect(read('').from).toBe('2025-12-10T00:00:00.000Z');
  });

  it('is what the address says, and what it says wrongly is as if it were not there', () => {
    expect(read('interval=hour&range=7&subject=net')).toMatchObject({
      interval: 'hour',
      range: '7',
      subject: 'net',
      isUsual: false,
    });
    expect(read('interval=week').ranges).toEqual(['182', '730']);
    expect(read('interval=eon&range=-3')).toMatchObject({ interval: 'day', range: '90' });
    // A range of days is none of hours.
    expect(read('interval=hour&range=365').range).toBe('2');
  });

  it('offers the buckets that there are', () => {
    expect(read('').intervals).toEqual(['day', 'hour', 'week', 'month']);
    expect(read('interval=week', { value: 'computed' })).toMatchObject({ interval: 'day', intervals: ['day', 'hour'] });
    expect(read('', { addsUp: false }).intervals).toEqual(['day', 'hour']);
    expect(read('', { grains: ['hour'] }).intervals).toEqual(['hour']);
  });

  it('takes days by their dates, the last one included, unless they are too many', () => {
    expect(read('from=2026-01-01&to=2026-01-31')).toMatchObject({
      ...{ range: 'custom', from: '2026-01-01T00:00:00.000Z', to: '2026-02-01T00:00:00.000Z' },
    });
    expect(read('from=2026-01-01&to=2026-01-31&range=30').range).toBe('30');
    for (const none of [
      'from=2026-02-01&to=2026-01-01',
      'from=2026-13-01&to=2026-13-02',
      'from=2020-01-01&to=2026-01-01',
    ])
      expect([none, read(none).range]).toEqual([none, '90']);
  });
});
