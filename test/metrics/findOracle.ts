import { readFileSync } from 'node:fs';
import { toSharedPath } from '../sharedData.js';

export const oracleFile = '../oracles/metric-oracles.json';

/** Inputs and expected outputs by whatever names an oracle has. */
// biome-ignore lint/suspicious/noExplicitAny: forty-eight shapes, each of which its own test knows.
type Values = any;

export interface Oracle {
  readonly id: string;
  readonly inputs: Values;
  readonly expected: Values;
  readonly tolerance: number;
}

/** One of the published examples that formulas are held against. */
export function findOracle(id: string): Oracle {
  const oracles: readonly Oracle[] = JSON.parse(readFileSync(toSharedPath(oracleFile), 'utf8'));
  const oracle = oracles.find((one) => one.id === id);
  if (!oracle) throw new Error(`Expected an oracle ${id} in ${oracleFile}, found none.`);
  return oracle;
}

/** Numbers within `tolerance * max(1, |expected|)`, everything else equal. Names that are not expected are left alone. */
export function expectOracle(got: Values, { expected, tolerance }: Pick<Oracle, 'expected' | 'tolerance'>): void {
  const wrong = listDifferences(got, expected, tolerance, '');
  expect(wrong).toEqual([]);
}

function listDifferences(got: Values, expected: Values, tolerance: number, path: string): readonly string[] {
  if (typeof expected === 'number') {
    const isClose = typeof got === 'number' && Math.abs(got - expected) <= tolerance * Math.max(1, Math.abs(expected));
    return isClose ? [] : [`${path}: expected ${expected}, got ${got}`];
  }
  if (expected === null || typeof expected !== 'object') {
    return got === expected ? [] : [`${path}: expected ${expected}, got ${got}`];
  }
  return Object.entries(expected).flatMap(([name, value]) =>
    listDifferences(got?.[name], value, tolerance, `${path}/${name}`),
  );
}
