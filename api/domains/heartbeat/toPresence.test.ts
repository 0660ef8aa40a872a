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
/** Up in every minute of the hour before and of this one up to that one. */
const steadyTo = (minute: number, ...more: readonly number[]) =>
  heard(...Array.from({ length: minute + 61 }, (_, index) => index - 60), ...more);
const all = Array.from({ length: 63 }, (_, back) => slot(2 - back));
const except = (...minutes: readonly number[]) => all.filter((one) => !minutes.map(slot).includes(one));

describe('whether a node is there', () => {
  it('is judged by minutes that are over, their grace included', () => {
    expect(toClosedSlot(now)).toBe(slot(1));
    expect(toClosedSlot(new Date('2026-03-10T14:02:29.999Z'))).toBe(slot(0));
  });

  it.each([
    ['a beat of every minute', steadyTo(2), true],
    ['one or two minutes missed', steadyTo(-1), true],
    ['three minutes missed', steadyTo(-2), false],
    ['one beat after that', steadyTo(-5, 1), false],
    ['two beats in a row after that', steadyTo(-5, 0, 1), true],
    ['two, the second of which is of the minute that runs', steadyTo(-5, 1, 2), true],
    ['no beat for hours', { lastSlot: slot(-500), upNow: '0', upBefore: '0' }, false],
    ['never heard', heard(), null],
  ])('after %s', (_, row, expected) => {
    expect(toPresence(row, { now, seenSlots: all })).toBe(expected);
  });

  it('what we could not see is no miss', () => {
    expect(toPresence(steadyTo(-3), { now, seenSlots: except(0, 1) })).toBe(true);
    expect(toPresence(steadyTo(-4), { now, seenSlots: except(0, 1) })).toBe(false);
  });

  it('is not known while too little was seen of late', () => {
    expect(toPresence(steadyTo(-10), { now, seenSlots: [] })).toBe(null);
    expect(toPresence(steadyTo(-10), { now, seenSlots: [slot(0), slot(1)] })).toBe(null);
    expect(toPresence(heard(1), { now, seenSlots: [] })).toBe(true);
  });
});
