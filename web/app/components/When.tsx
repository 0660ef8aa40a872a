import { toCount, toDuration, toUtcMinute, toUtcSecond } from '../format.js';
import type { Translate } from '../i18n/text.js';
import { useText } from '../i18n/useText.js';
import { useNow } from '../now.js';

export interface WhenProps {
  readonly at: string;
  /** Given for events of a recorded history, whose clock times are made up: only their order is real. */
  readonly recordedHeight?: string | undefined;
}

/** A moment: absolute in UTC with its age, or its block where the history was recorded without times. */
export function When({ at, recordedHeight }: WhenProps) {
  const now = useNow();
  const t = useText();
  if (recordedHeight !== undefined) return <RecordedOrder height={recordedHeight} />;
  return (
    <span className="when">
      <time dateTime={at} title={toUtcSecond(at)}>
        {toUtcMinute(at)}
      </time>{' '}
      <span className="age">{toAge(at, now, t)}</span>
    </span>
  );
}

export function RecordedOrder({ height }: { readonly height: string }) {
  const t = useText();
  return (
    <span className="when" title={t('This history was recorded without times; blocks give its order only')}>
      {t('block {number}', { number: toCount(height) })} <span className="age">{t('(recorded order)')}</span>
    </span>
  );
}

/** "3 min ago", "in 2 h", "now". */
export function toAge(at: string, now: string, t: Translate): string {
  const seconds = Math.round((Date.parse(at) - Date.parse(now)) / 1_000);
  if (seconds === 0) return t('now');
  const duration = toDuration(Math.abs(seconds));
  return seconds < 0 ? t('{duration} ago', { duration }) : t('in {duration}', { duration });
}
