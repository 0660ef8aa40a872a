import { availabilityLower, type PooledSlots, poolSlots } from './availability.js';
import { type BuyerGroups, createBuyerGroups } from './buyerGroups.js';
import type { Links } from './createLinkFinder.js';
import { createPriors, type Priors } from './createPriors.js';
import { findCirculation } from './findCirculation.js';
import { countOf, countsOfPair, createPairSums, type PairSums, sumPair, weightOf, weightsOfPair } from './pairSums.js';
import { NOBODY, type PreparedRecord } from './prepareRecord.js';

/** What the scores of all subjects as of one time rest on together. */
export interface ScoreContext {
  readonly prepared: PreparedRecord;
  readonly at: number;
  readonly links: Links;
  readonly circulation: Uint16Array;
  readonly sums: PairSums;
  /** Of each group of buyers, with all providers: successes that count, and disputes that ended for and against a provider. */
  readonly history: { readonly success: Float64Array; readonly won: Float64Array; readonly lost: Float64Array };
  readonly priors: Priors;
  /** Room for what the groups of buyers of one subject say. */
  readonly groups: BuyerGroups;
  /** By provider; null: nothing is known of it. */
  readonly hardwareOf: readonly (string | null)[];
  readonly slotsOf: readonly (PooledSlots | null)[];
  /** Providers with an availability of their own, the lowest first. */
  readonly availabilities: readonly { readonly provider: number; readonly lower: number }[];
}

/** `sums` may be those of a context that nobody needs any more: they are written over. */
export function createContext(
  prepared: PreparedRecord,
  { at, sums = createPairSums(prepared.pairs.count) }: { readonly at: number; readonly sums?: PairSums },
): ScoreContext {
  const { pairs, rows, providers } = prepared;
  const links = prepared.links.findLinks(at);
  const circulation = findCirculation(prepared, { at, links });
  const known = { appear: rows.appear, vanish: rows.vanish, limit: at, decayAt: at };
  const options = { sums, known, circulation, circulationAt: at };
  for (let pair = 0; pair < pairs.count; pair += 1) sumPair(prepared, pair, options);
  const hardwareOf = providers.map(({ hardware }) => hardware.findLast(({ from }) => from < at)?.model ?? null);
  const slotsOf = prepared.slots.map((days) => poolSlots(days, at));
  return {
    prepared,
    at,
    links,
    circulation,
    sums,
    history: toHistory(prepared, { links, sums }),
    priors: createPriors(prepared, { links, circulation, at, hardwareOf }),
    groups: createBuyerGroups(prepared.buyers.length),
    hardwareOf,
    slotsOf,
    availabilities: slotsOf
      .flatMap((slots, provider) => (slots === null ? [] : [{ provider, lower: availabilityLower(slots) }]))
      .sort((one, other) => one.lower - other.lower),
  };
}

/** The same exclusions as for evidence: trades with oneself and those that go round make nobody's history. */
function toHistory(
  { pairs, buyers }: PreparedRecord,
  { links, sums }: { readonly links: Links; readonly sums: PairSums },
): ScoreContext['history'] {
  const history = {
    success: new Float64Array(buyers.length),
    won: new Float64Array(buyers.length),
    lost: new Float64Array(buyers.length),
  };
  for (let pair = 0; pair < pairs.count; pair += 1) {
    const buyer = pairs.buyer[pair] ?? 0;
    if (buyer === NOBODY || links.isLinked[pair] === 1) continue;
    const cluster = links.clusterOf[buyer] ?? 0;
    const success = sums.weights[pair * weightsOfPair + weightOf.success] ?? 0;
    const counts = pair * countsOfPair;
    history.success[cluster] = (history.success[cluster] ?? 0) + success;
    history.won[cluster] = (history.won[cluster] ?? 0) + (sums.counts[counts + countOf.won] ?? 0);
    history.lost[cluster] = (history.lost[cluster] ?? 0) + (sums.counts[counts + countOf.lost] ?? 0);
  }
  return history;
}
