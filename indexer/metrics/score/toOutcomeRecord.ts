import { toEventId } from '../../../schema/lib/ids.js';
import type { Outcome } from '../../../schema/metrics/formulas/jobs/Outcome.js';
import type { OutcomeRecord } from '../../../schema/metrics/formulas/score/NetworkRecord.js';

type Counted = Pick<
  Outcome,
  | 'taskId'
  | 'part'
  | 'providerId'
  | 'buyer'
  | 'kind'
  | 'knownFrom'
  | 'knownTo'
  | 'height'
  | 'logIndex'
  | 'deadline'
  | 'fee'
  | 'paidAt'
>;

/** Undefined: nobody had the task, so that it is of nobody's record. */
export function toOutcomeRecord(outcome: Counted, chainId: number): OutcomeRecord | undefined {
  const { providerId, buyer, height, logIndex } = outcome;
  if (providerId === null) return undefined;
  // Named one by one: a million of these are made in a turn, and one that is spread takes dozens of times as long.
  return {
    taskId: outcome.taskId,
    part: outcome.part,
    provider: providerId,
    buyer: buyer === null ? null : buyer.toLowerCase(),
    kind: outcome.kind,
    knownFrom: outcome.knownFrom,
    knownTo: outcome.knownTo,
    eventId: height === null || logIndex === null ? null : toEventId({ chainId, height, logIndex }),
    deadline: outcome.deadline,
    fee: outcome.fee,
    feeFrom: outcome.paidAt,
  };
}
