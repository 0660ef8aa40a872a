import { toCount } from '../format.js';

export interface TaskCountProps {
  readonly completed: number;
  readonly failed: number;
  readonly volume: number;
}

/** "3 of 5", with the failed named: those still running are neither. */
export function TaskCount({ completed, failed, volume }: TaskCountProps) {
  return (
    <span className="nowrap">
      {toCount(completed)} of {toCount(volume)}
      {failed > 0 ? <span className="bad"> · {toCount(failed)} failed</span> : null}
    </span>
  );
}
