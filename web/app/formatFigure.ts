import { toAmount, toClean, toCount, toDuration, toShare, toUptime, toUsdAmount } from './format.js';

export interface FigureUnit {
  /** Of the catalogue. */
  readonly unit: string;
  /** The token that base units are of; null: of none that is known. */
  readonly token: { readonly symbol: string; readonly decimals: number } | null;
}

export interface ShownFigure {
  readonly text: string;
  /** What stands behind it, smaller: `USD / GPU-hour`; empty: nothing. */
  readonly unit: string;
  /** All digits, for the title. */
  readonly exact: string;
}

const usd: Readonly<Record<string, string>> = {
  usd: 'USD',
  usdPerGpuHour: 'USD / GPU-hour',
  usdPerGbHour: 'USD / GB-hour',
  usdPerUnit: 'USD each',
};

/** A figure of the catalogue as people say it aloud. */
export function formatFigure(value: string, { unit, token }: FigureUnit): ShownFigure {
  const usdUnit = usd[unit];
  if (usdUnit) return { ...toUsdAmount(value), unit: usdUnit };
  if (unit === 'baseUnits') return formatBaseUnits(value, token);
  if (unit === 'ratio') return { text: toRatio(value), unit: '', exact: value };
  if (unit === 'seconds') return { text: toDuration(Number(value)), unit: '', exact: `${value} seconds` };
  if (unit === 'gpuSeconds')
    return { text: toRounded(Number(value) / 3_600), unit: 'GPU-hours', exact: `${value} GPU-seconds` };
  const name = unit === 'gpuHours' ? 'GPU-hours' : unit === 'points' ? 'points' : '';
  // A mean of things that are counted has a fraction, which nobody says of many.
  const number = unit === 'count' && Math.abs(Number(value)) >= 10 ? Math.round(Number(value)) : Number(value);
  return { text: toRounded(number), unit: name, exact: value };
}

export interface AxisUnit {
  /** What one step of the axis is, in the unit of the figures. */
  readonly per: number;
  readonly name: string;
}

/** What an axis counts in, so that its numbers are short: per cent, whole tokens, hours. */
export function toAxisUnit({ unit, token }: FigureUnit, largest: number): AxisUnit {
  if (unit === 'ratio') return { per: 0.01, name: '%' };
  if (unit === 'baseUnits')
    return token ? { per: 10 ** token.decimals, name: toClean(token.symbol, 12) } : { per: 1, name: 'base units' };
  if (unit === 'gpuSeconds') return { per: 3_600, name: 'GPU-hours' };
  if (unit === 'seconds') {
    return axisTimes.find(({ per }) => largest >= 2 * per) ?? { per: 1, name: 'seconds' };
  }
  return { per: 1, name: usd[unit] ?? axisNames[unit] ?? '' };
}

const axisTimes: readonly AxisUnit[] = [
  { per: 86_400, name: 'days' },
  { per: 3_600, name: 'hours' },
  { per: 60, name: 'minutes' },
];

const axisNames: Readonly<Record<string, string>> = { gpuHours: 'GPU-hours', points: 'points', index: 'index' };

function formatBaseUnits(value: string, token: FigureUnit['token']): ShownFigure {
  // A mean of base units has a fraction of one.
  const [whole = '0'] = value.split('.');
  if (!token) return { text: toCount(whole), unit: 'base units', exact: value };
  const symbol = toClean(token.symbol, 12);
  const { text, exact } = toAmount(whole, token.decimals);
  return { text, unit: symbol, exact: `${exact} ${symbol}` };
}

/** Shares near one are told to a hundredth; a yield may be above one, a growth below zero. */
function toRatio(value: string): string {
  const share = Number(value);
  if (share < 0) return `−${toShare(-share)}`;
  return share >= 0.9 && share <= 1 ? toUptime(share) : toShare(share);
}

/** Fewer decimals the larger it is. */
function toRounded(value: number): string {
  const size = Math.abs(value);
  const decimals = size >= 1_000 || Number.isInteger(value) ? 0 : size >= 10 ? 1 : 2;
  const [whole = '0', fraction = ''] = value.toFixed(decimals).split('.');
  const kept = fraction.replace(/0+$/, '');
  return kept ? `${toCount(whole)}.${kept}` : toCount(whole);
}
