import fc from 'fast-check';
import { compareDecimals, judgeRow } from './judgeRow.js';

const rowOf = (...values: readonly (string | null)[]) =>
  values.map((value, at) => ({ provider: `p${at}`, value, text: null, caveat: null }));
const judge = (values: readonly (string | null)[], given: object = {}) =>
  judgeRow({ values: rowOf(...values), better: 'higher', comparable: true, ...given });

describe('a row of a comparison', () => {
  it.each<[string, readonly (string | null)[], object, readonly string[] | null, boolean | null]>([
    ['has one best', ['1', '10', '9'], {}, ['p1'], true],
    ['has several that are equal, however they are written', ['2.0', '2', '1'], {}, ['p0', 'p1'], true],
    ['has the lowest where less is better', ['-1', '0.5', '3'], { better: 'lower' }, ['p0'], true],
    ['has none where all are equal', ['5', '5.00'], {}, null, false],
    ['has none where neither way is good', ['1', '2'], { better: null }, null, true],
    ['has none where they do not compare', ['1', '2'], { comparable: false }, null, true],
    ['has none of one that is known', ['1', null], {}, null, null],
    ['has the best of those that are known', ['1', null, '2'], {}, ['p2'], true],
    ['has nothing where nothing is known', [null, null], {}, null, null],
  ])('%s', (_, values, given, best, differ) => {
    expect(judge(values, given)).toEqual({ best, differ });
  });

  it('never has whom a caveat speaks against for the best', () => {
    const values = [
      { provider: 'p0', value: '3', text: null, caveat: 'It sold to itself.' },
      { provider: 'p1', value: '2', text: null, caveat: null },
    ];
    expect(judgeRow({ values, better: 'higher', comparable: true })).toEqual({ best: ['p1'], differ: true });
  });

  it('differs by its words, of which none is best', () => {
    const values = ['eu', 'us'].map((text, at) => ({ provider: `p${at}`, value: null, text, caveat: null }));
    expect(judgeRow({ values, better: null, comparable: true })).toEqual({ best: null, differ: true });
  });

  it('compares decimals of any length as numbers', () => {
    const decimal = fc.tuple(fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }), fc.integer({ min: 0, max: 30 }));
    fc.assert(
      fc.property(decimal, decimal, ([a, scaleA], [b, scaleB]) => {
        const [left, right] = [a * 10n ** BigInt(scaleB), b * 10n ** BigInt(scaleA)];
        expect(compareDecimals(toText(a, scaleA), toText(b, scaleB))).toBe(left < right ? -1 : left > right ? 1 : 0);
      }),
    );
  });
});

function toText(value: bigint, decimals: number): string {
  const digits = String(value < 0n ? -value : value).padStart(decimals + 1, '0');
  const fraction = digits.slice(digits.length - decimals);
  return `${value < 0n ? '-' : ''}${digits.slice(0, digits.length - decimals)}${decimals > 0 ? `.${fraction}` : ''}`;
}
