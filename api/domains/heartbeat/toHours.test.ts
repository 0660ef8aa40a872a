import { toMinuteLetters } from './toHours.js';

describe('the minutes of an hour', () => {
  it('are told by one letter each: what is bad of several nodes comes first, unknown is no minute down', () => {
    const letters = toMinuteLetters({
      upBits: String(0b000111),
      downBits: String(0b001100),
      announcedBits: String(0b010110),
      dueBits: String(0b111111),
    });
    expect(letters).toBe(`umsdm?${'-'.repeat(54)}`);
  });

  it('are right to the last one, beyond what a number holds', () => {
    const last = String(1n << 59n);
    expect(toMinuteLetters({ upBits: last, downBits: '0', announcedBits: '0', dueBits: last })).toBe(
      `${'-'.repeat(59)}u`,
    );
  });
});
