import { toClean, toCount } from '../format.js';
import { useText } from '../i18n/useText.js';
import { toStatusLabel } from './StatusBadge.js';

export interface TakenBackNoticeProps {
  /** Steps that were shown before and are gone. */
  readonly gone: number;
  readonly status: string;
  readonly statusBefore: string | null;
  /** Last block that still stands, where the API has told of a retraction while the page was open. */
  readonly height: string | null;
}

/** Says, once and aloud, that the chain went a step back; nothing on a page where it did not. */
export function TakenBackNotice({ gone, status, statusBefore, height }: TakenBackNoticeProps) {
  const t = useText();
  const told = gone > 0 || height !== null;
  return (
    <div role="status">
      {told ? (
        <p className="notice notice-warning">
          <strong>
            {height === null
              ? t('The chain has replaced blocks.')
              : t('The chain has replaced the blocks after {height}.', { height: toCount(height) })}
          </strong>{' '}
          {gone > 0
            ? t.count(
                gone,
                'One step of this job was taken back; it is struck through below.',
                '{n} steps of this job were taken back; they are struck through below.',
              )
            : t('What they told of this job has come again in others, or is yet to come.')}
          {statusBefore !== null && statusBefore !== status
            ? ` ${t('It was “{before}” and is “{now}” again.', {
                before: t(toClean(toStatusLabel(statusBefore), 24)),
                now: t(toClean(toStatusLabel(status), 24)),
              })}`
            : null}
        </p>
      ) : null}
    </div>
  );
}
