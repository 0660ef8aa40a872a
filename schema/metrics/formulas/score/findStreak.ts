import { disputeWeight } from './buyerGroups.js';
import type { ScoreContext } from './createContext.js';
import { isInWindows } from './findCirculation.js';
import type { KnownRows } from './pairSums.js';
import { says } from './readOutcome.js';
import { DAY, scoreMethod } from './scoreMethod.js';
import { addToStreak, canStillGrow, startStreak, streakExcess } from './streak.js';
import type { Subject } from './subjects.js';
import { countBefore, JOB, type Timeline } from './Timeline.js';
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
  const { groups } = context;
  const streak = startStreak();
  const newest = toNewest(context, subject, known);
  for (let index = newest.count - 1; index >= 0; index -= 1) {
    if (!canStillGrow(streak, newest.failuresBefore(index + 1))) break;
    const view = newest.viewOf(index);
    const row = newest.rowOf(index);
    const what = view?.timeline.says[row] ?? 0;
    if (view === undefined || (what & JOB) === 0) continue;
    const group = findGroup(context, view, row);
    if (group === -1) continue;
    const isSuccess = (what & says.success) !== 0;
    const share = (what & says.lostDispute) !== 0 ? disputeWeight(groups, group) : 1;
    const caps = isSuccess ? groups.cap : groups.capAgainst;
    const weight = Math.min(toWeight((view.timeline.weight[row] ?? 0) * share), caps[group] ?? 0);
    caps[group] = (caps[group] ?? 0) - weight;
    addToStreak(streak, isSuccess, weight);
  }
  return streakExcess(streak);
}

/** A provider's rows as they are seen for a subject. */
interface View {
  readonly timeline: Timeline;
  readonly vanish: Float64Array;
  readonly limit: number;
  readonly linked: Uint8Array | undefined;
  readonly circulation: Uint16Array | undefined;
  /** Its rows of the window that are known. */
  readonly first: number;
  readonly end: number;
}

/** A subject's rows of the window that are known, in the order of time; nothing is made for each of them. */
interface Newest {
  readonly count: number;
  readonly viewOf: (index: number) => View | undefined;
  readonly rowOf: (index: number) => number;
  /** How many of those before it say something against the subject. */
  readonly failuresBefore: (index: number) => number;
}

function toNewest(context: ScoreContext, subject: Subject, known: KnownRows): Newest {
  const views = subject.providers.flatMap((provider): View[] => {
    const timeline = context.prepared.timelines[provider];
    if (timeline === undefined) return [];
    const { appear, vanish } = known.ranks?.get(provider) ?? timeline;
    return [
      {
        ...{ timeline, vanish, limit: known.limit },
        ...{ linked: subject.isLinked[provider], circulation: context.circulation[provider] },
        first: countBefore(timeline, known.decayAt - window),
        end: countBefore({ appear, count: timeline.count }, known.limit),
      },
    ];
  });
  const [only, ...others] = views;
  if (only === undefined || others.length > 0) return mergeViews(views);
  const { first, end } = only;
  const { failures } = only.timeline;
  const before = failures[first] ?? 0;
  return {
    count: end - first,
    viewOf: () => only,
    rowOf: (index) => first + index,
    failuresBefore: (index) => (failures[first + index] ?? 0) - before,
  };
}

/** Of several providers, those rows that judge jobs, by their places. */
function mergeViews(views: readonly View[]): Newest {
  const rows: { readonly view: View; readonly row: number }[] = [];
  for (const view of views) {
    for (let row = view.first; row < view.end; row += 1) {
      if (((view.timeline.says[row] ?? 0) & JOB) !== 0) rows.push({ view, row });
    }
  }
  rows.sort((one, other) => (one.view.timeline.place[one.row] ?? 0) - (other.view.timeline.place[other.row] ?? 0));
  const failures = new Int32Array(rows.length + 1);
  rows.forEach(({ view, row }, index) => {
    const isFailure = ((view.timeline.says[row] ?? 0) & says.success) === 0;
    failures[index + 1] = (failures[index] ?? 0) + (isFailure ? 1 : 0);
  });
  return {
    count: rows.length,
    viewOf: (index) => rows[index]?.view,
    rowOf: (index) => rows[index]?.row ?? 0,
    failuresBefore: (index) => failures[index] ?? 0,
  };
}

/** The group of buyers that a row counts for; -1 where it counts for nothing. */
function findGroup({ links, groups, at }: ScoreContext, view: View, row: number): number {
  const { timeline, linked, circulation } = view;
  const pair = timeline.pair[row] ?? 0;
  if ((view.vanish[row] ?? 0) < view.limit || linked?.[pair] === 1) return -1;
  if (circulation !== undefined && isInWindows(circulation[pair] ?? 0, at - (timeline.appear[row] ?? 0))) return -1;
  return groups.groupOf[links.clusterOf[timeline.buyer[pair] ?? 0] ?? 0] ?? -1;
}
