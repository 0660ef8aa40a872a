import { toClock, toMinuteSpells } from './toMinuteSpells.js';

describe('the minutes of an hour', () => {
  it('are runs that cover all of it, whatever comes', () => {
    expect(toMinuteSpells('uuddd?-xx')).toEqual([
      { state: 'u', from: 0, to: 2 },
      { state: 'd', from: 2, to: 5 },
      { state: '?', from: 5, to: 6 },
      { state: '-', from: 6, to: 7 },
      { state: '?', from: 7, to: 9 },
    ]);
    expect(toMinuteSpells('')).toEqual([]);
  });

  it('are told by the clock, over the end of a day', () => {
    expect(toClock('2026-01-31T23:00:00.000Z', 5)).toBe('23:05');
    expect(toClock('2026-01-31T23:00:00.000Z', 60)).toBe('00:00');
  });
});
