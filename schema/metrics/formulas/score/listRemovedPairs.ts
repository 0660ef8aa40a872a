import { createContext, type ScoreContext } from './createContext.js';
import { isInWindows } from './findCirculation.js';
import { weightOf, weightsOfPair } from './pairSums.js';
import { NOBODY, type PreparedRecord } from './prepareRecord.js';
import { says } from './readOutcome.js';

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
  const { pairs, rows, buyers, providers } = prepared;
  const removed: RemovedPair[] = [];
  for (let provider = 0; provider < providers.length; provider += 1) {
    let histories: ReadonlyMap<number, number> | undefined;
    for (let pair = pairs.first[provider] ?? 0; pair < (pairs.first[provider + 1] ?? 0); pair += 1) {
      const buyer = pairs.buyer[pair] ?? NOBODY;
      if (buyer === NOBODY) continue;
      const traded = findTrade(rows, { from, at, first: pairs.start[pair] ?? 0, end: pairs.start[pair + 1] ?? 0 });
      if (traded === undefined) continue;
      histories ??= toOwnHistories(context, provider);
      const cluster = context.links.clusterOf[buyer] ?? 0;
      const history = (context.history.success[cluster] ?? 0) - (histories.get(cluster) ?? 0);
      const reason = findReason(context, pair, { age: at - traded, history });
      if (reason) removed.push({ buyer: buyers[buyer] ?? '', provider: providers[provider]?.id ?? '', reason });
    }
  }
  return removed;
}

export interface RemovedOptions {
  /** Unix seconds. */
  readonly from: number;
  readonly at: number;
  /** Where it is there already. */
  readonly context?: ScoreContext;
}

/** When the pair's last trade of that time became known. Rows of a pair lie in the order of time. */
function findTrade(
  { appear, says: said }: PreparedRecord['rows'],
  {
    from,
    at,
    first,
    end,
  }: { readonly from: number; readonly at: number; readonly first: number; readonly end: number },
): number | undefined {
  for (let row = end - 1; row >= first; row -= 1) {
    const time = appear[row] ?? 0;
    if (time < from) return undefined;
    if (time < at && ((said[row] ?? 0) & TRADE) !== 0) return time;
  }
  return undefined;
}

/** Whatever counts for or against a provider. */
const TRADE = says.success | says.failure | says.lostDispute;

function findReason(
  { links, circulation }: ScoreContext,
  pair: number,
  { age, history }: { readonly age: number; readonly history: number },
): RemovedPair['reason'] | undefined {
  if (links.isLinked[pair] === 1) return 'sameCluster';
  if (isInWindows(circulation[pair] ?? 0, age)) return 'circulation';
  return history <= 0 ? 'noHistory' : undefined;
}

/** By group of buyers, its successes with the provider and its neighbours: what is no history elsewhere. */
function toOwnHistories({ prepared, links, sums }: ScoreContext, provider: number): ReadonlyMap<number, number> {
  const { pairs } = prepared;
  const histories = new Map<number, number>();
  for (const own of [provider, ...links.neighboursOf(provider)]) {
    for (let pair = pairs.first[own] ?? 0; pair < (pairs.first[own + 1] ?? 0); pair += 1) {
      if (links.isLinked[pair] === 1) continue;
      const cluster = links.clusterOf[pairs.buyer[pair] ?? 0] ?? 0;
      histories.set(
        cluster,
        (histories.get(cluster) ?? 0) + (sums.weights[pair * weightsOfPair + weightOf.success] ?? 0),
      );
    }
  }
  return histories;
}
