import type { BetterName, ComparedValue, ComparisonRow } from './Comparison.js';

/** Who is best by a row, and whether they differ at all. */
export function judgeRow({
  values,
  better,
  comparable,
}: {
  readonly values: readonly Value[];
  readonly better: BetterName | null;
  readonly comparable: boolean;
}): Pick<ComparisonRow, 'best' | 'differ'> {
  const known = values.filter(({ value, text }) => value !== null || text !== null);
  const differ = known.some((one) => !isSame(one, known[0] ?? one));
  return {
    best: comparable && differ && better ? listBest(known, better) : null,
    differ: differ ? true : known.length === values.length ? false : null,
  };
}

type Value = Pick<ComparedValue, 'provider' | 'value' | 'text' | 'caveat'>;

function isSame(one: Value, other: Value): boolean {
  if (one.value === null || other.value === null) return one.text === other.text && one.value === other.value;
  return compareDecimals(one.value, other.value) === 0 && one.text === other.text;
}

function listBest(known: readonly Value[], better: BetterName): readonly string[] | null {
  const numbers = known.flatMap(({ provider, value, caveat }) =>
    value === null || caveat !== null ? [] : [{ provider, value }],
  );
  const [first] = numbers;
  if (!first) return null;
  const isBetter = (one: string, other: string) => compareDecimals(one, other) * (better === 'higher' ? 1 : -1) > 0;
  const best = numbers.reduce((found, { value }) => (isBetter(value, found) ? value : found), first.value);
  return numbers.filter(({ value }) => compareDecimals(value, best) === 0).map(({ provider }) => provider);
}

/** Decimals of any length, exactly: -1, 0 or 1. */
export function compareDecimals(one: string, other: string): number {
  const [left, right] = [parse(one), parse(other)];
  const scale = Math.max(left.decimals, right.decimals);
  const [a, b] = [left, right].map(({ digits, decimals }) => digits * 10n ** BigInt(scale - decimals));
  return a === b ? 0 : (a ?? 0n) < (b ?? 0n) ? -1 : 1;
}

function parse(text: string): { readonly digits: bigint; readonly decimals: number } {
  const [whole = '', fraction = ''] = text.split('.');
  return { digits: BigInt(whole + fraction), decimals: fraction.length };
}
