import { slotStartMs } from '../../../schema/heartbeat/slots.js';
import type { ObserverRow, Run } from './collectorQueries.js';
import type { HeartbeatObserver, HeartbeatStatus } from './HeartbeatStatus.js';
import { intersectRuns, toOutages } from './toOutages.js';

export type ObserverAnswer = HeartbeatObserver & { readonly observer: number };

/**
 * `runs` are the minutes up to `lastSlot` in which an observer was away, each from its own first minute on. Who has never
 * observed is no part of what all of them missed.
 */
export function toStatus({
  observers,
  runs,
  lastSlot,
}: {
  readonly observers: readonly ObserverRow[];
  readonly runs: readonly (Run & { readonly observer: number })[];
  readonly lastSlot: number;
}): HeartbeatStatus {
  const begun = observers.filter(({ firstSlot }) => firstSlot !== null);
  const runsOf = (observer: number) => runs.filter((run) => run.observer === observer);
  const first = Math.min(...begun.map(({ firstSlot }) => firstSlot ?? lastSlot));
  // Before an observer began it was away as well, while others were there already.
  const common = intersectRuns(
    begun.map(({ observer, firstSlot }) => [
      ...((firstSlot ?? first) > first ? [{ fromSlot: first, toSlot: (firstSlot ?? first) - 1 }] : []),
      ...runsOf(observer),
    ]),
  );
  const outages = toOutages(common, { lastSlot, isBack: begun.some((row) => isBack(row, lastSlot)) });
  return {
    down: begun.length === 0 ? null : outages.some(({ to }) => to === null),
    outages,
    observers: observers.map((row) => toObserver(row, runsOf(row.observer), lastSlot)),
  };
}

function toObserver(row: ObserverRow, runs: readonly Run[], lastSlot: number): ObserverAnswer {
  const { observer, name, networkGroup, firstSlot, lastSlot: lastAlive } = row;
  const outages = toOutages(runs, { lastSlot, isBack: isBack(row, lastSlot) });
  return {
    ...{ observer, name, networkGroup, outages },
    alive: firstSlot === null ? null : outages.every(({ to }) => to !== null),
    since: firstSlot === null ? null : new Date(slotStartMs(firstSlot)),
    lastAlive: lastAlive === null ? null : new Date(slotStartMs(lastAlive)),
  };
}

/** Whether it was alive at all since the last minute that is over. */
function isBack({ lastSlot: lastAlive }: ObserverRow, lastSlot: number): boolean {
  return lastAlive !== null && lastAlive > lastSlot;
}
