import { toCount, toShare, toUptime } from '../format.js';
import { NoValue } from './Missing.js';

export interface UptimeCounts {
  readonly up: string;
  readonly known: string;
  readonly expected: string;
  readonly uptimeRaw: number | null;
}

export interface UptimeProps {
  readonly counts: UptimeCounts & { readonly days: number; readonly ofDays: number };
}

/** "99.93 %" over "3 of 30 days": a share never stands without how much of the time is behind it. */
export function Uptime({ counts }: UptimeProps) {
  const { uptimeRaw, days, ofDays } = counts;
  if (uptimeRaw === null) return <NoValue reason="Nothing is settled yet: an hour counts ten minutes after its end" />;
  return (
    <span className="stacked" title={toMinutes(counts)}>
      <span>{toUptime(uptimeRaw)}</span> <span className="age">{toCoverage(days, ofDays)}</span>
    </span>
  );
}

export function toCoverage(days: number, ofDays: number): string {
  return days < ofDays ? `${days} of ${ofDays} days` : `${ofDays} days`;
}

/** "43,170 of 43,200 minutes up"; with what was due and could not be seen, where there is any. */
export function toMinutes({ up, known, expected }: UptimeCounts): string {
  const unknown = Number(expected) - Number(known);
  const text = `${toCount(up)} of ${toCount(known)} known minutes up`;
  return unknown > 0 ? `${text}, ${toCount(unknown)} more unknown (${toShare(unknown / Number(expected))})` : text;
}
