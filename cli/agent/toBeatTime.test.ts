import fc from 'fast-check';
import { slotStartMs, toSlot } from '../../schema/heartbeat/slots.js';
import { toBeatTime } from './toBeatTime.js';

const SLOT = 29_000_000;
const at = (
  seconds: number,
  given: { readonly offsetMs?: number; readonly lastSlot?: number; readonly random?: number } = {},
) =>
  (toBeatTime({
    wallMs: slotStartMs(SLOT) + seconds * 1_000,
    offsetMs: given.offsetMs ?? 20_000,
    lastSlot: given.lastSlot,
    random: given.random ?? 0,
  }) -
    slotStartMs(SLOT)) /
  1_000;

describe('toBeatTime', () => {
  it('beats at the offset and up to a second later', () => {
    expect(at(3)).toBe(20);
    expect(at(3, { random: 0.5 })).toBe(20.5);
  });

  it('beats at once in a slot whose time is past and that has no beat', () => {
    expect(at(41)).toBe(41);
  });

  it('beats in the next slot once this one has its beat, or is nearly over', () => {
    expect(at(21, { lastSlot: SLOT })).toBe(80);
    expect(at(58)).toBe(80);
  });

  it('goes by the clock as it is now when that was set back by an hour', () => {
    expect(at(3, { lastSlot: SLOT + 60 })).toBe(20);
  });

  it('never names a time that is past, nor one in the last two seconds of a slot, nor a slot that has its beat', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 59_999 }),
        fc.integer({ min: -10, max: 70_000 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        fc.boolean(),
        (into, offsetMs, random, isSent) => {
          const wallMs = slotStartMs(SLOT) + into;
          const time = toBeatTime({ wallMs, offsetMs, random, lastSlot: isSent ? SLOT : undefined });
          expect(time).toBeGreaterThanOrEqual(wallMs);
          expect(time - slotStartMs(toSlot(time))).toBeLessThanOrEqual(58_000);
          expect(time - wallMs).toBeLessThan(120_000);
          if (isSent) expect(toSlot(time)).toBe(SLOT + 1);
        },
      ),
    );
  });
});
