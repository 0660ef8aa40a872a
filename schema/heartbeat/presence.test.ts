import fc from 'fast-check';
import type { SlotVerdict } from './judgeSlots.js';
import { isOnline, listVerdicts, toPresence } from './presence.js';

const read = (text: string): readonly SlotVerdict[] =>
  [...text].map((letter) => (letter === 'u' ? 'UP' : letter === 'd' ? 'DOWN' : 'UNKNOWN'));
const verdicts = fc.array(fc.constantFrom<SlotVerdict>('UP', 'DOWN', 'UNKNOWN'), { maxLength: 40 });

describe('a node', () => {
  it.each([
    ['', null],
    ['???', null],
    ['u', true],
    ['udd', true],
    ['uddd', false],
    ['udd??', true],
    ['u?d?d?d', false],
    ['ddd??u', true],
  ])('after %j is online: %j', (text, expected) => {
    expect(isOnline(read(text))).toBe(expected);
  });

  it.each([
    ['', null],
    ['??', null],
    ['u', 'UP'],
    ['d', 'DOWN'],
    ['uudd', 'UP'],
    ['uuddd', 'DOWN'],
    ['uudd?d', 'DOWN'],
    ['uuddudd', 'UP'],
    ['uudddu', 'DOWN'],
    ['uudddu?u', 'UP'],
    ['uuddduduu', 'UP'],
    ['uudddudud', 'DOWN'],
  ])('after %j is said to be %j', (text, expected) => {
    expect(toPresence(read(text))).toBe(expected);
  });

  it('is not judged by what is UNKNOWN', () => {
    fc.assert(
      fc.property(verdicts, (given) => {
        const known = given.filter((verdict) => verdict !== 'UNKNOWN');
        expect(toPresence(given)).toBe(toPresence(known));
        expect(isOnline(given)).toBe(isOnline(known));
      }),
    );
  });

  it('has a verdict for each slot that was expected', () => {
    const hour = { up: 0b00001n, known: 0b00101n, expected: 0b10111n };
    expect(listVerdicts(hour)).toEqual(['UP', 'UNKNOWN', 'DOWN', 'UNKNOWN']);
  });
});
