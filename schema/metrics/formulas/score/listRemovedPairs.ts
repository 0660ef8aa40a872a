import { createContext, NONE, type ScoreContext } from './createContext.js';
import { isInWindows } from './findCirculation.js';
import { weightOf, weightsOfPair } from './pairSums.js';
import { NOBODY, type PreparedRecord } from './prepareRecord.js';
import { says } from './readOutcome.js';
import { countBefore, type Timeline } from './Timeline.js';

/** A buyer and a provider whose trades count for nothing, and why; the first of the reasons that holds. */
export interface RemovedPair {
  readonly buyer: string;
  readonly provider: string;
  readonly reason: 'sameCluster' | 'circulation' | 'noHistory';
}

/**
 * Of the pairs that traded in `[from, at)` (a task's outcome became known) those whose trades a score as of `at` leaves out: buyer and
 * provider are one, the money goes round between them, or nobody else has dealt with the buyer. Buyers that are not known by
 * name are left out. By provider, then buyer, as the record has them.
 */
export function listRemovedPairs(
  prepared: PreparedRecord,
  { from, at, context = createContext(prepared, { at }) }: RemovedOptions,
): readonly RemovedPair[] {
  const { timelines, buyers, providers, rankOf } = prepared;
  const removed: RemovedPair[] = [];
  timelines.forEach((timeline, provider) => {
    const traded = findTrades(timeline, { from, at });
    if (traded.size === 0) return;
    const hasHistory = createHistoryCheck(context, provider);
    const rank = (pair: number) => rankOf[timeline.buyer[pair] ?? NOBODY] ?? 0;
    for (const [pair, time] of [...traded].sort(([one], [other]) => rank(one) - rank(other))) {
      const buyer = timeline.buyer[pair] ?? NOBODY;
      const reason = findReason(context, { provider, pair, age: at - time, hasHistory: () => hasHistory(buyer) });
      if (reason) removed.push({ buyer: buyers[buyer] ?? '', provider: providers[provider]?.id ?? '', reason });
    }
  });
  return removed;
}

export interface RemovedOptions {
  /** Unix seconds. */
  readonly from: number;
  readonly at: number;
  /** Where it is there already. */
  readonly context?: ScoreContext;
}

/** By pair whose buyer is known, when its last trade of that time became known. */
function findTrades(
  timeline: Timeline,
  { from, at }: { readonly from: number; readonly at: number },
): ReadonlyMap<number, number> {
  const trades = new Map<number, number>();
  for (let row = countBefore(timeline, at) - 1; row >= 0; row -= 1) {
    const time = timeline.appear[row] ?? 0;
    if (time < from) break;
    const pair = timeline.pair[row] ?? 0;
    if (((timeline.says[row] ?? 0) & TRADE) === 0 || timeline.buyer[pair] === NOBODY || trades.has(pair)) continue;
    trades.set(pair, time);
  }
  return trades;
}

/** Whatever counts for or against a provider. */
const TRADE = says.success | says.failure | says.lostDispute;

function findReason(
  { links, circulation }: ScoreContext,
  of: { readonly provider: number; readonly pair: number; readonly age: number; readonly hasHistory: () => boolean },
): RemovedPair['reason'] | undefined {
  const { provider, pair, age, hasHistory } = of;
  if (links.isLinked[provider]?.[pair] === 1) return 'sameCluster';
  if (isInWindows(circulation[provider]?.[pair] ?? 0, age)) return 'circulation';
  return hasHistory() ? undefined : 'noHistory';
}

/** Whether the group of a buyer has successes with others than the provider and its neighbours. */
function createHistoryCheck(context: ScoreContext, provider: number): (buyer: number) => boolean {
  const { links, history } = context;
  const neighbours = links.neighboursOf(provider);
  const clusterOf = (buyer: number) => links.clusterOf[buyer] ?? 0;
  if (neighbours.length === 0) {
    return (buyer) => {
      const only = history.only[clusterOf(buyer)];
      return only !== NONE && only !== provider;
    };
  }
  const own = toOwnHistories(context, [provider, ...neighbours]);
  return (buyer) => (history.success[clusterOf(buyer)] ?? 0) - (own.get(clusterOf(buyer)) ?? 0) > 0;
}

/** By group of buyers, its successes with these providers. */
function toOwnHistories(
  { prepared, links, sumsOf }: ScoreContext,
  providers: readonly number[],
): ReadonlyMap<number, number> {
  const histories = new Map<number, number>();
  for (const provider of providers) {
    const timeline = prepared.timelines[provider];
    const { weights } = sumsOf(provider);
    const linked = links.isLinked[provider];
    for (let pair = 0; timeline !== undefined && pair < timeline.pairs; pair += 1) {
      const success = weights[pair * weightsOfPair + weightOf.success] ?? 0;
      if (success === 0 || linked?.[pair] === 1) continue;
      const cluster = links.clusterOf[timeline.buyer[pair] ?? 0] ?? 0;
      histories.set(cluster, (histories.get(cluster) ?? 0) + success);
    }
  }
  return histories;
}
