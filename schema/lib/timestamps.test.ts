import fc from 'fast-check';
import pg from 'pg';
import { parseUtc, toIso } from './timestamps.js';

const anyTime = fc.date({ noInvalidDate: true });
const parseByPg = pg.types.getTypeParser(pg.types.builtins.TIMESTAMPTZ) as (text: string) => Date;

describe('text of a moment', () => {
  it('is that of the platform', () => {
    fc.assert(fc.property(anyTime, (date) => toIso(date) === date.toISOString()));
  });

  it('is refused where there is none', () => {
    expect(() => toIso(new Date(Number.NaN))).toThrow(RangeError);
  });
});

describe('a moment of Postgres', () => {
  it('is what pg reads, with any number of digits, cut off at the millisecond', () => {
    const fraction = fc.stringMatching(/^[0-9]{0,5}[1-9]$/);
    const inCentury = fc.date({
      min: new Date('0100-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(inCentury, fc.option(fraction), (date, digits) => {
        const whole = date.toISOString().slice(0, 19);
        const text = `${whole.replace('T', ' ')}${digits === null ? '' : `.${digits}`}+00`;
        return parseUtc(text)?.toISOString() === `${whole}.${(digits ?? '').slice(0, 3).padEnd(3, '0')}Z`;
      }),
    );
    expect(parseUtc('2026-01-31 12:00:05.25+00')).toEqual(parseByPg('2026-01-31 12:00:05.25+00'));
  });

  it.each([
    'infinity',
    '-infinity',
    '2026-01-31 12:00:00+02',
    '0044-03-15 12:00:00+00 BC',
    '0044-03-15 12:00:00+00',
    '12026-01-31 12:00:00+00',
  ])('is left to pg where it is written as %s', (text) => {
    expect(parseUtc(text)).toBeUndefined();
  });
});
