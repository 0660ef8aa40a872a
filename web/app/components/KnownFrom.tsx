import { parseUrl, toClean, toUtcSecond } from '../format.js';
import { useText } from '../i18n/useText.js';
import { useNow } from '../now.js';
import { toAge } from './When.js';

export interface KnownFromProps {
  readonly source: string;
  readonly observedAt: string;
  readonly freshness: string | null;
  readonly sourceUrl: string | null;
}

/** Where a price is known from, and how long ago that was: a log holds, an answer gets old. */
export function KnownFrom({ source, observedAt, freshness, sourceUrl }: KnownFromProps) {
  const now = useNow();
  const t = useText();
  if (source === 'CHAIN') return <span className="muted">{t('chain')}</span>;
  return (
    <span className="known-from" title={sourceUrl ? toClean(sourceUrl, 200) : undefined}>
      {t('asked of {host}', { host: toHost(sourceUrl) ?? t('its source') })}{' '}
      <time dateTime={observedAt} title={toUtcSecond(observedAt)}>
        {toAge(observedAt, now, t)}
      </time>{' '}
      {freshness === 'STALE' ? (
        <span className="badge badge-mixed" title={t('No answer since: it may have changed')}>
          <span aria-hidden="true">◔</span> {t('stale')}
        </span>
      ) : null}
    </span>
  );
}

function toHost(url: string | null): string | undefined {
  const host = url ? parseUrl(url)?.host : undefined;
  return host ? toClean(host, 48) : undefined;
}
