/** A price of a log, or a settled or offered one, as the API gives it. */
export interface PastPrice {
  readonly basis: string;
  readonly resource: string | null;
  readonly at: string;
  readonly price: {
    readonly amount: string;
    readonly decimals: number | null;
    readonly unit: string;
    readonly token: { readonly symbol: string; readonly decimals: number };
    readonly usdPerGpuHour: { readonly value: string | null } | null;
  };
}

/** Prices of a day on one basis. Decimals. */
export interface DayPrice {
  readonly date: string;
  readonly basis: string;
  readonly median: string;
  readonly low: string;
  readonly high: string;
  readonly count: number;
}

/** What can be compared: the same unit of the same thing. */
export interface PriceHistory {
  /** `USD / GPU-hour`, or a token by a unit of what is priced. */
  readonly unit: string;
  /** The oldest day first, and of a day by basis. */
  readonly days: readonly DayPrice[];
  readonly count: number;
}

const SECONDS_PER_HOUR = 3_600n;
const DIGITS = 18;

/**
 * Prices by day, in USD for a GPU-hour where that is known, else in their token; the measure with most of them first. A median of an even
 * number is the lower one of the two in the middle, so that it was really a price.
 */
export function toPriceHistory(prices: readonly PastPrice[]): readonly PriceHistory[] {
  const measures = new Map<string, Map<string, { readonly date: string; readonly basis: string; values: bigint[] }>>();
  for (const { at, basis, resource, price } of prices) {
    const { unit, value } = toMeasure(price, resource);
    const days = measures.get(unit) ?? new Map();
    measures.set(unit, days);
    const date = at.slice(0, 10);
    const day = days.get(`${date} ${basis}`) ?? { date, basis, values: [] };
    days.set(`${date} ${basis}`, day);
    day.values.push(value);
  }
  return [...measures]
    .map(([unit, days]) => ({
      unit,
      days: [...days.values()].map(toDay).toSorted((one, other) => compare(toOrder(one), toOrder(other))),
      count: [...days.values()].reduce((sum, { values }) => sum + values.length, 0),
    }))
    .toSorted((one, other) => other.count - one.count || compare(one.unit, other.unit));
}

function toMeasure(
  { amount, decimals, unit, token, usdPerGpuHour }: PastPrice['price'],
  resource: string | null,
): { readonly unit: string; readonly value: bigint } {
  if (usdPerGpuHour?.value) return { unit: 'USD / GPU-hour', value: toScaled(usdPerGpuHour.value) };
  const bySecond = unit === 'second';
  const scale = decimals ?? token.decimals;
  const units = BigInt(amount) * (bySecond ? SECONDS_PER_HOUR : 1n);
  const value = scale <= DIGITS ? units * 10n ** BigInt(DIGITS - scale) : units / 10n ** BigInt(scale - DIGITS);
  const of = resource && resource !== unit ? ` (${resource})` : '';
  return { unit: `${token.symbol} / ${bySecond ? 'hour' : unit}${of}`, value };
}

function toDay({ date, basis, values }: { date: string; basis: string; values: readonly bigint[] }): DayPrice {
  const sorted = values.toSorted((one, other) => (one < other ? -1 : one > other ? 1 : 0));
  const at = (index: number) => toDecimal(sorted[index] ?? 0n);
  return {
    ...{ date, basis, count: sorted.length },
    ...{ median: at(Math.floor((sorted.length - 1) / 2)), low: at(0), high: at(sorted.length - 1) },
  };
}

function toOrder({ date, basis }: DayPrice): string {
  return `${date} ${basis}`;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function toScaled(decimal: string): bigint {
  const [whole = '0', fraction = ''] = decimal.split('.');
  return BigInt(whole + fraction.padEnd(DIGITS, '0').slice(0, DIGITS));
}

function toDecimal(scaled: bigint): string {
  const digits = String(scaled).padStart(DIGITS + 1, '0');
  const fraction = digits.slice(-DIGITS).replace(/0+$/, '');
  return fraction ? `${digits.slice(0, -DIGITS)}.${fraction}` : digits.slice(0, -DIGITS);
}
