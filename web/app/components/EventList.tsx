import { toClean, toCount } from '../format.js';
import { useText } from '../i18n/useText.js';
import { ExplorerLink } from './ExplorerLink.js';

export interface EventRow {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly address: string;
  readonly transaction: string;
  readonly height: string;
  /** As indented text, cut to a length that a page can bear. */
  readonly args: string;
}

export interface EventListProps {
  readonly events: readonly EventRow[];
  /** The chain has more of them than these. */
  readonly hasMore: boolean;
  /** Of the chain. */
  readonly explorer: string | null;
}

/** The events behind a job as the chain has them; those without a meaning of ours are shown too, and named so. */
export function EventList({ events, hasMore, explorer }: EventListProps) {
  const t = useText();
  const unmapped = events.filter(isUnmapped).length;
  return (
    <details className="events">
      <summary>
        {hasMore
          ? t('Raw events (the first {n})', { n: toCount(events.length) })
          : t('Raw events ({n})', { n: toCount(events.length) })}
        {unmapped > 0 ? ` · ${t('{n} not interpreted', { n: toCount(unmapped) })}` : null}
      </summary>
      <ol>
        {events.map((event) => (
          <li key={event.id}>
            <p>
              <strong>{toClean(event.name, 60)}</strong>{' '}
              <span className="muted">
                {isUnmapped(event) ? t('not interpreted') : toClean(event.kind, 40)} · {t('block')}{' '}
                {toCount(event.height)}
              </span>{' '}
              · {t('contract')} <ExplorerLink explorer={explorer} kind="address" id={event.address} /> ·{' '}
              {t('transaction')} <ExplorerLink explorer={explorer} kind="tx" id={event.transaction} />
            </p>
            <pre>{event.args}</pre>
          </li>
        ))}
      </ol>
    </details>
  );
}

/** The protocol has given it no meaning here: it is shown as the chain has it. */
function isUnmapped({ kind }: EventRow): boolean {
  return kind === 'unmapped';
}
