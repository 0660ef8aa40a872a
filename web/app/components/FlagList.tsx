import { toCounted, toUtcMinute } from '../format.js';

export interface Flag {
  readonly reason: string;
  /** A sentence. */
  readonly text: string;
  readonly from: string;
  readonly to: string;
  readonly slots: number;
}

/** What is odd about beats, each with its sentence and when it was seen; nothing where nothing is. */
export function FlagList({ flags }: { readonly flags: readonly Flag[] }) {
  if (flags.length === 0) return null;
  return (
    <ul className="plain flags">
      {flags.map((flag) => (
        <li key={flag.reason}>
          <span className="badge badge-bad">
            <span aria-hidden="true">!</span> flagged
          </span>{' '}
          {flag.text}{' '}
          <span className="age">
            {toCounted(flag.slots, 'minute')}, last {toUtcMinute(flag.to)} UTC
          </span>
        </li>
      ))}
    </ul>
  );
}
