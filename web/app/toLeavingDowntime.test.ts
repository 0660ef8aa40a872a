import { toLeavingDowntime } from './toLeavingDowntime.js';

const day = (date: string, down: number, more: object = {}) => ({
  ...{ date, up: String(1_440 - down), known: '1440', maintenance: '0', maintenanceUp: '0' },
  ...more,
});

describe('downtime that leaves the window of a score', () => {
  it('is of the thirty days before its own and that one, each with the day on which it counts no more', () => {
    const days = [day('2026-01-09', 5), day('2026-01-10', 41), day('2026-01-11', 0), day('2026-02-09', 2)];
    expect(toLeavingDowntime(days, '2026-02-09T07:00:00.000Z')).toEqual([
      { date: '2026-01-10', minutes: 41, leaves: '2026-02-10' },
      { date: '2026-02-09', minutes: 2, leaves: '2026-03-12' },
    ]);
    // At midnight the new day has not begun to count.
    expect(toLeavingDowntime(days, '2026-02-09T00:00:00.000Z').map(({ date }) => date)).toEqual(['2026-01-10']);
  });

  it('is without what was announced, and without what nobody saw', () => {
    expect(
      toLeavingDowntime([day('2026-02-01', 60, { maintenance: '60', maintenanceUp: '10' })], '2026-02-09T00:00:00Z'),
    ).toEqual([{ date: '2026-02-01', minutes: 10, leaves: '2026-03-04' }]);
    expect(toLeavingDowntime([day('2026-02-01', 60, { known: '1380' })], '2026-02-09T00:00:00Z')).toEqual([]);
  });
});
