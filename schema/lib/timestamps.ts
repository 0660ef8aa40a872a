/**
 * Timestamps between Postgres, JavaScript and text. An answer of a hundred rows bears hundreds of them: what the platform and `pg` bring
 * for them takes several times as long, and says the same.
 */

/** Of timestamptz as Postgres writes it in UTC, such as "2026-01-31 12:00:00.123456+00"; undefined: it is written in another way. */
export function parseUtc(text: string): Date | undefined {
  const { length } = text;
  const isUtc = length >= 22 && length <= 29 && text.endsWith('+00') && text[4] === '-' && text[10] === ' ';
  if (!isUtc || text < '0100') return undefined;
  const year = toTwo(text, 0) * 100 + toTwo(text, 2);
  const ms = length === 22 ? 0 : Number(text.slice(20, Math.min(length - 3, 23)).padEnd(3, '0'));
  const month = toTwo(text, 5) - 1;
  return new Date(Date.UTC(year, month, toTwo(text, 8), toTwo(text, 11), toTwo(text, 14), toTwo(text, 17), ms));
}

const ZERO = 48;

function toTwo(text: string, at: number): number {
  return (text.charCodeAt(at) - ZERO) * 10 + text.charCodeAt(at + 1) - ZERO;
}

const DAY_MS = 86_400_000;
/** Rows of a page lie close to each other: the day of the last one is mostly that of the next. */
let lastDay = Number.NaN;
let lastDate = '';

/** ISO 8601 in UTC with milliseconds, as `toISOString`, which throws where the date is none. */
export function toIso(date: Date): string {
  const time = date.getTime();
  const day = Math.floor(time / DAY_MS);
  if (day !== lastDay) {
    lastDate = date.toISOString().slice(0, -'00:00:00.000Z'.length);
    lastDay = day;
  }
  const ms = time - day * DAY_MS;
  const seconds = Math.floor(ms / 1_000);
  const minutes = Math.floor(seconds / 60);
  const rest = ms % 1_000;
  const fraction = rest === 0 ? '000' : String(rest).padStart(3, '0');
  return `${lastDate}${two[Math.floor(minutes / 60)]}:${two[minutes % 60]}:${two[seconds % 60]}.${fraction}Z`;
}

const two = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));
