import { assert } from '../../../lib/assert.js';
import { addToDay, collectRows, type DayTotal, type Pairs, type RowCollector, type Rows } from './collectRows.js';
import { createLinkFinder, type LinkFinder } from './createLinkFinder.js';
import type { SettledDays } from './firstDays.js';
import type { IncidentRecord, NetworkRecord, ProviderRecord, SlotsRecord } from './NetworkRecord.js';
import { compareText, orderOutcomes } from './orderOutcomes.js';
import { createPairSums, type PairSums } from './pairSums.js';
import { says } from './readOutcome.js';

const JOB = says.success | says.failure | says.lostDispute;

/** The index of the buyer that is not known. */
export const NOBODY = 0;

/** A record in the form that scores as of many times are made from. Everything in it is a fact of the record: nothing is added up. */
export interface PreparedRecord {
  readonly networkId: string;
  readonly records: NetworkRecord['records'];
  readonly feeReference: bigint | null;
  readonly providers: readonly ProviderRecord[];
  readonly providerOf: (id: string) => number;
  /** By index, in the order of their ids: so are providers. The first one is nobody known. */
  readonly buyers: readonly string[];
  readonly rows: Rows;
  readonly pairs: Pairs;
  readonly timelines: readonly Timeline[];
  readonly links: LinkFinder;
  /** Payments of buyers that are linked to a provider: only through them can value go round. */
  readonly ringPayments: readonly RingPayment[];
  readonly slots: readonly (readonly SlotsRecord[])[];
  readonly incidents: readonly (readonly IncidentRecord[])[];
  readonly fees: ReadonlyMap<number, DayTotal>;
  readonly prices: ReadonlyMap<number, DayTotal>;
  /** Room for the sums of one time, written over by each. */
  readonly scratch: PairSums;
  /** By provider, its first days, where nothing will change them any more. */
  readonly firstDays: (SettledDays | undefined)[];
}

/** Of a provider, the rows that judge its jobs in the order of time. */
export interface Timeline {
  /** Indices of `rows`, and their places among all. */
  readonly rows: Int32Array;
  readonly places: Int32Array;
  /** How many of the rows before each say something against it. */
  readonly failures: Int32Array;
}

export interface RingPayment {
  readonly buyer: number;
  readonly provider: number;
  readonly at: number;
  readonly amount: number;
}

/** @throws where an outcome, payment, day or incident names a provider that the record does not have. */
export function prepareRecord(record: NetworkRecord): PreparedRecord {
  const preparation = createPreparation(record, { keepSources: true });
  for (const outcome of orderOutcomes(record.outcomes)) preparation.add(outcome);
  return preparation.finish();
}

export interface PreparationOptions {
  /** Without the sources of outcomes nothing can be explained. */
  readonly keepSources: boolean;
  /** What was paid by day; then only those payments are asked for whose buyer is ever linked to a provider. */
  readonly prices?: ReadonlyMap<number, DayTotal>;
}

/** The same for a reader that has the outcomes one by one, in the order of `orderOutcomes`. */
export function createPreparation(
  record: Omit<NetworkRecord, 'outcomes'>,
  { keepSources, prices }: PreparationOptions,
): Pick<RowCollector, 'add' | 'take'> & { readonly finish: () => PreparedRecord } {
  const { providers, providerOf } = toProviders(record.providers);
  const seen: string[] = [];
  const buyerIndex = new Map<string, number>();
  const buyerOf = (id: string | null) => {
    const key = id ?? '';
    const index = buyerIndex.get(key) ?? seen.length;
    if (index === seen.length) {
      seen.push(key);
      buyerIndex.set(key, index);
    }
    return index;
  };
  buyerOf(null);
  for (const { id } of record.buyers) buyerOf(id);
  const collector = collectRows(record, {
    owners: { providerOf, buyerOf, providers: providers.length, rankBuyers: () => rankOf(seen) },
    keepSources,
  });
  return {
    add: collector.add,
    take: collector.take,
    finish: () => {
      for (const { buyer } of record.payments) buyerOf(buyer);
      const { rows, pairs, fees } = collector.finish();
      const ranks = rankOf(seen);
      const buyers = [...seen].sort(compareText);
      const links = createLinkFinder({ providers, buyers, buyerRecords: record.buyers, pairs });
      return {
        networkId: record.networkId,
        records: record.records,
        feeReference: record.feeReference !== null && record.feeReference > 0n ? record.feeReference : null,
        providers,
        providerOf,
        buyers,
        rows,
        pairs,
        timelines: toTimelines(rows, pairs),
        links,
        ...toPayments(record, { providerOf, buyerOf: (id) => ranks[buyerOf(id)] ?? NOBODY, links }),
        ...(prices && { prices }),
        slots: groupByProvider(record.slots, { providers, providerOf, compare: (a, b) => a.day - b.day }),
        incidents: groupByProvider(record.incidents, { providers, providerOf, compare: compareIncidents }),
        fees,
        scratch: createPairSums(pairs.count),
        firstDays: [],
      };
    },
  };
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
  return { providers, providerOf };
}

/** For each id its place in their order: whatever came first, sums are made in one order. */
function rankOf(ids: readonly string[]): Int32Array {
  const order = ids.map((id, index) => ({ id, index })).sort((one, other) => compareText(one.id, other.id));
  const ranks = new Int32Array(ids.length);
  order.forEach(({ index }, rank) => {
    ranks[index] = rank;
  });
  return ranks;
}

/** Outcomes came in the order of time, so their places are that order. Overdue promises say nothing of jobs and are left out. */
function toTimelines(rows: Rows, pairs: Pairs): Timeline[] {
  const rowAt = new Int32Array(rows.place.length);
  for (let row = 0; row < rowAt.length; row += 1) rowAt[rows.place[row] ?? 0] = row;
  const counts = new Int32Array(pairs.first.length - 1);
  const judged = rowAt.filter((row) => ((rows.says[row] ?? 0) & JOB) !== 0);
  const providerOf = (row: number) => pairs.provider[rows.pair[row] ?? 0] ?? 0;
  for (const row of judged) counts[providerOf(row)] = (counts[providerOf(row)] ?? 0) + 1;
  const timelines = Array.from(counts, (count) => ({
    rows: new Int32Array(count),
    places: new Int32Array(count),
    failures: new Int32Array(count + 1),
  }));
  counts.fill(0);
  for (const row of judged) {
    const provider = providerOf(row);
    const next = counts[provider] ?? 0;
    const timeline = timelines[provider];
    if (timeline === undefined) continue;
    timeline.rows[next] = row;
    timeline.places[next] = rows.place[row] ?? 0;
    timeline.failures[next + 1] =
      (timeline.failures[next] ?? 0) + (((rows.says[row] ?? 0) & says.success) === 0 ? 1 : 0);
    counts[provider] = next + 1;
  }
  return timelines;
}

function toPayments(
  record: Omit<NetworkRecord, 'outcomes'>,
  of: {
    readonly providerOf: (id: string) => number;
    readonly buyerOf: (id: string) => number;
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
  ringPayments.sort((a, b) => a.at - b.at || a.buyer - b.buyer || a.provider - b.provider || a.amount - b.amount);
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
