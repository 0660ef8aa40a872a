import { chooseHours } from './chooseHours.js';

describe('the hours of a turn', () => {
  it('are the marked ones and all from the last turn to the head', () => {
    expect(chooseHours({ marked: [3, 3, 1], from: 6, head: 8, lot: 100 })).toEqual({
      hours: [1, 3, 6, 7, 8],
      isLast: true,
    });
  });

  it('end with the open one, whatever is marked after it', () => {
    expect(chooseHours({ marked: [9, 12], from: 8, head: 8, lot: 100 })).toEqual({ hours: [8], isLast: true });
  });

  it('are the open one where blocks were taken back', () => {
    expect(chooseHours({ marked: [], from: 11, head: 8, lot: 100 })).toEqual({ hours: [8], isLast: true });
  });

  it('are whole days from the earliest on where they are many', () => {
    const { hours, isLast } = chooseHours({ marked: [2], from: 24, head: 200, lot: 10 });
    expect(isLast).toBe(false);
    expect(hours).toEqual([2, ...Array.from({ length: 24 }, (_, index) => 24 + index)]);
  });

  it('come to the head in the end', () => {
    let from = 5;
    const seen: number[] = [];
    for (let turns = 0; turns < 100; turns++) {
      const { hours, isLast } = chooseHours({ marked: [], from, head: 1_000, lot: 50 });
      seen.push(...hours);
      if (isLast) break;
      from = (hours.at(-1) ?? 0) + 1;
    }
    expect(seen).toEqual(Array.from({ length: 996 }, (_, index) => index + 5));
  });
});
