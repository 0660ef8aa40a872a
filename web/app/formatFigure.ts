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
  return { text: toRounded(Number(value)), unit: name, exact: value };
}

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
