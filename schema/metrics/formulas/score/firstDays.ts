import type { Links } from './createLinkFinder.js';
import { type Circulation, isInWindows } from './findCirculation.js';
import type { PreparedRecord } from './prepareRecord.js';
import { says } from './readOutcome.js';
import { scoreMethod } from './scoreMethod.js';
import { countBefore, JOB, type Timeline } from './Timeline.js';
import { toWeight } from './toWeight.js';

/** Weights for and against. */
export interface Tally {
  good: number;
  bad: number;
}

export interface FirstDays {
  readonly jobs: Tally;
  readonly promises: Tally;
}

/** First days that are over and of which no word was taken back: they hold as long as the same accounts are linked. */
export interface SettledDays {
  readonly links: Links;
  readonly days: FirstDays;
}

export interface FirstDaysView {
  readonly links: Links;
  readonly circulation: Circulation;
  readonly at: number;
}

const nothing: FirstDays = { jobs: { good: 0, bad: 0 }, promises: { good: 0, bad: 0 } };

/**
 * What each provider that was first seen within the year did in its first thirty days: without decay, each group of buyers up to ten of
 * each kind. Buyers' history elsewhere is not asked for: it is made of others' outcomes, and nobody's outcomes shall move the prior that stands
 * in for them. Promises that are overdue are not settled and not in it.
 */
export function findFirstDays(prepared: PreparedRecord, view: FirstDaysView): FirstDays[] {
  const isQuiet = view.circulation.length === 0;
  return prepared.providers.map(({ bornAt }, provider) => {
    if (bornAt >= view.at || bornAt < view.at - scoreMethod.memory) return nothing;
    const until = bornAt + scoreMethod.panel.firstDays;
    const canBeSettled = isQuiet && until <= view.at;
    const settled = prepared.firstDays[provider];
    if (canBeSettled && settled?.links === view.links) return settled.days;
    const { days, isFinal } = toFirstDays(prepared, view, { provider, until });
    if (canBeSettled && isFinal) prepared.firstDays[provider] = { links: view.links, days };
    return days;
  });
}

function toFirstDays(
  prepared: PreparedRecord,
  view: FirstDaysView,
  { provider, until }: { readonly provider: number; readonly until: number },
): { readonly days: FirstDays; readonly isFinal: boolean } {
  const timeline = prepared.timelines[provider];
  const jobs = new Map<number, Tally>();
  const promises = new Map<number, Tally>();
  let isFinal = true;
  const end = timeline === undefined ? 0 : countBefore(timeline, Math.min(until, view.at));
  for (let row = 0; row < end && timeline !== undefined; row += 1) {
    const what = timeline.says[row] ?? 0;
    if ((what & JOB) === 0) continue;
    const time = timeline.appear[row] ?? 0;
    isFinal &&= timeline.vanish[row] === Number.POSITIVE_INFINITY && time >= until - scoreMethod.panel.firstDays;
    if (!countsInPanel(timeline, view, { provider, row })) continue;
    const weight = toWeight(timeline.weight[row] ?? 0);
    const cluster = view.links.clusterOf[timeline.buyer[timeline.pair[row] ?? 0] ?? 0] ?? 0;
    addTally(jobs, cluster, { good: what & says.success, bad: what & (says.failure | says.lostDispute), weight });
    addTally(promises, cluster, { good: what & says.kept, bad: what & says.missed, weight });
  }
  return { days: { jobs: capTallies(jobs), promises: capTallies(promises) }, isFinal };
}

function countsInPanel(
  { appear, vanish, pair: pairOf }: Timeline,
  { links, circulation, at }: FirstDaysView,
  { provider, row }: { readonly provider: number; readonly row: number },
): boolean {
  const pair = pairOf[row] ?? 0;
  const age = at - (appear[row] ?? 0);
  if ((vanish[row] ?? 0) < at || age > scoreMethod.memory || links.isLinked[provider]?.[pair] === 1) return false;
  return !isInWindows(circulation[provider]?.[pair] ?? 0, age);
}

function addTally(
  tallies: Map<number, Tally>,
  cluster: number,
  row: { readonly good: number; readonly bad: number; readonly weight: number },
): void {
  if (row.good + row.bad === 0) return;
  const tally = tallies.get(cluster) ?? { good: 0, bad: 0 };
  if (row.good !== 0) tally.good += row.weight;
  if (row.bad !== 0) tally.bad += row.weight;
  tallies.set(cluster, tally);
}

function capTallies(tallies: ReadonlyMap<number, Tally>): Tally {
  const sum = { good: 0, bad: 0 };
  for (const { good, bad } of tallies.values()) {
    sum.good += Math.min(scoreMethod.buyerCap, good);
    sum.bad += Math.min(scoreMethod.buyerCap, bad);
  }
  return sum;
}
