export interface PricedDay {
  readonly date: string;
  readonly basis: string;
  readonly median: string;
  readonly low: string;
  readonly high: string;
}

/** Places from 0 to 1, to the right and upwards. */
export interface PricePoint {
  readonly x: number;
  readonly y: number;
  readonly low: number;
  readonly high: number;
}

export interface PricePlot {
  /** By basis, in the order of the first day of each. */
  readonly lines: readonly { readonly basis: string; readonly points: readonly PricePoint[] }[];
  /** The value at the upper edge; at the lower one is nothing. */
  readonly top: number;
  readonly from: string;
  readonly to: string;
}

/** Days in their order; null where there is no price, or nothing but zeros. */
export function toPricePlot(days: readonly PricedDay[]): PricePlot | null {
  const [first, last] = [days[0], days.at(-1)];
  const most = Math.max(0, ...days.map(({ high }) => Number(high)));
  if (!first || !last || most === 0) return null;
  const top = toRound(most);
  const [begin, end] = [Date.parse(first.date), Date.parse(last.date)];
  const lines = new Map<string, PricePoint[]>();
  for (const { date, basis, median, low, high } of days) {
    const points = lines.get(basis) ?? [];
    lines.set(basis, points);
    // A single day stands in the middle.
    const x = end === begin ? 0.5 : (Date.parse(date) - begin) / (end - begin);
    points.push({ x, y: Number(median) / top, low: Number(low) / top, high: Number(high) / top });
  }
  return { lines: [...lines].map(([basis, points]) => ({ basis, points })), top, from: first.date, to: last.date };
}

const STEPS = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

/** The next number above that people say aloud. */
function toRound(value: number): number {
  const size = 10 ** Math.floor(Math.log10(value));
  const step = STEPS.find((one) => one * size >= value) ?? 10;
  return Number((step * size).toPrecision(3));
}
