import { toCount, toShare, toUptime } from '../format.js';
import type { Translate } from '../i18n/text.js';
import { useText } from '../i18n/useText.js';
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
  const t = useText();
  const { uptimeRaw, days, ofDays } = counts;
  if (uptimeRaw === null)
    return <NoValue reason={t('Nothing is settled yet: an hour counts ten minutes after its end')} />;
  return (
    <span className="stacked" title={toMinutes(t, counts)}>
      <span>{toUptime(uptimeRaw)}</span> <span className="age">{toCoverage(t, days, ofDays)}</span>
    </span>
  );
}

export function toCoverage(t: Translate, days: number, ofDays: number): string {
  return days < ofDays ? t('{days} of {all} days', { days, all: ofDays }) : t('{days} days', { days: ofDays });
}

/** "43,170 of 43,200 minutes up"; with what was due and could not be seen, where there is any. */
export function toMinutes(t: Translate, { up, known, expected }: UptimeCounts): string {
  const unknown = Number(expected) - Number(known);
  const values = { up: toCount(up), known: toCount(known) };
  return unknown > 0
    ? t('{up} of {known} known minutes up, {unknown} more unknown ({share})', {
        ...values,
        unknown: toCount(unknown),
        share: toShare(unknown / Number(expected)),
      })
    : t('{up} of {known} known minutes up', values);
}
