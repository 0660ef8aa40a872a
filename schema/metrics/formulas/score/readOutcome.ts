import { outcomeValues } from '../jobs/Outcome.js';
import type { OutcomeRecord } from './NetworkRecord.js';

/** What a row says of its provider; several at once. */
export const says = { success: 1, failure: 2, lostDispute: 4, wonDispute: 8, kept: 16, missed: 32 } as const;

export interface Reading {
  readonly says: number;
  /** Before decay. */
  readonly weight: number;
  /** It counts by its fee, and so from when on that is known. */
  readonly isByFee: boolean;
}

/**
 * What an outcome says, as numbers. `completedAt` is when the attempt was completed, where another word came after that.
 * Where fees give evidence its weight, work whose fee is not known is no evidence for anybody yet, and counts in full against.
 */
export function readOutcome(
  outcome: Pick<OutcomeRecord, 'kind' | 'deadline' | 'knownFrom' | 'fee' | 'feeFrom'>,
  { feeReference, completedAt }: { readonly feeReference: bigint | null; readonly completedAt: number | undefined },
): Reading {
  const value = outcomeValues[outcome.kind];
  const feeCounts = feeReference !== null && feeReference > 0n;
  const isUnpaid = feeCounts && outcome.fee === null;
  const success = value === 1 && !isUnpaid ? says.success : 0;
  const failure = value !== 0 ? 0 : outcome.kind === 'disputeLost' ? says.lostDispute : says.failure;
  const won = outcome.kind === 'disputeWon' ? says.wonDispute : 0;
  const promise = toPromise(outcome, completedAt);
  // What speaks against a provider does not wait for the pay, and counts in full until then.
  const isLate = (outcome.feeFrom ?? outcome.knownFrom) > outcome.knownFrom;
  const isByFee = feeCounts && outcome.fee !== null && (value === 1 || !isLate);
  return {
    says: success | failure | won | (promise === says.kept && isUnpaid ? 0 : promise),
    weight: isByFee && outcome.fee !== null ? toFeeWeight(outcome.fee, feeReference) : 1,
    isByFee,
  };
}

/** `min(1, fee / feeReference)`. */
function toFeeWeight(fee: bigint, reference: bigint): number {
  if (fee >= reference) return 1;
  return fee <= 0n ? 0 : Number(fee) / Number(reference);
}

function toPromise(
  { kind, deadline, knownFrom }: Pick<OutcomeRecord, 'kind' | 'deadline' | 'knownFrom'>,
  completedAt: number | undefined,
): number {
  if (deadline === null) return 0;
  if (kind === 'timedOut') return says.missed;
  if (kind === 'completed') return knownFrom <= deadline ? says.kept : says.missed;
  if (kind !== 'disputeWon') return 0;
  // The dispute ended later than the work did.
  if ((completedAt ?? knownFrom) <= deadline) return says.kept;
  return completedAt === undefined ? 0 : says.missed;
}
