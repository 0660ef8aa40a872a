import { key } from '../i18n/text.js';

/** Points of a hundred, a decimal: "93.9", cut, so that 100 means all of them. */
export function toPoints(value: string): string {
  const [whole = '0', fraction = ''] = value.split('.');
  return `${whole}.${fraction.padEnd(1, '0').slice(0, 1)}`;
}

/** What was gained or lost, with its sign, to two places: "+0.25", "−1.30"; what is less stands as about nothing. */
export function toPointsMoved(value: string): string {
  const size = value.replace('-', '');
  const [whole = '0', fraction = ''] = size.split('.');
  const kept = `${whole}.${fraction.padEnd(2, '0').slice(0, 2)}`;
  const sign = value.startsWith('-') ? '−' : '+';
  if (Number(size) === 0) return '0.00';
  return kept === '0.00' ? '≈ 0' : `${sign}${kept}`;
}

/** What the parts of a reputation are called. */
export const partTitles: Readonly<Record<string, string>> = {
  availability: key('Availability'),
  jobSuccess: key('Jobs delivered'),
  promise: key('Deadlines kept'),
  integrity: key('Integrity'),
};

/** How much a reputation stands on. */
export const evidenceTitles: Readonly<Record<string, string>> = {
  none: key('no evidence yet'),
  thin: key('thin evidence'),
  fair: key('fair evidence'),
  strong: key('strong evidence'),
};

/** A share from 0 to 1, a decimal, in per cent to one place, cut. */
export function toPercent(value: string): string {
  const digits = (value.split('.')[1] ?? '').padEnd(3, '0').slice(0, 3);
  const thousandths = Number(value.split('.')[0]) * 1_000 + Number(digits);
  return `${Math.floor(thousandths / 10)}.${thousandths % 10} %`;
}
