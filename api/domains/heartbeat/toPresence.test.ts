import { describe, expect, it } from '@jest/globals';
import { toClosedSlot, toPresence } from './toPresence.js';

const now = new Date('2026-03-10T14:02:40Z');
const slot = (minute: number) => Date.UTC(2026, 2, 10, 14, minute) / 60_000;
/** Up in these minutes from 14:00 on; negative ones lie in the hour before. */
function heard(...minutes: readonly number[]) {
  const bits = (own: readonly number[]) => own.reduce((all, minute) => all | (1n << BigInt(minute)), 0n).toString();
  return {
    lastSlot: minutes.length === 0 ? null : slot(Math.max(...minutes)),
    upNow: bits(minutes.filter((minute) => minute >= 0)),
    upBefore: bits(minutes.filter((minute) => minute < 0).map((minute) => minute + 60)),
  };
}
const all = Array.from({ length: 30 }, (_, back) => slot(2 - back));
const except = (...minutes: readonly number[]) => all.filter((one) => !minutes.map(slot).includes(one));

describe('whether a node is there', () => {
  it('is judged by minutes that are over, their grace included', () => {
    expect(toClosedSlot(now)).toBe(slot(1));
    expect(toClosedSlot(new Date('2026-03-10T14:02:29.999Z'))).toBe(slot(0));
  });

  it.each([
    ['a beat of the minute that runs', heard(2), true],
    ['a beat of the last of three', heard(1), true],
    ['a beat of the first of three, across the hour', heard(-1), true],
    ['three minutes missed', heard(-2), false],
    ['no beat for hours', { lastSlot: slot(-500), upNow: '0', upBefore: '0' }, false],
    ['never heard', heard(), null],
  ])('after %s', (_, row, expected) => {
    expect(toPresence(row, { now, aliveSlots: all })).toBe(expected);
  });

  it('what we could not see is no miss: minutes before it are looked at', () => {
    expect(toPresence(heard(-3), { now, aliveSlots: except(0, 1) })).toBe(true);
    expect(toPresence(heard(-4), { now, aliveSlots: except(0, 1) })).toBe(false);
  });

  it('is not known while too little was seen of late', () => {
    expect(toPresence(heard(-10), { now, aliveSlots: [] })).toBe(null);
    expect(toPresence(heard(-10), { now, aliveSlots: [slot(0), slot(1)] })).toBe(null);
    expect(toPresence(heard(1), { now, aliveSlots: [] })).toBe(true);
  });
});
