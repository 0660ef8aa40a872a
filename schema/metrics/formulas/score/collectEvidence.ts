import { clearGroups, disputeWeight, failureCap, openGroup, successCap } from './buyerGroups.js';
import type { ScoreContext } from './createContext.js';
import { findStreak } from './findStreak.js';
import { groupRows } from './groupRows.js';
import { countOf, countsOfPair, type KnownRows, type PairSums, weightOf, weightsOfPair } from './pairSums.js';
import { NOBODY } from './prepareRecord.js';
import type { Subject } from './subjects.js';
import { toWeight } from './toWeight.js';

/** What of a subject's outcomes counts. Weights are decayed and not doubled. */
export interface Evidence {
  readonly success: number;
  readonly failure: number;
  readonly kept: number;
  readonly missed: number;
  readonly lostDispute: number;
  /** By how much Page's sum over its newest outcomes is above what costs nothing. */
  readonly streak: number;
  /** Weight that counts, of each group of buyers with any. */
  readonly byBuyer: readonly number[];
  readonly removed: RemovedSums & { readonly noHistory: number };
}

/** How many outcomes are in no group of buyers. */
export interface RemovedSums {
  readonly sameCluster: number;
  readonly circulation: number;
  /** Weight of all its successes, whether they count or not. */
  readonly success: number;
}

/** A subject's own outcomes; those of others are the context's. */
export interface OwnRows {
  readonly sumsOf: (provider: number) => PairSums;
  readonly known: KnownRows;
}

export function collectEvidence(context: ScoreContext, subject: Subject, rows?: OwnRows): Evidence {
  const { groups } = context;
  const own = rows ?? toOwnRows(context);
  const [only = -1, ...others] = subject.providers;
  const isAlone = rows === undefined && others.length === 0 && subject.neighbours.length === 0;
  // Nearly all are alone, and their rows need not be added up by pair before.
  const removed = isAlone ? groupRows(context, only) : groupByBuyer(context, subject, own);
  const sums = { success: 0, failure: 0, kept: 0, missed: 0, lostDispute: 0 };
  let noHistory = 0;
  for (let group = 0; group < groups.count; group += 1) {
    groups.counted[group] = addCounted(sums, context, group);
    if ((groups.history[group] ?? 0) === 0) noHistory += groups.successes[group] ?? 0;
  }
  const byBuyer = listByBuyer(context, subject);
  const streak = findStreak(context, subject, { known: own.known, failure: sums.failure });
  return { ...sums, streak, byBuyer, removed: { ...removed, noHistory } };
}

function toOwnRows({ sumsOf, at }: ScoreContext): OwnRows {
  return { sumsOf, known: { limit: at, decayAt: at } };
}

/** Fills the groups of buyers, and returns what is in none of them. */
function groupByBuyer(context: ScoreContext, subject: Subject, own: OwnRows): RemovedSums {
  const { groups } = context;
  clearGroups(groups);
  const removed = { sameCluster: 0, circulation: 0, success: 0 };
  for (const provider of subject.providers) addPairs(context, { subject, own, provider }, removed);
  for (const provider of subject.providers) takeOwnHistory(context, provider);
  for (const provider of subject.neighbours) takeOwnHistory(context, provider);
  return removed;
}

