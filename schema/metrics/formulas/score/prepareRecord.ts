import { assert } from '../../../lib/assert.js';
import { type BuyerGroups, createBuyerGroups } from './buyerGroups.js';
import {
  addToDay,
  type CollectedRows,
  collectRows,
  type DayTotal,
  type RowCollector,
  type RowSource,
} from './collectRows.js';
import { createLinkFinder, type LinkFinder } from './createLinkFinder.js';
import type { SettledDays } from './firstDays.js';
import type { IncidentRecord, NetworkRecord, ProviderRecord, SlotsRecord } from './NetworkRecord.js';
import { compareText, orderOutcomes } from './orderOutcomes.js';
import { createPairSums, hasRoom, type PairSums } from './pairSums.js';
import { scoreMethod } from './scoreMethod.js';
import { createTimeline, orderPairs, type Timeline } from './Timeline.js';

/** The number of the buyer that is not known. */
export const NOBODY = 0;

/** A record in the form that scores as of many times are made from. Everything in it is a fact of the record: nothing is added up. */
export interface PreparedRecord {
  readonly networkId: string;
  readonly records: NetworkRecord['records'];
  readonly feeReference: bigint | null;
  /** By index, in the order of their ids. */
  readonly providers: readonly ProviderRecord[];
  /** @throws where the record does not have it. */
  readonly providerOf: (id: string) => number;
  readonly findProvider: (id: string) => number | undefined;
  /** By number, in no order; the first one is nobody known. */
  readonly buyers: readonly string[];
  /** By number of a buyer, its place in the order of ids: whatever came first, sums are made in one order. */
  readonly rankOf: Int32Array;
  /** By provider. */
  readonly timelines: readonly Timeline[];
  /** By place of a row: what it was read from; empty where sources are not kept. */
  readonly sources: readonly RowSource[];
  readonly links: LinkFinder;
  /** Payments of buyers that are linked to a provider: only through them can value go round. */
  readonly ringPayments: readonly RingPayment[];
  readonly slots: readonly (readonly SlotsRecord[])[];
  readonly incidents: readonly (readonly IncidentRecord[])[];
  readonly fees: ReadonlyMap<number, DayTotal>;
  readonly prices: ReadonlyMap<number, DayTotal>;
  readonly scratch: Scratch;
  /** By provider, its first days, where nothing will change them any more. */
  readonly firstDays: (SettledDays | undefined)[];
}

/** Room for the sums of one provider, and for the groups of one subject; written over by each. */
export interface Scratch {
  readonly sums: PairSums;
  readonly groups: BuyerGroups;
}

export interface RingPayment {
  readonly buyer: number;
  readonly provider: number;
  readonly at: number;
  readonly amount: number;
}

/** @throws where an outcome, payment, day or incident names a provider that the record does not have. */
export function prepareRecord(record: NetworkRecord): PreparedRecord {
  const preparation = createPreparation({ ...record, keepSources: true });
  for (const outcome of orderOutcomes(record.outcomes)) preparation.add(outcome);
  return preparation.finish(record);
}

export interface PreparationOptions extends Pick<NetworkRecord, 'feeReference' | 'running'> {
  /** Without the sources of outcomes nothing can be explained. */
  readonly keepSources: boolean;
}

export interface Preparation extends Pick<RowCollector, 'add' | 'take' | 'cut'> {
  /**
   * With all that was given so far. With `prices`, what was paid by day, only those payments are asked for whose buyer is ever linked to a
   * provider. What was made before of the same preparation must not be used any more.
   */
  readonly finish: (
    record: Omit<NetworkRecord, 'outcomes' | 'running'>,
    options?: { readonly prices?: ReadonlyMap<number, DayTotal> },
  ) => PreparedRecord;
}

/** The same for a reader that has the outcomes one by one, in the order of `orderOutcomes`. */
export function createPreparation(options: PreparationOptions): Preparation {
  const names = createBuyers();
  const collector = collectRows({ ...options, buyerOf: names.numberOf });
  let before: PreparedRecord | undefined;
  let cutFrom = Number.POSITIVE_INFINITY;
  return {
    add: collector.add,
    take: collector.take,
    cut: (from) => {
      cutFrom = Math.min(cutFrom, from);
      collector.cut(from);
    },
    finish: (record, { prices } = {}) => {
      for (const { id } of record.buyers) names.numberOf(id);
      for (const { buyer } of record.payments) names.numberOf(buyer);
      const rankOf = names.rank();
      const { providers, providerOf, findProvider } = toProviders(record.providers);
      const { timelines, sources, fees } = toOwnTimelines(collector.finish(), { providers, providerOf, rankOf });
      const { buyers } = names;
      const links = createLinkFinder({ providers, buyers, buyerRecords: record.buyers, timelines }, before?.links);
      before = {
        networkId: record.networkId,
        records: record.records,
        feeReference: record.feeReference !== null && record.feeReference > 0n ? record.feeReference : null,
        ...{ providers, providerOf, findProvider, buyers, rankOf, timelines, sources, links },
        ...toPayments(record, { providerOf, buyerOf: names.numberOf, rankOf, links }),
        ...(prices && { prices }),
        slots: groupByProvider(record.slots, { providers, providerOf, compare: (a, b) => a.day - b.day }),
        incidents: groupByProvider(record.incidents, { providers, providerOf, compare: compareIncidents }),
        fees,
        scratch: toScratch(before, { timelines, buyers }),
        firstDays: keepSettled(before, { providers, cutFrom }),
      };
      cutFrom = Number.POSITIVE_INFINITY;
      return before;
    },
  };
}

