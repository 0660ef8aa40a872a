import { scoreMethod } from './scoreMethod.js';
import { toWeight } from './toWeight.js';

/** What each group of buyers says of a subject, and what may count of it: columns by the group's number, used anew for each subject. */
export interface BuyerGroups {
  count: number;
  /** By the number of the buyers, their group; -1: none. */
  readonly groupOf: Int32Array;
  readonly buyers: Int32Array;
  readonly success: Float64Array;
  readonly failure: Float64Array;
  readonly lostDispute: Float64Array;
  readonly kept: Float64Array;
  readonly missed: Float64Array;
  readonly successes: Float64Array;
  /** Its successes with others: what speaks for it. */
  readonly history: Float64Array;
  /** Its disputes with others: those it lost, and all that ended. */
  readonly lost: Float64Array;
  readonly resolved: Float64Array;
  /** What may count of it, for and against; a streak uses it up. */
  readonly cap: Float64Array;
  readonly capAgainst: Float64Array;
  /** What counts of it, of jobs. */
  readonly counted: Float64Array;
}

export function createBuyerGroups(most: number): BuyerGroups {
  const column = () => new Float64Array(most);
  return {
    count: 0,
    groupOf: new Int32Array(most).fill(-1),
    buyers: new Int32Array(most),
    success: column(),
    failure: column(),
    lostDispute: column(),
    kept: column(),
    missed: column(),
    successes: column(),
    history: column(),
    lost: column(),
    resolved: column(),
    cap: column(),
    capAgainst: column(),
    counted: column(),
  };
}

/** Empties the groups of the subject before. */
export function clearGroups(groups: BuyerGroups): void {
  for (let group = 0; group < groups.count; group += 1) groups.groupOf[groups.buyers[group] ?? 0] = -1;
  groups.count = 0;
}

/** The number of the group of these buyers; a new one starts from what they did with everybody. */
export function openGroup(
  groups: BuyerGroups,
  buyers: number,
  history: { readonly success: Float64Array; readonly won: Float64Array; readonly lost: Float64Array },
): number {
  const known = groups.groupOf[buyers] ?? -1;
  if (known !== -1) return known;
  const group = groups.count;
  groups.count += 1;
  groups.groupOf[buyers] = group;
  groups.buyers[group] = buyers;
  groups.success[group] = 0;
  groups.failure[group] = 0;
  groups.lostDispute[group] = 0;
  groups.kept[group] = 0;
  groups.missed[group] = 0;
  groups.successes[group] = 0;
  groups.history[group] = history.success[buyers] ?? 0;
  groups.lost[group] = history.won[buyers] ?? 0;
  groups.resolved[group] = (history.won[buyers] ?? 0) + (history.lost[buyers] ?? 0);
  return group;
}

/** What a dispute counts that the group won against the subject: the less, the more of its others it lost. */
export function disputeWeight(groups: BuyerGroups, group: number): number {
  const resolved = groups.resolved[group] ?? 0;
  return resolved === 0 ? 1 : 1 - (groups.lost[group] ?? 0) / resolved;
}

/** A buyer speaks for a provider as loudly as it has bought from others, and above ten a tenth as loudly. */
export function successCap(history: number): number {
  return Math.min(history, toWeight(scoreMethod.buyerCap + history * scoreMethod.buyerCapShare));
}

/** Against one, ten are believed of anybody. */
export function failureCap(history: number): number {
  return Math.max(scoreMethod.buyerCap, history);
}
