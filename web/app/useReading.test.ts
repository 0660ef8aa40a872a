import { toBothTimes } from './useReading.js';

describe('the time on hover', () => {
  it("is UTC with the reader's own beside it", () => {
    expect(toBothTimes('2026-11-21T05:00:07.000Z', 'Europe/Berlin')).toMatch(
      /^2026-11-21 05:00:07 UTC · 2026-11-21 06:00:07 (GMT\+1|CET)$/,
    );
    expect(toBothTimes('2026-11-21T23:30:00.000Z', 'Asia/Tokyo')).toMatch(/ · 2026-11-22 08:30:00 GMT\+9$/);
  });
});
