import { type BuyerGroups, clearGroups, openGroup } from './buyerGroups.js';
import type { RemovedSums } from './collectEvidence.js';
import type { ScoreContext } from './createContext.js';
import { failureDecay, successDecay } from './decay.js';
import { isInWindows } from './findCirculation.js';
import { NOBODY } from './prepareRecord.js';
import { says } from './readOutcome.js';
import { scoreMethod } from './scoreMethod.js';
import { countBefore, JOB } from './Timeline.js';
import { toWeight } from './toWeight.js';

const FOR = says.success | says.kept;
const AGAINST = says.failure | says.lostDispute | says.missed;

/**
 * Fills the groups of buyers of a provider that stands alone from its rows, and returns what is in none of them: what `sumPairs` and sums
 * of its pairs come to, number for number. Its own trades are taken from what its buyers did with everybody.
 */
export function groupRows(context: ScoreContext, provider: number): RemovedSums {
  const { prepared, links, groups, history, at } = context;
  clearGroups(groups);
  const removed = { sameCluster: 0, circulation: 0, success: 0 };
  const timeline = prepared.timelines[provider];
  if (timeline === undefined) return removed;
  const { appear, vanish, weight: weights, pair: pairOf, says: saysOf, buyer: buyerOf, count } = timeline;
  const linked = links.isLinked[provider];
  const circulation = context.circulation[provider];
  const end = countBefore({ appear, count }, at);
  for (let row = countBefore({ appear, count }, at - scoreMethod.memory); row < end; row += 1) {
    const what = saysOf[row] ?? 0;
    if (what === 0 || (vanish[row] ?? 0) < at) continue;
    const pair = pairOf[row] ?? 0;
    const age = at - (appear[row] ?? 0);
    const weight = weights[row] ?? 0;
    const gained = (what & FOR) === 0 ? 0 : toWeight(weight * successDecay(age));
    const success = (what & says.success) === 0 ? 0 : gained;
    removed.success += success;
    if (circulation !== undefined && isInWindows(circulation[pair] ?? 0, age)) {
      if ((what & JOB) !== 0) removed.circulation += 1;
      continue;
    }
    if (linked?.[pair] === 1) {
      if ((what & JOB) !== 0) removed.sameCluster += 1;
      continue;
    }
    const buyer = buyerOf[pair] ?? 0;
    const group = openGroup(groups, links.clusterOf[buyer] ?? 0, history);
    if ((what & says.kept) !== 0) add(groups.kept, group, gained);
    if ((what & says.success) !== 0) {
      add(groups.success, group, success);
      add(groups.successes, group, 1);
      if (buyer !== NOBODY) add(groups.history, group, -success);
    }
    if ((what & AGAINST) !== 0) addAgainst(groups, group, { what, lost: toWeight(weight * failureDecay(age)) });
    if (buyer !== NOBODY && (what & (says.wonDispute | says.lostDispute)) !== 0) takeDispute(groups, group, what);
  }
  return removed;
}

function add(sums: Float64Array, group: number, more: number): void {
  sums[group] = (sums[group] ?? 0) + more;
}

function addAgainst(
  groups: BuyerGroups,
  group: number,
  { what, lost }: { readonly what: number; readonly lost: number },
): void {
  if ((what & says.missed) !== 0) add(groups.missed, group, lost);
  if ((what & says.failure) !== 0) add(groups.failure, group, lost);
  if ((what & says.lostDispute) !== 0) add(groups.lostDispute, group, lost);
}

/** One that ended for the provider, or against it: of its own, so it is not the buyer's history elsewhere. */
function takeDispute(groups: BuyerGroups, group: number, what: number): void {
  if ((what & says.wonDispute) !== 0) {
    add(groups.lost, group, -1);
    add(groups.resolved, group, -1);
  }
  if ((what & says.lostDispute) !== 0) add(groups.resolved, group, -1);
}
