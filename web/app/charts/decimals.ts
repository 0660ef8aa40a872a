/** Sums and quotients of decimals as the API writes them, of any length and sign, to the last digit. */

interface Scaled {
  readonly units: bigint;
  readonly decimals: number;
}

export function addDecimals(values: readonly string[]): string {
  const scaled = values.map(parse);
  const decimals = Math.max(0, ...scaled.map((one) => one.decimals));
  return write({ units: scaled.reduce((sum, one) => sum + raise(one, decimals), 0n), decimals });
}

/** To twelve places, cut, as the API gives its ratios; null where nothing is below the line. */
export function divideDecimals(numerator: string, denominator: string): string | null {
  const [above, below] = [parse(numerator), parse(denominator)];
  if (below.units === 0n) return null;
  const decimals = Math.max(above.decimals, below.decimals);
  return write({ units: (raise(above, decimals) * 10n ** PLACES) / raise(below, decimals), decimals: Number(PLACES) });
}

const PLACES = 12n;

function parse(text: string): Scaled {
  const [whole = '0', fraction = ''] = text.split('.');
  return { units: BigInt(whole + fraction), decimals: fraction.length };
}

function raise({ units, decimals }: Scaled, to: number): bigint {
  return units * 10n ** BigInt(to - decimals);
}

function write({ units, decimals }: Scaled): string {
  const digits = (units < 0n ? -units : units).toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '');
  return `${units < 0n ? '-' : ''}${whole}${fraction ? `.${fraction}` : ''}`;
}
