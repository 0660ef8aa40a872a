import fc from 'fast-check';
import { toBit } from '../../../schema/heartbeat/slots.js';
import { findBlind, type HostHour } from './findBlind.js';

/** `+` answered, `-` said nothing, `.` was not asked; a sign a minute, from the first minute of hour 100 on. */
type Drawing = Readonly<Record<string, string>>;
const HOUR = 100;

function toRows(drawing: Drawing): readonly HostHour[] {
  return Object.entries(drawing).flatMap(([host, signs]) =>
    [...signs].flatMap((sign, at): HostHour[] => {
      const hour = HOUR + Math.floor(at / 60);
      const bit = toBit(at);
      return sign === '.' ? [] : [{ host, hour, asked: bit, answered: sign === '+' ? bit : 0n }];
    }),
  );
}

/** Blind minutes, by number from the first of hour 100 on. */
function listBlind(drawing: Drawing, context?: { hour: number; blind: bigint }): readonly number[] {
  return [...findBlind(toRows(drawing), context)].flatMap(([hour, bits]) =>
    Array.from({ length: 60 }, (_, at) => at)
      .filter((at) => (bits & toBit(at)) !== 0n)
      .map((at) => (hour - HOUR) * 60 + at),
  );
}

describe('a silence', () => {
  it('is ours where three hosts that had answered fall silent in it, and nobody answers', () => {
    const drawing = { a: '+.....-...+', b: '.+....-...+', c: '..+.....-.+' };
    expect(listBlind(drawing)).toEqual([2, 6, 8, 10]);
  });

  it('is theirs where two do', () => {
    expect(listBlind({ a: '+.....-...+', b: '.+....-...+', c: '..+.......+' })).toEqual([]);
  });

  it('is theirs where the third was down before', () => {
    expect(listBlind({ a: '+.....-...+', b: '.+....-...+', c: '-..-..-.-.+' })).toEqual([]);
  });

  it('is theirs where anybody answers meanwhile, if only that he cannot', () => {
    expect(listBlind({ a: '+.....-....+', b: '.+.....-...+', c: '..+.....-..+', d: '.......+...+' })).toEqual([]);
  });

  it('of many targets of one host is that of the host', () => {
    const rows = ['x', 'y', 'z'].flatMap(() => toRows({ a: '+..-..-' }));
    expect([...findBlind(rows, undefined)]).toEqual([]);
  });

  it('is ours as long as nobody ever answered', () => {
    expect(listBlind({ a: '-..-..+..-', b: '.-........' })).toEqual([0, 1, 3, 6]);
    expect(listBlind({ a: '----' })).toEqual([0, 1, 2, 3]);
  });

  it('leaves those up that were up before: a second one finds as many to lose', () => {
    const drawing = { a: '+..-...-...+', b: '+..-...-...+', c: '+..-...-...+', d: '+....+...+..' };
    expect(listBlind(drawing)).toEqual([0, 3, 5, 7, 9]);
  });

  it('that is theirs leaves them down: they have nothing more to lose', () => {
    const drawing = { a: '+..-...-...', b: '+..-...-...', c: '+......-...', d: '+....+...+.' };
    expect(listBlind(drawing)).toEqual([]);
  });

  it('goes on over hours that are judged already, and over more than are looked at', () => {
    const silent = (length: number) => '-'.repeat(length);
    const drawing = { a: `+${silent(179)}+`, b: `+${silent(179)}+`, c: `+${silent(179)}+` };
    const whole = listBlind(drawing);
    expect(whole).toEqual(Array.from({ length: 181 }, (_, at) => at));
    const judged = findBlind(toRows(drawing), undefined);
    for (const hour of [HOUR, HOUR + 1, HOUR + 2]) {
      const rows = toRows(drawing).filter((row) => row.hour >= hour);
      const again = [...findBlind(rows, { hour, blind: judged.get(hour) ?? 0n })];
      expect(again).toEqual([...judged].filter(([one]) => one > hour));
    }
  });

  it('that has begun in a judged hour which was theirs finds who was up at its end', () => {
    const drawing = { a: `${'.'.repeat(59)}+-.+`, b: `${'.'.repeat(58)}+.-.+`, c: `${'.'.repeat(57)}+..-.+` };
    expect(listBlind(drawing, { hour: HOUR, blind: 0n })).toEqual([60, 62]);
    const down = { ...drawing, c: `${'.'.repeat(57)}+-.-.+` };
    expect(listBlind(down, { hour: HOUR, blind: 0n })).toEqual([]);
  });

  it('is found the same in any order of rows', () => {
    const signs = fc.array(fc.constantFrom('+', '-', '.'), { maxLength: 130 }).map((some) => some.join(''));
    fc.assert(
      fc.property(fc.array(signs, { minLength: 3, maxLength: 6 }), fc.integer(), (drawn, seed) => {
        const rows = toRows(Object.fromEntries(drawn.map((one, at) => [`host${at}`, one])));
        const turned = [...rows.slice(Math.abs(seed) % (rows.length + 1)), ...rows].reverse();
        expect(findBlind(turned, undefined)).toEqual(findBlind(rows, undefined));
      }),
    );
  });
});
