import { clearGroups, disputeWeight, failureCap, openGroup, successCap } from './buyerGroups.js';
import type { ScoreContext } from './createContext.js';
import { findStreak } from './findStreak.js';
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
  readonly removed: {
    readonly sameCluster: number;
    readonly circulation: number;
    readonly noHistory: number;
    /** Weight of all its successes, whether they count or not. */
    readonly success: number;
  };
}

/** A subject's own outcomes; those of others are the context's. */
export interface OwnRows {
  readonly sums: PairSums;
  readonly known: KnownRows;
}

export function collectEvidence(context: ScoreContext, subject: Subject, own: OwnRows = toOwnRows(context)): Evidence {
  const { groups } = context;
  const removed = groupByBuyer(context, subject, own);
  const sums = { success: 0, failure: 0, kept: 0, missed: 0, lostDispute: 0 };
  let noHistory = 0;
  const byBuyer: number[] = [];
  for (let group = 0; group < groups.count; group += 1) {
    const weight = addCounted(sums, context, group);
    if ((groups.history[group] ?? 0) === 0) noHistory += groups.successes[group] ?? 0;
    if (weight > 0) byBuyer.push(weight);
  }
  const streak = findStreak(context, subject, { known: own.known, failure: sums.failure });
  return { ...sums, streak, byBuyer, removed: { ...removed, noHistory } };
}

function toOwnRows({ sums, prepared, at }: ScoreContext): OwnRows {
  const { appear, vanish } = prepared.rows;
  return { sums, known: { appear, vanish, limit: at, decayAt: at } };
}

/** Fills the groups of buyers, and returns what is in none of them. */
function groupByBuyer(context: ScoreContext, subject: Subject, own: OwnRows): Omit<Evidence['removed'], 'noHistory'> {
  const { prepared, links, history, groups } = context;
  const { weights, counts } = own.sums;
  clearGroups(groups);
  const removed = { sameCluster: 0, circulation: 0, success: 0 };
  forEachPair(context, subject.providers, (pair) => {
    const weight = pair * weightsOfPair;
    const number = pair * countsOfPair;
    removed.success += (weights[weight + weightOf.success] ?? 0) + (weights[weight + weightOf.circulating] ?? 0);
    removed.circulation += counts[number + countOf.circulating] ?? 0;
    if (subject.isLinked[pair] === 1) {
      removed.sameCluster += counts[number + countOf.judged] ?? 0;
      return;
    }
    const group = openGroup(groups, links.clusterOf[prepared.pairs.buyer[pair] ?? 0] ?? 0, history);
    groups.success[group] = (groups.success[group] ?? 0) + (weights[weight + weightOf.success] ?? 0);
    groups.failure[group] = (groups.failure[group] ?? 0) + (weights[weight + weightOf.failure] ?? 0);
    groups.lostDispute[group] = (groups.lostDispute[group] ?? 0) + (weights[weight + weightOf.lostDispute] ?? 0);
    groups.kept[group] = (groups.kept[group] ?? 0) + (weights[weight + weightOf.kept] ?? 0);
    groups.missed[group] = (groups.missed[group] ?? 0) + (weights[weight + weightOf.missed] ?? 0);
    groups.successes[group] = (groups.successes[group] ?? 0) + (counts[number + countOf.successes] ?? 0);
  });
  takeOwnHistory(context, subject);
  return removed;
}

/** Takes the subject's own trades, and those of its neighbours, from what its buyers did with everybody. */
function takeOwnHistory(context: ScoreContext, subject: Subject): void {
  const { links, sums, prepared, groups } = context;
  const take = (pair: number) => {
    const buyer = prepared.pairs.buyer[pair] ?? 0;
    const group = groups.groupOf[links.clusterOf[buyer] ?? 0] ?? -1;
    if (group === -1 || buyer === NOBODY || links.isLinked[pair] === 1) return;
    const won = sums.counts[pair * countsOfPair + countOf.won] ?? 0;
    const lost = sums.counts[pair * countsOfPair + countOf.lost] ?? 0;
    const success = sums.weights[pair * weightsOfPair + weightOf.success] ?? 0;
    groups.history[group] = (groups.history[group] ?? 0) - success;
    groups.lost[group] = (groups.lost[group] ?? 0) - won;
    groups.resolved[group] = (groups.resolved[group] ?? 0) - won - lost;
  };
  forEachPair(context, subject.providers, take);
  forEachPair(context, subject.neighbours, take);
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

function forEachPair(
  { prepared }: ScoreContext,
  providers: readonly number[] | Int32Array,
  visit: (pair: number) => void,
): void {
  const { first } = prepared.pairs;
  for (const provider of providers) {
    const end = first[provider + 1] ?? 0;
    for (let pair = first[provider] ?? 0; pair < end; pair += 1) visit(pair);
  }
}
