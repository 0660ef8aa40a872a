import { slotStartMs } from '../../../schema/heartbeat/slots.js';
import type { Run } from './collectorQueries.js';
import type { CollectorOutage } from './HeartbeatStatus.js';

/** As readers see them. One that reaches `lastSlot`, the last that is over, goes on unless there has been a sign of life since. */
export function toOutages(
  runs: readonly Run[],
  { lastSlot, isBack }: { readonly lastSlot: number; readonly isBack: boolean },
): CollectorOutage[] {
  return runs.map(({ fromSlot, toSlot }) => ({
    from: new Date(slotStartMs(fromSlot)),
    to: toSlot >= lastSlot && !isBack ? null : new Date(slotStartMs(toSlot + 1)),
    minutes: toSlot - fromSlot + 1,
  }));
}

/** The slots that lie in a run of every list; lists are in order of time. Of no lists there are none. */
export function intersectRuns(lists: readonly (readonly Run[])[]): readonly Run[] {
  const [first, ...others] = lists;
  return others.reduce<readonly Run[]>((common, list) => common.flatMap((run) => cutRun(run, list)), first ?? []);
}

function cutRun(run: Run, list: readonly Run[]): readonly Run[] {
  return list
    .map((other) => ({
      fromSlot: Math.max(run.fromSlot, other.fromSlot),
      toSlot: Math.min(run.toSlot, other.toSlot),
    }))
    .filter(({ fromSlot, toSlot }) => fromSlot <= toSlot);
}
