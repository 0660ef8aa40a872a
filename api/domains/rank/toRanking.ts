import { assert } from '../../../schema/lib/assert.js';
import { findMetric } from '../../../schema/metrics/catalogue.js';
import {
  divideHalfEven,
  ONE,
  parseFixed,
  toFixedText,
  toFixedTextOrNull,
} from '../../../schema/metrics/formulas/price/fixedPoint.js';
import { longJobFactor } from '../../../schema/metrics/formulas/price/longJobFactor.js';
import { findAdvertised, findSettled, type Offer } from '../../../schema/metrics/formulas/rank/findOffer.js';
import {
  type Assessed,
  compareKeys,
  countGpus,
  type Ranking,
  toRankKey,
} from '../../../schema/metrics/formulas/rank/rankCandidates.js';
import {
  type LeftOutGroup,
  leftOutGroups,
  type Reason,
  type ReasonCode,
  reasons,
} from '../../../schema/metrics/formulas/rank/reasons.js';
import type { KnownPrice } from './createPricing.js';
import type { GpuHourPrice } from './GpuHourPrice.js';
import type { LeftOutProvider, ReasonCount } from './LeftOut.js';
import type { KnownCandidate, KnownTrade } from './loadCandidates.js';
import type { ProviderRankingConnection, RankedProvider } from './ProviderRanking.js';
import { parseRankCursor, toRankCursor, toRankQuestion } from './rankCursor.js';
import { toAvailability, toMtbf, toSuccess } from './toBounds.js';
import type { KnownMachine } from './toMachines.js';
import type { ParsedWorkload } from './Workload.js';

export interface RankPage {
  readonly first: number;
  readonly after: string | null;
  /** Id of a provider. */
  readonly leftOutAfter: string | null;
}

export type RankedRow = RankedProvider & { readonly networkId: string };
/** Tokens are loaded where they are asked for. */
export type PriceRow = GpuHourPrice & { readonly tokenId: string };

/** A page of a ranking; `complete` reads what its rows alone need to know. */
export async function toRanking(
  ranking: Ranking<KnownCandidate>,
  workload: ParsedWorkload,
  {
    page: { first, after, leftOutAfter },
    complete,
  }: {
    readonly page: RankPage;
    readonly complete: (candidates: readonly KnownCandidate[]) => Promise<readonly KnownCandidate[]>;
  },
): Promise<ProviderRankingConnection> {
  const question = toRankQuestion(workload);
  const { ranked, leftOut } = ranking;
  const place = after === null ? null : parseRankCursor(after, question);
  const from = place === null ? 0 : ranked.filter((one) => compareKeys(toRankKey(one), place) <= 0).length;
  const shown = ranked.slice(from, from + first);
  const completed = await complete(shown.map(({ candidate }) => candidate));
  const nodes = shown.map((one, at) => ({
    ...toRow({ ...one, candidate: completed[at] ?? one.candidate }, workload),
    rank: from + at + 1,
    cursor: toRankCursor(toRankKey(one), question),
  }));
  const toGroup = (group: LeftOutGroup) =>
    leftOut[group]
      .filter(({ candidate }) => leftOutAfter === null || candidate.id > leftOutAfter)
      .slice(0, first)
      .map((one) => toLeftOut(one, group));
  return {
    nodes,
    pageInfo: {
      ...{ hasNextPage: from + nodes.length < ranked.length, hasPreviousPage: from > 0 },
      ...{ startCursor: nodes.at(0)?.cursor ?? null, endCursor: nodes.at(-1)?.cursor ?? null },
    },
    totalCount: ranked.length + leftOutGroups.reduce((sum, group) => sum + leftOut[group].length, 0),
    ...{ rankedCount: ranked.length, excludedCount: leftOut.excluded.length },
    ...{ offlineCount: leftOut.offline.length, notEnoughDataCount: leftOut.notEnoughData.length },
    ...{ excluded: toGroup('excluded'), offline: toGroup('offline'), notEnoughData: toGroup('notEnoughData') },
    reasonCounts: countReasons(leftOutGroups.flatMap((group) => leftOut[group])),
    formula: describeFormula(),
  };
}

function describeFormula(): string {
  const metric = findMetric('price.costPerSuccessfulHour');
  assert(metric, 'the catalogue has the cost of an hour that succeeds');
  return `price / success.lower; ${metric.id}, method ${metric.methodVersion}, with the lower of the bounds of attempts and of the score`;
}

function toRow(one: Assessed<KnownCandidate>, workload: ParsedWorkload): Omit<RankedRow, 'rank' | 'cursor'> {
  const { candidate, offer, cost, success } = one;
  assert(offer && cost && success, 'whoever is ranked has a price, a bound and a cost');
  const { record } = candidate;
  const quantity = BigInt(workload.gpuCount) * workload.hours;
  const times = (price: bigint) => divideHalfEven(price * quantity, ONE);
  const prices = listPrices(one, workload.gpuCount);
  const price = prices[offer.basis];
  assert(price, 'the price that it is made of is one of those');
  return {
    ...{ id: candidate.id, networkId: candidate.networkId, price, ...prices },
    rankedBy: cost.usd === null ? 'TOKEN' : 'USD',
    expectedCostPerSuccessfulHour: toFixedTextOrNull(cost.usd),
    expectedCostPerSuccessfulHourInToken: toFixedText(cost.inToken),
    totalCost: cost.usd === null ? null : toFixedText(times(cost.usd)),
    totalCostInToken: toFixedText(times(cost.inToken)),
    totalPrice: offer.price.usd === null ? null : toFixedText(times(offer.price.usd)),
    totalCostWithRestarts: toCostWithRestarts(one, {
      offer,
      total: offer.price.usd && times(offer.price.usd),
      hours: workload.hours,
    }),
    success: toSuccess(success, record),
    availability: toAvailability(record),
    ...{ score: record.score, evidence: record.evidence, scoredAt: record.scoredAt },
    capacity: toCapacity(one.machines as readonly KnownMachine[], workload.gpuCount),
  };
}

