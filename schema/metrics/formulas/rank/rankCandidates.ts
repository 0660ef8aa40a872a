import { costPerSuccess } from '../price/costPerSuccess.js';
import { parseFixed, toFixedText } from '../price/fixedPoint.js';
import { boundSuccess, type SuccessBound } from './boundSuccess.js';
import type { Candidate, Machine, Workload } from './Candidate.js';
import { findOffer, type Offer } from './findOffer.js';
import { findSuited } from './findSuited.js';
import { findGroup, type LeftOutGroup, type Reason, type ReasonCode } from './reasons.js';

/** A provider held against a workload. */
export interface Assessed<Own extends Candidate = Candidate> {
  readonly candidate: Own;
  /** Why it is not ranked; empty: it is. */
  readonly reasons: readonly Reason[];
  /** Machines that suit and are there. */
  readonly machines: readonly Machine[];
  readonly offer: Offer | null;
  readonly success: SuccessBound | null;
  /** Of a GPU-hour that succeeds, at 18 decimals; `usd` null: nobody knows what the token is worth. */
  readonly cost: { readonly usd: bigint | null; readonly inToken: bigint } | null;
}

export interface Ranking<Own extends Candidate = Candidate> {
  readonly ranked: readonly Assessed<Own>[];
  /** By id. */
  readonly leftOut: Readonly<Record<LeftOutGroup, readonly Assessed<Own>[]>>;
}

/**
 * Orders providers by what a GPU-hour that succeeds costs: price / lower bound of success (`PRC-07`, φ = 1). First those whose cost is
 * known in USD; then, token by token, those where it is not, for amounts of different tokens do not compare. Of equal costs the more
 * successful comes first, then the more available, the better score, the smaller id. Nobody is dropped: who is not ranked stands in a
 * group, with every reason that is known.
 */
export function rankCandidates<Own extends Candidate>(candidates: readonly Own[], workload: Workload): Ranking<Own> {
  const ranked: Assessed<Own>[] = [];
  const leftOut: Record<LeftOutGroup, Assessed<Own>[]> = { excluded: [], offline: [], notEnoughData: [] };
  for (const candidate of candidates) {
    const assessed = assess(candidate, workload);
    const group = findGroup(assessed.reasons);
    (group ? leftOut[group] : ranked).push(assessed);
  }
  for (const group of Object.values(leftOut))
    group.sort((one, other) => compareText(one.candidate.id, other.candidate.id));
  return { ranked: sortRanked(ranked), leftOut };
}

/** Each key is made once. */
function sortRanked<Own extends Candidate>(ranked: readonly Assessed<Own>[]): readonly Assessed<Own>[] {
  return ranked
    .map((assessed) => ({ assessed, key: toRankKey(assessed) }))
    .sort((one, other) => compareKeys(one.key, other.key))
    .map(({ assessed }) => assessed);
}

function assess<Own extends Candidate>(candidate: Own, workload: Workload): Assessed<Own> {
  const suited = findSuited(candidate, workload);
  const there = suited.machines.filter(({ isOnline }) => isOnline ?? !candidate.isHeard);
  const isThere = there.length > 0;
  // Of who is away all else is said of the machines that would suit.
  const machines = isThere ? there : suited.machines;
  const offer = findOffer(candidate, machines, workload.gpuCount) ?? null;
  const success = boundSuccess(candidate.success);
  const reasons = [
    ...(candidate.isHistory ? [toReason('RECORDED_HISTORY')] : []),
    ...(candidate.isActive === false ? [toReason('INACTIVE')] : []),
    ...suited.reasons,
    ...(suited.machines.length > 0 && !isThere ? [toReason('OFFLINE')] : []),
    ...findCountReason(machines, workload),
    ...(suited.machines.length > 0 ? findPriceReason(candidate, offer, workload) : []),
    ...findSuccessReason(candidate, success, workload),
  ];
  const cost = offer && success && toCost(offer, success);
  return { candidate, reasons, machines: isThere ? there : [], offer, success, cost };
}