function addPairs(
  { prepared, links, history, groups }: ScoreContext,
  of: { readonly subject: Subject; readonly own: OwnRows; readonly provider: number },
  removed: { sameCluster: number; circulation: number; success: number },
): void {
  const timeline = prepared.timelines[of.provider];
  if (timeline === undefined) return;
  const { weights, counts } = of.own.sumsOf(of.provider);
  const linked = of.subject.isLinked[of.provider];
  for (let pair = 0; pair < timeline.pairs; pair += 1) {
    const number = pair * countsOfPair;
    const judged = counts[number + countOf.judged] ?? 0;
    const circulating = counts[number + countOf.circulating] ?? 0;
    const weight = pair * weightsOfPair;
    const kept = weights[weight + weightOf.kept] ?? 0;
    const missed = weights[weight + weightOf.missed] ?? 0;
    // Nothing is known of it yet, or no more.
    if (judged + circulating + kept + missed === 0) continue;
    const success = weights[weight + weightOf.success] ?? 0;
    removed.success += success + (weights[weight + weightOf.circulating] ?? 0);
    removed.circulation += circulating;
    if (linked?.[pair] === 1) {
      removed.sameCluster += judged;
      continue;
    }
    const group = openGroup(groups, links.clusterOf[timeline.buyer[pair] ?? 0] ?? 0, history);
    groups.success[group] = (groups.success[group] ?? 0) + success;
    groups.failure[group] = (groups.failure[group] ?? 0) + (weights[weight + weightOf.failure] ?? 0);
    groups.lostDispute[group] = (groups.lostDispute[group] ?? 0) + (weights[weight + weightOf.lostDispute] ?? 0);
    groups.kept[group] = (groups.kept[group] ?? 0) + kept;
    groups.missed[group] = (groups.missed[group] ?? 0) + missed;
    groups.successes[group] = (groups.successes[group] ?? 0) + (counts[number + countOf.successes] ?? 0);
  }
}

/** Takes the trades of a subject's provider, or of a neighbour, from what its buyers did with everybody. */
function takeOwnHistory({ links, sumsOf, prepared, groups }: ScoreContext, provider: number): void {
  const timeline = prepared.timelines[provider];
  if (timeline === undefined) return;
  const own = sumsOf(provider);
  const linked = links.isLinked[provider];
  for (let pair = 0; pair < timeline.pairs; pair += 1) {
    const won = own.counts[pair * countsOfPair + countOf.won] ?? 0;
    const lost = own.counts[pair * countsOfPair + countOf.lost] ?? 0;
    const success = own.weights[pair * weightsOfPair + weightOf.success] ?? 0;
    if (success + won + lost === 0) continue;
    const buyer = timeline.buyer[pair] ?? 0;
    const group = groups.groupOf[links.clusterOf[buyer] ?? 0] ?? -1;
    if (group === -1 || buyer === NOBODY || linked?.[pair] === 1) continue;
    groups.history[group] = (groups.history[group] ?? 0) - success;
    groups.lost[group] = (groups.lost[group] ?? 0) - won;
    groups.resolved[group] = (groups.resolved[group] ?? 0) - won - lost;
  }
}

/** The weight that counts of each group with any, in the order of buyers' ids: a sum of squares is not exact in any order. */
function listByBuyer({ prepared, links, groups }: ScoreContext, { providers, isLinked }: Subject): number[] {
  const weights: number[] = [];
  for (const provider of providers) {
    const linked = isLinked[provider];
    const timeline = prepared.timelines[provider];
    if (timeline === undefined) continue;
    const { byBuyer, buyer, pairs } = timeline;
    for (let index = 0; index < pairs; index += 1) {
      const pair = byBuyer[index] ?? 0;
      const group = groups.groupOf[links.clusterOf[buyer[pair] ?? 0] ?? 0] ?? -1;
      const weight = groups.counted[group] ?? 0;
      if (group === -1 || weight === 0 || linked?.[pair] === 1) continue;
      weights.push(weight);
      groups.counted[group] = 0;
    }
  }
  return weights;
}

interface CountedSums {
  success: number;
  failure: number;
  kept: number;
  missed: number;
  lostDispute: number;
}

/** Adds what counts of a group of buyers, and returns how much that is of jobs. */
function addCounted(sums: CountedSums, { groups }: ScoreContext, group: number): number {
  const history = groups.history[group] ?? 0;
  const most = successCap(history);
  const mostAgainst = failureCap(history);
  groups.cap[group] = most;
  groups.capAgainst[group] = mostAgainst;
  const lost = groups.lostDispute[group] ?? 0;
  const lostDispute = lost === 0 ? 0 : toWeight(lost * disputeWeight(groups, group));
  const success = Math.min(groups.success[group] ?? 0, most);
  const failure = Math.min((groups.failure[group] ?? 0) + lostDispute, mostAgainst);
  sums.success += success;
  sums.failure += failure;
  sums.kept += Math.min(groups.kept[group] ?? 0, most);
  sums.missed += Math.min(groups.missed[group] ?? 0, mostAgainst);
  sums.lostDispute += Math.min(lostDispute, mostAgainst);
  return success + failure;
}
