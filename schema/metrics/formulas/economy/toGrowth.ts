export interface Growth {
  /** Of each period over the one before; null after nothing. */
  readonly changes: readonly (number | null)[];
  /** The steady growth per period that leads from the first to the last; null from nothing. */
  readonly compound: number | null;
  /** Slope of a line through the logarithms, by least squares; null where one of them is of nothing. */
  readonly logSlope: number | null;
}

/** How a series of equal periods grows (`ECO-04`), the oldest first. Negative values are as none. */
export function toGrowth(values: readonly number[]): Growth {
  const changes = values.slice(1).map((value, index) => toChange(values[index] ?? 0, value));
  const steps = values.length - 1;
  const [first = 0, last = 0] = [values[0], values.at(-1)];
  const compound = steps > 0 && first > 0 && last >= 0 ? toFinite(last / first) : null;
  return {
    changes,
    compound: compound === null ? null : compound ** (1 / steps) - 1,
    logSlope: steps > 0 && values.every((value) => value > 0) ? toSlope(values.map(Math.log)) : null,
  };
}

function toChange(before: number, value: number): number | null {
  return before > 0 && value >= 0 ? toFinite(value / before - 1) : null;
}

function toFinite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** Over positions 0, 1, 2, …. */
function toSlope(values: readonly number[]): number | null {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const spread = values.reduce((sum, _, index) => sum + (index - middle) ** 2, 0);
  return toFinite(values.reduce((sum, value, index) => sum + (index - middle) * (value - mean), 0) / spread);
}
