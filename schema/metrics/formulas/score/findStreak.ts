import { disputeWeight } from './buyerGroups.js';
import type { ScoreContext } from './createContext.js';
import { isInWindows } from './findCirculation.js';
import type { KnownRows } from './pairSums.js';
import type { Timeline } from './prepareRecord.js';
import { says } from './readOutcome.js';
import { DAY, scoreMethod } from './scoreMethod.js';
import { addToStreak, canStillGrow, startStreak, streakExcess } from './streak.js';
import type { Subject } from './subjects.js';
import { toWeight } from './toWeight.js';

const { window } = scoreMethod.streak;
const LEAST_DECAY = 2 ** (-window / (scoreMethod.failureHalfLifeDays * DAY));

/**
 * By how much Page's sum over the subject's newest outcomes is above what costs nothing. Newest first, each group of buyers up to
 * what may count of it: so one more success can only lower the sum, and one more failure only raise it. Reads the groups of buyers
 * as `collectEvidence` left them, and uses up their caps; `failure` is the decayed weight of all failures that count.
 */
export function findStreak(
  context: ScoreContext,
  subject: Subject,
  { known, failure }: { readonly known: KnownRows; readonly failure: number },
): number {
  // In the window failures have lost so much at most: fewer cannot make a streak that costs anything.
  if (!canStillGrow(startStreak(), failure / LEAST_DECAY)) return 0;
  const { prepared, groups } = context;
  const streak = startStreak();
  const timeline = mergeTimelines(prepared.timelines, subject.providers);
  const { rows } = timeline;
  const last = countBelow(rows, (row) => (known.appear[row] ?? 0) < known.limit) - 1;
  const first = countBelow(rows, (row) => known.decayAt - (prepared.rows.appear[row] ?? 0) > window);
  const failuresBefore = timeline.failures[first] ?? 0;
  for (let index = last; index >= first; index -= 1) {
    if (!canStillGrow(streak, (timeline.failures[index + 1] ?? 0) - failuresBefore)) break;
    const row = rows[index] ?? 0;
    const group = findGroup(context, subject, { row, known });
    if (group === -1) continue;
    const what = prepared.rows.says[row] ?? 0;
    const isSuccess = (what & says.success) !== 0;
    const share = (what & says.lostDispute) !== 0 ? disputeWeight(groups, group) : 1;
    const caps = isSuccess ? groups.cap : groups.capAgainst;
    const weight = Math.min(toWeight((prepared.rows.weight[row] ?? 0) * share), caps[group] ?? 0);
    caps[group] = (caps[group] ?? 0) - weight;
    addToStreak(streak, isSuccess, weight);
  }
  return streakExcess(streak);
}

/** The group of buyers that a row counts for; -1 where it counts for nothing. */
function findGroup(
  { prepared, links, circulation, groups, at }: ScoreContext,
  subject: Subject,
  { row, known }: { readonly row: number; readonly known: KnownRows },
): number {
  const pair = prepared.rows.pair[row] ?? 0;
  if ((known.vanish[row] ?? 0) < known.limit || subject.isLinked[pair] === 1) return -1;
  if (isInWindows(circulation[pair] ?? 0, at - (prepared.rows.appear[row] ?? 0))) return -1;
  return groups.groupOf[links.clusterOf[prepared.pairs.buyer[pair] ?? 0] ?? 0] ?? -1;
}

function mergeTimelines(timelines: readonly Timeline[], providers: readonly number[]): Timeline {
  const all = providers.map((provider) => timelines[provider]).filter((timeline) => timeline !== undefined);
  const [only] = all;
  if (only !== undefined && all.length === 1) return only;
  const entries = all.flatMap(({ rows, places, failures }) =>
    Array.from(rows, (row, index) => ({
      row,
      place: places[index] ?? 0,
      isFailure: (failures[index + 1] ?? 0) > (failures[index] ?? 0),
    })),
  );
  entries.sort((one, other) => one.place - other.place);
  const failures = new Int32Array(entries.length + 1);
  entries.forEach(({ isFailure }, index) => {
    failures[index + 1] = (failures[index] ?? 0) + (isFailure ? 1 : 0);
  });
  return {
    rows: Int32Array.from(entries, ({ row }) => row),
    places: Int32Array.from(entries, ({ place }) => place),
    failures,
  };
}

/** How many rows at the beginning fulfil what holds for a beginning of them. */
function countBelow(rows: Int32Array, isBelow: (row: number) => boolean): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBelow(rows[middle] ?? 0)) low = middle + 1;
    else high = middle;
  }
  return low;
}
