import { toCount, toRelative, toUtcMinute, toUtcSecond } from '../format.js';
import { useNow } from '../now.js';

export interface WhenProps {
  readonly at: string;
  /** Given for events of a recorded history, whose clock times are made up: only their order is real. */
  readonly recordedHeight?: string | undefined;
}

/** A moment: absolute in UTC with its age, or its block where the history was recorded without times. */
export function When({ at, recordedHeight }: WhenProps) {
  const now = useNow();
  if (recordedHeight !== undefined) return <RecordedOrder height={recordedHeight} />;
  return (
    <span className="when">
      <time dateTime={at} title={toUtcSecond(at)}>
        {toUtcMinute(at)}
      </time>{' '}
      <span className="age">{toRelative(at, now)}</span>
    </span>
  );
}

export function RecordedOrder({ height }: { readonly height: string }) {
  return (
    <span className="when" title="This history was recorded without times; blocks give its order only">
      block {toCount(height)} <span className="age">(recorded order)</span>
    </span>
  );
}
