import { availabilityLower, type PooledSlots, poolSlots } from './availability.js';
import { type BuyerGroups, clearGroups } from './buyerGroups.js';
import type { Links } from './createLinkFinder.js';
import { createPriors, type Priors } from './createPriors.js';
import { successDecay } from './decay.js';
import { type Circulation, findCirculation, isInWindows } from './findCirculation.js';
import { createPairSums, type PairSums, sumPairs } from './pairSums.js';
import { createScratch, NOBODY, type PreparedRecord, type Scratch } from './prepareRecord.js';
import { says } from './readOutcome.js';
import { scoreMethod } from './scoreMethod.js';
import { countBefore, createTimeline, type Timeline } from './Timeline.js';
import { toWeight } from './toWeight.js';

/** What the scores of all subjects as of one time rest on together. */
export interface ScoreContext {
  readonly prepared: PreparedRecord;
  readonly at: number;
  readonly links: Links;
  readonly circulation: Circulation;
  /** What a provider's pairs come to; until another one's are asked for. */
  readonly sumsOf: (provider: number) => PairSums;
  readonly history: History;
  readonly priors: Priors;
  /** Room for what the groups of buyers of one subject say. */
  readonly groups: BuyerGroups;
  /** By provider; null: nothing is known of it. */
  readonly hardwareOf: readonly (string | null)[];
  readonly slotsOf: readonly (PooledSlots | null)[];
  /** Providers with an availability of their own, the lowest first. */
  readonly availabilities: readonly { readonly provider: number; readonly lower: number }[];
}

/** Of each group of buyers, with all providers: successes that count, and disputes that ended for and against a provider. */
export interface History {
  readonly success: Float64Array;
  readonly won: Float64Array;
  readonly lost: Float64Array;
  /** The one provider that it has successes with, `NONE` or `SEVERAL`. */
  readonly only: Int32Array;
}

export const NONE = -1;
export const SEVERAL = -2;

/** `scratch` may be that of a context that nobody needs any more: it is written over. */
export function createContext(
  prepared: PreparedRecord,
  { at, scratch = createScratch(prepared) }: { readonly at: number; readonly scratch?: Scratch },
): ScoreContext {
  const { providers } = prepared;
  const { groups } = scratch;
  const links = prepared.links.findLinks(at);
  const circulation = findCirculation(prepared, { at, links });
  clearGroups(groups);
  const hardwareOf = providers.map(({ hardware }) => hardware.findLast(({ from }) => from < at)?.model ?? null);
  const slotsOf = prepared.slots.map((days) => poolSlots(days, at));
  return {
    prepared,
    at,
    links,
    circulation,
    sumsOf: createSumReader(prepared, { at, links, circulation, scratch }),
    history: toHistory(prepared, { at, links, circulation }),
    priors: createPriors(prepared, { links, circulation, at, hardwareOf }),
    groups,
    hardwareOf,
    slotsOf,
    availabilities: slotsOf
      .flatMap((slots, provider) => (slots === null ? [] : [{ provider, lower: availabilityLower(slots) }]))
      .sort((one, other) => one.lower - other.lower),
  };
}

/**
 * Providers are asked for one after the other, so their sums share a place, which stays in the processor's reach; those that others have to
 * do with keep theirs.
 */
function createSumReader(
  prepared: PreparedRecord,
  of: Pick<ScoreContext, 'at' | 'links' | 'circulation'> & { readonly scratch: Scratch },
): (provider: number) => PairSums {
  const { at, links, circulation, scratch } = of;
  const kept = new Map<number, PairSums>();
  let last = NONE;
  return (provider) => {
    const known = last === provider ? scratch.sums : kept.get(provider);
    if (known !== undefined) return known;
    const timeline = prepared.timelines[provider] ?? createTimeline(0);
    const isShared = links.neighboursOf(provider).length > 0;
    const sums = isShared ? createPairSums(timeline.pairs) : scratch.sums;
    if (isShared) kept.set(provider, sums);
    else last = provider;
    const { appear, vanish } = timeline;
    const times = { appear, vanish, limit: at, decayAt: at };
    sumPairs(sums, { timeline, known: times, circulation: circulation[provider], circulationAt: at });
    return sums;
  };
}

/** The same exclusions as for evidence: trades with oneself and those that go round make nobody's history. */
function toHistory(
  { timelines, buyers }: PreparedRecord,
  { at, links, circulation }: Pick<ScoreContext, 'at' | 'links' | 'circulation'>,
): History {
  const history = {
    success: new Float64Array(buyers.length),
    won: new Float64Array(buyers.length),
    lost: new Float64Array(buyers.length),
    only: new Int32Array(buyers.length).fill(NONE),
  };
  timelines.forEach((timeline, provider) => {
    addHistory(history, timeline, {
      ...{ at, provider, clusterOf: links.clusterOf },
      ...{ linked: links.isLinked[provider], circulation: circulation[provider] },
    });
  });
  return history;
}

function addHistory(
  { success, won, lost, only }: History,
  { appear, vanish, says: saysOf, weight, pair: pairOf, buyer: buyerOf, count }: Timeline,
  of: {
    readonly at: number;
    readonly provider: number;
    readonly clusterOf: Int32Array;
    readonly linked: Uint8Array | undefined;
    readonly circulation: Uint16Array | undefined;
  },
): void {
  const { at, provider, clusterOf, linked, circulation } = of;
  const end = countBefore({ appear, count }, at);
  for (let row = countBefore({ appear, count }, at - scoreMethod.memory); row < end; row += 1) {
    const what = saysOf[row] ?? 0;
    if ((what & SPEAKS) === 0 || (vanish[row] ?? 0) < at) continue;
    const pair = pairOf[row] ?? 0;
    const buyer = buyerOf[pair] ?? 0;
    const age = at - (appear[row] ?? 0);
    if (buyer === NOBODY || linked?.[pair] === 1) continue;
    if (circulation !== undefined && isInWindows(circulation[pair] ?? 0, age)) continue;
    const cluster = clusterOf[buyer] ?? 0;
    if ((what & says.success) !== 0) {
      const now = toWeight((weight[row] ?? 0) * successDecay(age));
      success[cluster] = (success[cluster] ?? 0) + now;
      if (now > 0 && only[cluster] !== provider) only[cluster] = only[cluster] === NONE ? provider : SEVERAL;
    }
    if ((what & says.wonDispute) !== 0) won[cluster] = (won[cluster] ?? 0) + 1;
    if ((what & says.lostDispute) !== 0) lost[cluster] = (lost[cluster] ?? 0) + 1;
  }
}

/** What buyers' history is made of. */
const SPEAKS = says.success | says.wonDispute | says.lostDispute;
