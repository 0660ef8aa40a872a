import { toCsv } from './toCsv.js';

describe('comma-separated values', () => {
  it('keep text that has commas, quotes or lines in one cell, and nothing as an empty one', () => {
    expect(
      toCsv([
        ['a', null, 'b, c'],
        ['"d"', 'e\nf', ''],
      ]),
    ).toBe('a,,"b, c"\r\n"""d""","e\nf",\r\n');
  });

  it('make no formula of what somebody wrote', () => {
    const attempts = ['=1+1', '+1+1', '-1+1', '@sum(a1)', '\t=1', '\r=1', ' =1', '＝1', '-', '=cmd|" /c calc"!a0'];
    for (const line of attempts)
      expect([
        line,
        toCsv([[line]])
          .replace(/^"/, '')
          .startsWith("'"),
      ]).toEqual([line, true]);
  });

  it('leave numbers what they are', () => {
    expect(toCsv([['-1', '-0.25', '9007199254740993', '1.5']])).toBe('-1,-0.25,9007199254740993,1.5\r\n');
  });
});
