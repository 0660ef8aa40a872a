import { toDetailHour, toWholeDays } from './detail.js';

describe('hours that are kept in detail', () => {
  it("are those of the head's day and of the one before", () => {
    expect([toDetailHour(48), toDetailHour(71), toDetailHour(72)]).toEqual([24, 24, 48]);
  });

  it('are taken one by one; of earlier days whole ones', () => {
    const day = Array.from({ length: 24 }, (_, hour) => hour);
    expect(toWholeDays([3, 7, 24, 30], 24)).toEqual([...day, 24, 30]);
    expect(toWholeDays([], 24)).toEqual([]);
  });
});
