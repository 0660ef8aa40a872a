import { toClean, toCount } from '../format.js';
import { ShortId } from './ShortId.js';

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
}

/** The events behind a job as the chain has them; those without a meaning of ours are shown too, and named so. */
export function EventList({ events, hasMore }: EventListProps) {
  return (
    <details className="events">
      <summary>Raw events ({hasMore ? `the first ${toCount(events.length)}` : toCount(events.length)})</summary>
      <ol>
        {events.map((event) => (
          <li key={event.id}>
            <p>
              <strong>{toClean(event.name, 60)}</strong>{' '}
              <span className="muted">
                {event.kind === 'unmapped' ? 'not interpreted' : toClean(event.kind, 40)} · block{' '}
                {toCount(event.height)}
              </span>{' '}
              · contract <ShortId id={event.address} /> · transaction <ShortId id={event.transaction} />
            </p>
            <pre>{event.args}</pre>
          </li>
        ))}
      </ol>
    </details>
  );
}
