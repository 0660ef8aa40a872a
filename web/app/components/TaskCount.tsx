import { toCount } from '../format.js';
import { useText } from '../i18n/useText.js';

export interface TaskCountProps {
  readonly completed: number;
  readonly failed: number;
  readonly volume: number;
}

/** "3 of 5", with the failed named: those still running are neither. */
export function TaskCount({ completed, failed, volume }: TaskCountProps) {
  const t = useText();
  return (
    <span className="nowrap">
      {t('{n} of {all}', { n: toCount(completed), all: toCount(volume) })}
      {failed > 0 ? <span className="bad"> · {t('{n} failed', { n: toCount(failed) })}</span> : null}
    </span>
  );
}