/** Any of its machines that breaks off ends the work of all. */
function toCostWithRestarts(
  { candidate: { record } }: Assessed<KnownCandidate>,
  { offer, total, hours }: { readonly offer: Offer; readonly total: bigint | null; readonly hours: bigint },
): string | null {
  const times = toMtbf(record);
  if (!times || total === null) return null;
  const factor = longJobFactor({
    jobHours: Number(toFixedText(hours)),
    mtbfHours: times.mtbfHours / offer.machines,
    restartHours: times.restartHours,
  });
  return factor === null ? null : toFixedText(divideHalfEven(total * parseFixed(factor), ONE));
}

/** The three prices of a provider for machines that suit. */
export function listPrices(
  { candidate, machines }: Pick<Assessed<KnownCandidate>, 'candidate' | 'machines'>,
  gpuCount: number,
): { readonly [basis in 'advertised' | 'bid' | 'settled']: PriceRow | null } {
  const asks = (machines as readonly KnownMachine[]).flatMap(({ ask }) => ask ?? []);
  const own = candidate.bids.filter(({ machine }) => machine === null);
  const ids = new Set(machines.map(({ id }) => id));
  const trades = candidate.settled.filter(({ machine }) => machine === null || ids.has(machine));
  return {
    advertised: toPrice('advertised', findAdvertised(machines, gpuCount), asks),
    bid: toPrice('bid', findSettled(own, []), own.map(toKnown)),
    settled: toPrice('settled', findSettled(trades, machines), trades.map(toKnown)),
  };
}

function toKnown({ price }: KnownTrade): KnownPrice {
  return price;
}

function toPrice(
  basis: GpuHourPrice['basis'],
  offer: Offer | undefined,
  sources: readonly KnownPrice[],
): PriceRow | null {
  if (!offer) return null;
  const { token: tokenId, inToken, usd } = offer.price;
  const own = sources.filter(({ token }) => token === tokenId);
  return {
    ...{ basis, tokenId, inToken: toFixedText(inToken), usd: toFixedTextOrNull(usd), samples: offer.n },
    usdReason: usd === null ? (own.find(({ usdReason }) => usdReason !== null)?.usdReason ?? null) : null,
    at: new Date(Math.max(...own.map(({ at }) => at.getTime()))),
    probed: own.some(({ isProbed }) => isProbed),
  };
}

export function toCapacity(machines: readonly KnownMachine[], gpuCount: number): RankedProvider['capacity'] {
  const isKnown = machines.some(({ gpus }) => gpus !== null);
  const isHeard = machines.some(({ isOnline }) => isOnline !== null);
  const isBusyKnown = machines.length > 0 && machines.every(({ isBusy }) => isBusy !== null);
  const free = machines.filter(({ isBusy }) => isBusy === false);
  const named = machines.filter(({ id }) => id !== null);
  return {
    machines: named.length > 0 ? named.length : null,
    gpus: isKnown ? countGpus(machines) : null,
    onlineGpus: isKnown && isHeard ? countGpus(machines.filter(({ isOnline }) => isOnline)) : null,
    freeGpus: isKnown && isBusyKnown ? countGpus(free) : null,
    availableNow: isBusyKnown ? isEnough(free, gpuCount) : null,
    models: listDistinct(machines.flatMap(({ model }) => model ?? [])),
    regions: listDistinct(machines.flatMap(({ region }) => region ?? [])),
  };
}

/** Null: some do not say how many GPUs they have, and those that are sure are too few. */
function isEnough(machines: readonly KnownMachine[], gpuCount: number): boolean | null {
  if (countGpus(machines) >= gpuCount) return true;
  return machines.every(({ gpus }) => gpus !== null) ? false : null;
}

function listDistinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort();
}

function toLeftOut({ candidate, reasons: own }: Assessed<KnownCandidate>, group: LeftOutGroup): LeftOutProvider {
  return {
    ...{ id: candidate.id, group },
    reasons: own.map((reason) => ({ ...reason, sentence: toSentence(reason, candidate) })),
  };
}

/** What its network does not record is said in the network's own words. */
function toSentence({ code, expected, got }: Reason, { notRecorded }: KnownCandidate): string {
  const own = {
    HARDWARE_NOT_RECORDED: notRecorded.nodes,
    PRICE_NOT_RECORDED: notRecorded.price,
    JOBS_NOT_RECORDED: notRecorded.jobs,
  };
  const said = code in own ? own[code as keyof typeof own] : undefined;
  const case_ = [expected !== null && `wanted: ${expected}`, got !== null && `has: ${got}`].filter(Boolean).join('; ');
  const { meaning } = reasons[code];
  return [meaning, said, case_ && `${case_.charAt(0).toUpperCase()}${case_.slice(1)}.`].filter(Boolean).join(' ');
}

function countReasons(leftOut: readonly Assessed[]): readonly ReasonCount[] {
  const counts = new Map<ReasonCode, number>();
  for (const { reasons: own } of leftOut) {
    for (const { code } of own) counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return [...counts]
    .map(([code, providers]) => ({ code, group: reasons[code].group, providers }))
    .sort((one, other) => other.providers - one.providers || (one.code < other.code ? -1 : 1));
}
