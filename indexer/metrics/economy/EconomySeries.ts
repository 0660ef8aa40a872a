import { assert } from '../../../schema/lib/assert.js';
import type { FamilyInput } from '../families.js';

/**
 * One row of `economy_day.sql`: a series by day, of one subject or of the network. That of what a provider was paid or a buyer
 * spent has a sum for each stretch of days, at its first; the days that stretches begin with are those of the part `edge`.
 */
export interface EconomySeries {
  readonly part: string;
  readonly subject: string;
  readonly operator: string | undefined;
  readonly base: string | null;
  readonly amounts: ReadonlyMap<number, bigint>;
  readonly others: ReadonlyMap<number, bigint>;
}

/** Days that are asked for, and the network's first. */
export interface EconomySpan {
  readonly network: string;
  readonly fromDay: number;
  readonly toDay: number;
  readonly bornDay: number;
}

export function toSpan(row: FamilyInput): EconomySpan {
  return {
    network: String(row.network),
    fromDay: Number(row.from_day),
    toDay: Number(row.to_day),
    bornDay: Number(row.born_day),
  };
}

export function toSeries(row: FamilyInput): EconomySeries {
  const days = row.days as readonly number[];
  const toMap = (texts: unknown) => {
    const amounts = (texts ?? []) as readonly string[];
    assert(texts === null || amounts.length === days.length, `an amount for each of ${days.length} days`);
    return new Map(amounts.map((text, at) => [days[at] ?? 0, BigInt(text)]));
  };
  return {
    part: String(row.part),
    subject: String(row.subject ?? row.network),
    operator: row.operator === null ? undefined : String(row.operator),
    base: row.base as string | null,
    amounts: toMap(row.amounts),
    others: toMap(row.others),
  };
}

/** For sums of stretches: they are those of a window only where one begins with it, and one after it. */
export function toWindow(edges: EconomySeries | undefined, from: number, to: number): readonly [number, number] {
  const isWhole = edges?.amounts.has(from) && edges.amounts.has(to + 1);
  assert(
    isWhole,
    `the edges of economy_day.sql have those of each window: expected ${from} and ${to + 1} to be of them`,
  );
  return [from, to];
}

/** Of days from (included) to (included). */
export function sumOf(amounts: ReadonlyMap<number, bigint>, from: number, to: number): bigint {
  let sum = 0n;
  if (amounts.size <= to - from) {
    for (const [day, amount] of amounts) if (day >= from && day <= to) sum += amount;
    return sum;
  }
  for (let day = from; day <= to; day++) sum += amounts.get(day) ?? 0n;
  return sum;
}
