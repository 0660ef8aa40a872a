import { toClean, toCount } from '../format.js';
import { ShortId } from './ShortId.js';

export interface EventRow {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly address: string;
  readonly transaction: string;
  readonly height: string;
  readonly args: unknown;
}

const MAX_ARGS = 2_000;

/** The events behind a job as the chain has them; those without a meaning of ours are shown too, and named so. */
export function EventList({ events }: { readonly events: readonly EventRow[] }) {
  return (
    <details className="events">
      <summary>Raw events ({toCount(events.length)})</summary>
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
            <pre>{toArgsText(event.args)}</pre>
          </li>
        ))}
      </ol>
    </details>
  );
}

function toArgsText(args: unknown): string {
  const lines = (JSON.stringify(args, null, 2) ?? '').slice(0, MAX_ARGS).split('\n');
  return lines.map((line) => line.match(/^ */)?.[0] + toClean(line, 400)).join('\n');
}