function toCost({ price }: Offer, { lower: success }: SuccessBound): Assessed['cost'] {
  const inToken = costPerSuccess(price.inToken, { success, failedShare: '1' });
  if (inToken === null) return null;
  return { inToken, usd: price.usd === null ? null : costPerSuccess(price.usd, { success, failedShare: '1' }) };
}

function findCountReason(machines: readonly Machine[], { gpuCount }: Workload): readonly Reason[] {
  if (machines.length === 0) return [];
  const known = countGpus(machines);
  if (known >= gpuCount) return [];
  const isKnown = machines.every(({ gpus }) => gpus !== null);
  return [toReason(isKnown ? 'TOO_FEW_GPUS' : 'GPU_COUNT_UNKNOWN', String(gpuCount), isKnown ? String(known) : null)];
}

/** One that does not say has at least one. */
export function countGpus(machines: readonly Machine[]): number {
  return machines.reduce((sum, { gpus }) => sum + (gpus ?? 1), 0);
}

function findPriceReason(candidate: Candidate, offer: Offer | null, { maxPrice }: Workload): readonly Reason[] {
  if (!offer) {
    if (candidate.otherUnits.length > 0) {
      return [toReason('NOT_PRICED_BY_GPU_HOUR', 'GPU-hour', [...candidate.otherUnits].sort().join(', '))];
    }
    return [toReason(candidate.notRecorded.price === undefined ? 'NO_PRICE' : 'PRICE_NOT_RECORDED')];
  }
  if (maxPrice === null) return [];
  const { usd } = offer.price;
  if (usd === null) return [toReason('NO_USD')];
  return usd > maxPrice ? [toReason('PRICE_ABOVE', toFixedText(maxPrice), toFixedText(usd))] : [];
}

function findSuccessReason(
  { success: record, notRecorded }: Candidate,
  success: SuccessBound | null,
  { minSuccess }: Workload,
): readonly Reason[] {
  if (!success) return [toReason(notRecorded.jobs === undefined ? 'NO_ATTEMPTS' : 'JOBS_NOT_RECORDED')];
  if (record.evidence === 'none') return [toReason('NO_INDEPENDENT_EVIDENCE')];
  const attempts = String(record.attempts);
  if (parseFixed(success.lower) === 0n) {
    const got = success.basis === 'score' ? 'none that counts for the score' : `${record.succeeded} of ${attempts}`;
    return [toReason('NEVER_SUCCEEDED', null, got)];
  }
  if (minSuccess === null || parseFixed(success.lower) >= minSuccess) return [];
  return [toReason('SUCCESS_BELOW', toFixedText(minSuccess), success.lower)];
}

function toReason(code: ReasonCode, expected: string | null = null, got: string | null = null): Reason {
  return { code, expected, got };
}

/** What the order is by, ascending; as texts a place in it can be kept. */
export interface RankKey {
  /** Empty: in USD. */
  readonly token: string;
  readonly cost: bigint;
  /** The last three negated, as more of them is better: -1 is not known. */
  readonly success: bigint;
  readonly availability: bigint;
  readonly score: bigint;
  readonly id: string;
}

export function toRankKey({ candidate, offer, cost, success }: Assessed): RankKey {
  const { id, availability, score } = candidate;
  const better = (text: string | null | undefined) => (text === null || text === undefined ? 1n : -parseFixed(text));
  return {
    token: cost?.usd === null || cost === null ? (offer?.price.token ?? '') : '',
    cost: cost?.usd ?? cost?.inToken ?? 0n,
    ...{ success: better(success?.lower), availability: better(availability), score: better(score), id },
  };
}

export function compareKeys(one: RankKey, other: RankKey): number {
  return (
    compareText(one.token, other.token) ||
    compareNumber(one.cost, other.cost) ||
    compareNumber(one.success, other.success) ||
    compareNumber(one.availability, other.availability) ||
    compareNumber(one.score, other.score) ||
    compareText(one.id, other.id)
  );
}

function compareNumber(one: bigint, other: bigint): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
