/**
 * Every number, name and time as it is shown. Pure and independent of locale and clock, so that the server and the
 * browser write the same text. Amounts stay bigint from base units to the last digit.
 */

export interface ShownAmount {
  readonly text: string;
  /** All digits, for the title. */
  readonly exact: string;
}

/** Base units to a decimal: fewer decimals the larger it is, never more than 4 significant ones. */
export function toAmount(baseUnits: string, decimals: number): ShownAmount {
  const value = BigInt(baseUnits);
  const size = value < 0n ? -value : value;
  const sign = value < 0n ? '−' : '';
  const kept = toKeptDecimals(size, decimals);
  const rounded = roundHalfUp(size, 10n ** BigInt(decimals - kept));
  return { text: sign + toDecimal(rounded, kept), exact: sign + toDecimal(size, decimals) };
}

/** A decimal such as `0.0425`: cents from a dollar on, 4 significant digits below, all of them for the title. */
export function toUsdAmount(value: string): ShownAmount {
  const [whole = '0', fraction = ''] = value.split('.');
  const { text, exact } = toAmount(whole + fraction, fraction.length);
  const size = whole.replace('-', '');
  if (size === '0' || fraction.length <= 2) return { text, exact };
  const cents = roundHalfUp(BigInt(size + fraction), 10n ** BigInt(fraction.length - 2));
  return { text: `${value.startsWith('-') ? '−' : ''}${toDecimal(cents, 2)}`, exact };
}

function toKeptDecimals(size: bigint, decimals: number): number {
  const one = 10n ** BigInt(decimals);
  if (size >= 1_000_000n * one) return 0;
  if (size >= 100n * one) return Math.min(2, decimals);
  if (size >= one || size === 0n) return Math.min(4, decimals);
  const leadingZeros = decimals - size.toString().length;
  return Math.min(leadingZeros + 4, decimals);
}

function roundHalfUp(value: bigint, unit: bigint): bigint {
  return (value + unit / 2n) / unit;
}

function toDecimal(units: bigint, decimals: number): string {
  const digits = units.toString().padStart(decimals + 1, '0');
  const whole = groupThousands(digits.slice(0, digits.length - decimals));
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '');
  return fraction ? `${whole}.${fraction}` : whole;
}

const SHORTENED = /\b(ai|cpu|cu|gpu|id|tee|uri|url|usd)\b/g;

/** A protocol's own name of a thing as words: `rewardCut` is "Reward cut". */
export function toLabel(name: string): string {
  const words = toClean(name, 40)
    .replace(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, ' ')
    .toLowerCase()
    .replace(SHORTENED, (word) => word.toUpperCase());
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** "1 task", "1,200 tasks". */
export function toCounted(count: string | number, noun: string): string {
  return `${toCount(count)} ${String(count) === '1' ? noun : `${noun}s`}`;
}

/** A whole number with thousands separators. */
export function toCount(value: string | number): string {
  const text = String(value);
  return text.startsWith('-') ? `−${groupThousands(text.slice(1))}` : groupThousands(text);
}

function groupThousands(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',');
}

/** "37 of 40": how many of those that ended did so well; undefined while none has ended or nothing is recorded. */
export function toOutcome(completed: string | null, failed: string | null): string | undefined {
  if (completed === null || failed === null) return undefined;
  const ended = BigInt(completed) + BigInt(failed);
  return ended === 0n ? undefined : `${toCount(completed)} of ${toCount(ended.toString())}`;
}

/** Amount × count, both whole; used for a price agreed for several tasks. */
export function toProduct(baseUnits: string, count: number): string {
  return (BigInt(baseUnits) * BigInt(count)).toString();
}

const HEX = /^0x[0-9a-f]{12,}$/i;

/** An address, a hash or the like, too long to read. */
export function isHex(text: string): boolean {
  return HEX.test(text);
}

/** 0x1234…abcd for long hex, the cleaned text for anything else. */
export function toShort(id: string): string {
  return isHex(id) ? `${id.slice(0, 6)}…${id.slice(-4)}` : toClean(id, 24);
}

