import { availabilityLower, type PooledSlots, poolSlots } from './availability.js';
import { type BuyerGroups, clearGroups, createBuyerGroups } from './buyerGroups.js';
import type { Links } from './createLinkFinder.js';
import { createPriors, type Priors } from './createPriors.js';
import { type Circulation, findCirculation } from './findCirculation.js';
import { countOf, countsOfPair, createPairSums, type PairSums, sumPairs, weightOf, weightsOfPair } from './pairSums.js';
import { NOBODY, type PreparedRecord, type Scratch } from './prepareRecord.js';

/** What the scores of all subjects as of one time rest on together. */
export interface ScoreContext {
  readonly prepared: PreparedRecord;
  readonly at: number;
  readonly links: Links;
  readonly circulation: Circulation;
  /** By provider. */
  readonly sums: readonly PairSums[];
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

/** `scratch` may be that of a context that nobody needs any more: it is written over. */
export function createContext(
  prepared: PreparedRecord,
  { at, scratch = createScratch(prepared) }: { readonly at: number; readonly scratch?: Scratch },
): ScoreContext {
  const { providers, timelines } = prepared;
  const { sums, groups } = scratch;
  const links = prepared.links.findLinks(at);
  const circulation = findCirculation(prepared, { at, links });
  timelines.forEach((timeline, provider) => {
    const own = sums[provider];
    const { appear, vanish } = timeline;
    const known = { appear, vanish, limit: at, decayAt: at };
    if (own) sumPairs(own, { timeline, known, circulation: circulation[provider], circulationAt: at });
  });
  clearGroups(groups);
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
    groups,
    hardwareOf,
    slotsOf,
    availabilities: slotsOf
      .flatMap((slots, provider) => (slots === null ? [] : [{ provider, lower: availabilityLower(slots) }]))
      .sort((one, other) => one.lower - other.lower),
  };
}

function createScratch({ timelines, buyers }: PreparedRecord): Scratch {
  return { sums: timelines.map(({ pairs }) => createPairSums(pairs)), groups: createBuyerGroups(buyers.length) };
}

/** The same exclusions as for evidence: trades with oneself and those that go round make nobody's history. */
function toHistory(
  { timelines, buyers }: PreparedRecord,
  { links, sums }: { readonly links: Links; readonly sums: readonly PairSums[] },
): ScoreContext['history'] {
  const success = new Float64Array(buyers.length);
  const won = new Float64Array(buyers.length);
  const lost = new Float64Array(buyers.length);
  timelines.forEach(({ pairs, buyer: buyerOf }, provider) => {
    const linked = links.isLinked[provider];
    const { weights, counts } = sums[provider] ?? createPairSums(0);
    for (let pair = 0; pair < pairs; pair += 1) {
      const buyer = buyerOf[pair] ?? 0;
      if (buyer === NOBODY || linked?.[pair] === 1) continue;
      const cluster = links.clusterOf[buyer] ?? 0;
      const at = pair * countsOfPair;
      success[cluster] = (success[cluster] ?? 0) + (weights[pair * weightsOfPair + weightOf.success] ?? 0);
      won[cluster] = (won[cluster] ?? 0) + (counts[at + countOf.won] ?? 0);
      lost[cluster] = (lost[cluster] ?? 0) + (counts[at + countOf.lost] ?? 0);
    }
  });
  return { success, won, lost };
}
