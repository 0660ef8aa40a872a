import type { Links } from './createLinkFinder.js';
import { isInWindows } from './findCirculation.js';
import type { PreparedRecord } from './prepareRecord.js';
import { says } from './readOutcome.js';
import { scoreMethod } from './scoreMethod.js';
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
  readonly circulation: Uint16Array;
  readonly at: number;
}

const nothing: FirstDays = { jobs: { good: 0, bad: 0 }, promises: { good: 0, bad: 0 } };

/**
 * What each provider that was first seen within the year did in its first thirty days: without decay, each group of buyers up to ten of
 * each kind. Buyers' history elsewhere is not asked for: it is made of others' outcomes, and nobody's outcomes shall move the prior that stands
 * in for them. Promises that are overdue are not settled and not in it.
 */
export function findFirstDays(prepared: PreparedRecord, view: FirstDaysView): FirstDays[] {
  const isQuiet = view.circulation.every((bits) => bits === 0);
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
  const { rows } = prepared;
  const jobs = new Map<number, Tally>();
  const promises = new Map<number, Tally>();
  let isFinal = true;
  for (const row of prepared.timelines[provider]?.rows ?? []) {
    const time = rows.appear[row] ?? 0;
    if (time >= Math.min(until, view.at)) break;
    isFinal &&= rows.vanish[row] === Number.POSITIVE_INFINITY && time >= until - scoreMethod.panel.firstDays;
    if (!countsInPanel(prepared, view, row)) continue;
    const what = rows.says[row] ?? 0;
    const weight = toWeight(rows.weight[row] ?? 0);
    const cluster = view.links.clusterOf[prepared.pairs.buyer[rows.pair[row] ?? 0] ?? 0] ?? 0;
    addTally(jobs, cluster, { good: what & says.success, bad: what & (says.failure | says.lostDispute), weight });
    addTally(promises, cluster, { good: what & says.kept, bad: what & says.missed, weight });
  }
  return { days: { jobs: capTallies(jobs), promises: capTallies(promises) }, isFinal };
}

function countsInPanel({ rows }: PreparedRecord, { links, circulation, at }: FirstDaysView, row: number): boolean {
  const pair = rows.pair[row] ?? 0;
  const age = at - (rows.appear[row] ?? 0);
  if ((rows.vanish[row] ?? 0) < at || age > scoreMethod.memory || links.isLinked[pair] === 1) return false;
  return !isInWindows(circulation[pair] ?? 0, age);
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