/** Buyers are numbered as they come; a number is kept. */
function createBuyers() {
  const buyers: string[] = [];
  const numbers = new Map<string, number>();
  let ranks: Int32Array = new Int32Array();
  const numberOf = (id: string | null) => {
    const name = id ?? '';
    const number = numbers.get(name) ?? buyers.length;
    if (number === buyers.length) {
      buyers.push(name);
      numbers.set(name, number);
    }
    return number;
  };
  numberOf(null);
  return {
    buyers,
    numberOf,
    rank: () => {
      if (ranks.length !== buyers.length) ranks = rankTexts(buyers);
      return ranks;
    },
  };
}

function rankTexts(texts: readonly string[]): Int32Array {
  const order = texts.map((text, index) => ({ text, index })).sort((one, other) => compareText(one.text, other.text));
  const ranks = new Int32Array(texts.length);
  order.forEach(({ index }, rank) => {
    ranks[index] = rank;
  });
  return ranks;
}

function toProviders(records: readonly ProviderRecord[]) {
  const index = new Map<string, number>();
  const providers: ProviderRecord[] = [];
  for (const provider of [...records].sort((one, other) => compareText(one.id, other.id))) {
    if (index.has(provider.id)) continue;
    index.set(provider.id, providers.length);
    providers.push(provider);
  }
  const providerOf = (id: string) => {
    const found = index.get(id);
    assert(found !== undefined, `a provider of the record, got ${id}`);
    return found;
  };
  return { providers, providerOf, findProvider: (id: string) => index.get(id) };
}

/** By provider; of one that did nothing an empty one. */
function toOwnTimelines(
  { timelines: byId, ...rest }: CollectedRows,
  of: Pick<PreparedRecord, 'providers' | 'providerOf' | 'rankOf'>,
): Pick<PreparedRecord, 'timelines' | 'sources' | 'fees'> {
  for (const [id, { count }] of byId) if (count > 0) of.providerOf(id);
  const timelines = of.providers.map(({ id }) => byId.get(id) ?? createTimeline(0));
  for (const timeline of timelines) orderPairs(timeline, of.rankOf);
  return { timelines, ...rest };
}

/** Made anew where there are more pairs, or buyers, than before. */
function toScratch(
  before: PreparedRecord | undefined,
  { timelines, buyers }: Pick<PreparedRecord, 'timelines' | 'buyers'>,
): Scratch {
  const most = timelines.reduce((pairs, timeline) => Math.max(pairs, timeline.pairs), 0);
  const known = before?.scratch;
  return {
    sums: known !== undefined && hasRoom(known.sums, most) ? known.sums : createPairSums(most),
    groups:
      known !== undefined && known.groups.groupOf.length >= buyers.length
        ? known.groups
        : createBuyerGroups(buyers.length),
  };
}

export function createScratch({ timelines, buyers }: Pick<PreparedRecord, 'timelines' | 'buyers'>): Scratch {
  return toScratch(undefined, { timelines, buyers });
}

/** First days that are over before anything that was given anew. */
function keepSettled(
  before: PreparedRecord | undefined,
  { providers, cutFrom }: { readonly providers: readonly ProviderRecord[]; readonly cutFrom: number },
): (SettledDays | undefined)[] {
  if (before === undefined) return [];
  return providers.map(({ id, bornAt }) => {
    const index = before.findProvider(id);
    const isSame = index !== undefined && before.providers[index]?.bornAt === bornAt;
    return isSame && bornAt + scoreMethod.panel.firstDays <= cutFrom ? before.firstDays[index] : undefined;
  });
}

function toPayments(
  record: Pick<NetworkRecord, 'payments'>,
  of: {
    readonly providerOf: (id: string) => number;
    readonly buyerOf: (id: string) => number;
    readonly rankOf: Int32Array;
    readonly links: LinkFinder;
  },
): Pick<PreparedRecord, 'ringPayments' | 'prices'> {
  const prices = new Map<number, DayTotal>();
  const ringPayments: RingPayment[] = [];
  for (const { buyer, provider, at, amount } of record.payments) {
    if (amount <= 0n) continue;
    addToDay(prices, { at, amount });
    const buyerIndex = of.buyerOf(buyer);
    if (!of.links.isLinkedBuyer(buyerIndex)) continue;
    ringPayments.push({ buyer: buyerIndex, provider: of.providerOf(provider), at, amount: Number(amount) });
  }
  const rank = ({ buyer }: RingPayment) => of.rankOf[buyer] ?? 0;
  ringPayments.sort((a, b) => a.at - b.at || rank(a) - rank(b) || a.provider - b.provider || a.amount - b.amount);
  return { prices, ringPayments };
}

function groupByProvider<R extends { readonly provider: string }>(
  records: readonly R[],
  by: {
    readonly providers: readonly ProviderRecord[];
    readonly providerOf: (id: string) => number;
    readonly compare: (one: R, other: R) => number;
  },
): R[][] {
  const groups: R[][] = by.providers.map(() => []);
  for (const record of records) groups[by.providerOf(record.provider)]?.push(record);
  return groups.map((group) =>
    group.sort(by.compare).filter((record, index) => {
      const before = group[index - 1];
      return before === undefined || by.compare(before, record) !== 0;
    }),
  );
}

function compareIncidents(one: IncidentRecord, other: IncidentRecord): number {
  return one.at - other.at || compareText(one.kind, other.kind) || compareText(one.evidenceId, other.evidenceId);
}
