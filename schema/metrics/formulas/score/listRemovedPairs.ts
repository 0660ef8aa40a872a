import { createContext, type ScoreContext } from './createContext.js';
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
  const histories = new Float64Array(buyers.length);
  timelines.forEach((timeline, provider) => {
    const traded = findTrades(timeline, { from, at });
    if (traded.size === 0) return;
    const own = addOwnHistories(context, provider, histories);
    const rank = (pair: number) => rankOf[timeline.buyer[pair] ?? NOBODY] ?? 0;
    for (const [pair, time] of [...traded].sort(([one], [other]) => rank(one) - rank(other))) {
      const buyer = timeline.buyer[pair] ?? NOBODY;
      const cluster = context.links.clusterOf[buyer] ?? 0;
      const history = (context.history.success[cluster] ?? 0) - (histories[cluster] ?? 0);
      const reason = findReason(context, { provider, pair, age: at - time, history });
      if (reason) removed.push({ buyer: buyers[buyer] ?? '', provider: providers[provider]?.id ?? '', reason });
    }
    for (const cluster of own) histories[cluster] = 0;
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
  of: { readonly provider: number; readonly pair: number; readonly age: number; readonly history: number },
): RemovedPair['reason'] | undefined {
  const { provider, pair, age, history } = of;
  if (links.isLinked[provider]?.[pair] === 1) return 'sameCluster';
  if (isInWindows(circulation[provider]?.[pair] ?? 0, age)) return 'circulation';
  return history <= 0 ? 'noHistory' : undefined;
}

/**
 * Adds by group of buyers their successes with the provider and its neighbours: what is no history elsewhere. Returns the groups that
 * have any.
 */
function addOwnHistories(
  { prepared, links, sums }: ScoreContext,
  provider: number,
  histories: Float64Array,
): readonly number[] {
  const own: number[] = [];
  for (const other of [provider, ...links.neighboursOf(provider)]) {
    const timeline = prepared.timelines[other];
    const linked = links.isLinked[other];
    for (let pair = 0; timeline !== undefined && pair < timeline.pairs; pair += 1) {
      const success = sums[other]?.weights[pair * weightsOfPair + weightOf.success] ?? 0;
      if (success === 0 || linked?.[pair] === 1) continue;
      const cluster = links.clusterOf[timeline.buyer[pair] ?? 0] ?? 0;
      if (histories[cluster] === 0) own.push(cluster);
      histories[cluster] = (histories[cluster] ?? 0) + success;
    }
  }
  return own;
}