// Controls, and what reorders text, hides in it or looks like nothing (fillers, tags, variation selectors, blanks such
// as the empty Braille cell): a name must not look like another one, nor like none.
const DECEPTIVE = /[\p{Cc}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800\ufff9-\ufffb]/gu;
// Marks without a letter, and more than two on one, which would climb over the lines around.
const PILED_MARKS = /(?<=^|\s)\p{M}+|(?<=\p{M}{2})\p{M}+/gu;

/** Nothing of printable ASCII in single spaces deceives: most texts are so, and lists have hundreds. */
const PLAIN = /^[!-~]+(?: [!-~]+)*$/;

/** A string somebody put on a chain, made safe to show on one line. */
export function toClean(text: string, maxLength = 80): string {
  if (text.length <= maxLength && PLAIN.test(text)) return text;
  const visible = text.slice(0, 4_000).replace(/\s+/g, ' ').replace(DECEPTIVE, '');
  const line = visible.replace(PILED_MARKS, '').replace(/ +/g, ' ').trim();
  const characters = [...line];
  return characters.length <= maxLength ? line : `${characters.slice(0, maxLength - 1).join('')}…`;
}

/** The address behind a URI if following it is harmless, else undefined: the URI is then text only. */
export function toWebAddress(uri: string): string | undefined {
  if (!/^https?:\/\//i.test(uri) || uri.length > 2_000) return undefined;
  return parseUrl(uri)?.href;
}

/** `URL.canParse` errs about names with umlauts once Node 20 has optimised it. */
export function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

/** "2026-11-21 05:00". All times are UTC and the heading beside them says so. */
export function toUtcMinute(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)}`;
}

/** "2026-11-21 05:00:07 UTC" */
export function toUtcSecond(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;
}

/** "3 min ago", "in 2 h", "now". */
export function toRelative(iso: string, now: string): string {
  const seconds = Math.round((Date.parse(iso) - Date.parse(now)) / 1_000);
  if (seconds === 0) return 'now';
  const duration = toDuration(Math.abs(seconds));
  return seconds < 0 ? `${duration} ago` : `in ${duration}`;
}

const UNITS = [
  { name: 'd', seconds: 86_400 },
  { name: 'h', seconds: 3_600 },
  { name: 'min', seconds: 60 },
] as const;

/** The largest unit of which there are at least two, rounded down: "95 s", "3 min", "47 h", "12 d". */
export function toDuration(seconds: number): string {
  const unit = UNITS.find((one) => seconds >= 2 * one.seconds);
  return unit ? `${toCount(Math.floor(seconds / unit.seconds))} ${unit.name}` : `${seconds} s`;
}

const SIZES = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** Bytes in the largest decimal unit of which there is one: "980 B", "1.2 MB". */
export function toSize(bytes: string | number): string {
  let value = Number(bytes);
  let unit = 0;
  while (value >= 1_000 && unit < SIZES.length - 1) {
    value /= 1_000;
    unit += 1;
  }
  return `${unit > 0 && value < 100 ? value.toFixed(1) : toCount(Math.round(value))} ${SIZES[unit]}`;
}

/** "99.9 %": cut, not rounded, so that 100 % means all of it. */
export function toShare(share: number): string {
  const tenths = Math.floor(Number((share * 1_000).toFixed(6)));
  return `${tenths % 10 === 0 ? tenths / 10 : (tenths / 10).toFixed(1)} %`;
}

/** "99.93 %": cut, not rounded, so that 100 % means every minute. */
export function toUptime(share: number): string {
  const hundredths = Math.floor(Number((share * 10_000).toFixed(6)));
  return `${hundredths % 100 === 0 ? hundredths / 100 : (hundredths / 100).toFixed(2)} %`;
}

/** A time in microseconds as milliseconds: "0.4 ms", "38 ms". */
export function toMilliseconds(microseconds: number): string {
  const ms = microseconds / 1_000;
  return `${ms < 10 ? ms.toFixed(1) : toCount(Math.round(ms))} ms`;
}
