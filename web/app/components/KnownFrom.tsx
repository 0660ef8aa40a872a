import { parseUrl, toClean, toRelative, toUtcSecond } from '../format.js';
import { useNow } from '../now.js';

export interface KnownFromProps {
  readonly source: string;
  readonly observedAt: string;
  readonly freshness: string | null;
  readonly sourceUrl: string | null;
}

/** Where a price is known from, and how long ago that was: a log holds, an answer gets old. */
export function KnownFrom({ source, observedAt, freshness, sourceUrl }: KnownFromProps) {
  const now = useNow();
  if (source === 'CHAIN') return <span className="muted">chain</span>;
  return (
    <span className="known-from" title={sourceUrl ? toClean(sourceUrl, 200) : undefined}>
      asked of {toHost(sourceUrl)}{' '}
      <time dateTime={observedAt} title={toUtcSecond(observedAt)}>
        {toRelative(observedAt, now)}
      </time>{' '}
      {freshness === 'STALE' ? (
        <span className="badge badge-mixed" title="No answer since: it may have changed">
          <span aria-hidden="true">◔</span> stale
        </span>
      ) : null}
    </span>
  );
}

function toHost(url: string | null): string {
  const host = url ? parseUrl(url)?.host : undefined;
  return host ? toClean(host, 48) : 'its source';
}
