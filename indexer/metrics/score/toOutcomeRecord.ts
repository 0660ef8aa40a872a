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
  const { taskId, part, providerId, buyer, kind, knownFrom, knownTo, height, logIndex, deadline, fee, paidAt } =
    outcome;
  if (providerId === null) return undefined;
  return {
    ...{ taskId, part, provider: providerId, buyer: buyer?.toLowerCase() ?? null, kind, knownFrom, knownTo },
    eventId: height === null || logIndex === null ? null : toEventId({ chainId, height, logIndex }),
    ...{ deadline, fee, feeFrom: paidAt },
  };
}
