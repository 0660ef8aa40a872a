import { toUtcMinute } from '../format.js';
import { useText } from '../i18n/useText.js';

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
  const t = useText();
  if (flags.length === 0) return null;
  return (
    <ul className="plain flags">
      {flags.map((flag) => (
        <li key={flag.reason}>
          <span className="badge badge-bad">
            <span aria-hidden="true">!</span> {t('flagged')}
          </span>{' '}
          {flag.text}{' '}
          <span className="age">
            {t.count(flag.slots, '{n} minute, last {time} UTC', '{n} minutes, last {time} UTC', {
              time: toUtcMinute(flag.to),
            })}
          </span>
        </li>
      ))}
    </ul>
  );
}
