/**
 * Why a provider is not ranked, each with the group that it belongs to: `excluded` does not suit, `offline` is not there, and
 * of `notEnoughData` nobody can tell what it would cost. Whoever has reasons of several groups is in the first of these.
 */
export const reasons = {
  RECORDED_HISTORY: toReason('excluded', 'Its network is a recorded history: nothing of it is on offer.'),
  INACTIVE: toReason('excluded', 'It says that it takes no work.'),
  NOTHING_OFFERED: toReason('excluded', 'None of its machines is on offer.'),
  IMPLAUSIBLE_HARDWARE: toReason('excluded', 'What its machines claim to have cannot be true.'),
  WRONG_MODEL: toReason('excluded', 'None of its machines has the model.'),
  NOT_ENOUGH_VRAM: toReason('excluded', 'None of its GPUs has as much memory.'),
  WRONG_REGION: toReason('excluded', 'None of its machines stands in a region that suits.'),
  TOO_FEW_GPUS: toReason('excluded', 'It has fewer GPUs that suit and are there.'),
  PRICE_ABOVE: toReason('excluded', 'Its price is above the highest that is wanted.'),
  NEVER_SUCCEEDED: toReason(
    'excluded',
    'None of its attempts that count has succeeded: no number of them would bring a result.',
  ),
  SUCCESS_BELOW: toReason('excluded', 'The lower bound of its success is below the least that is wanted.'),
  OFFLINE: toReason('offline', 'None of its machines that suit is there.'),
  HARDWARE_NOT_RECORDED: toReason('notEnoughData', 'The protocol does not record machines.'),
  HARDWARE_UNKNOWN: toReason(
    'notEnoughData',
    'Its machines do not say what GPUs they have, or name none that the catalogue knows.',
  ),
  REGION_UNKNOWN: toReason('notEnoughData', 'Its machines do not say where they stand.'),
  GPU_COUNT_UNKNOWN: toReason('notEnoughData', 'Its machines do not say how many GPUs they have.'),
  PRICE_NOT_RECORDED: toReason('notEnoughData', 'The protocol does not record prices.'),
  NOT_PRICED_BY_GPU_HOUR: toReason('notEnoughData', 'It is priced by something else than the GPU-hour.'),
  NO_PRICE: toReason('notEnoughData', 'It asks no price, and none was agreed on in 30 days.'),
  NO_USD: toReason(
    'notEnoughData',
    'Nobody knows what its token is worth: no highest price in USD can be held against it.',
  ),
  JOBS_NOT_RECORDED: toReason('notEnoughData', 'The protocol does not record jobs.'),
  NO_ATTEMPTS: toReason('notEnoughData', 'No attempt of it was decided in 30 days.'),
  NO_INDEPENDENT_EVIDENCE: toReason(
    'notEnoughData',
    'All it did was for itself, in circles, or for buyers whom nobody else knows: nothing of it counts.',
  ),
} as const;

export type ReasonCode = keyof typeof reasons;

/** In the order in which they win over each other. */
export const leftOutGroups = ['excluded', 'offline', 'notEnoughData'] as const;
export type LeftOutGroup = (typeof leftOutGroups)[number];

/** A reason in its case. */
export interface Reason {
  readonly code: ReasonCode;
  /** What was wanted, and what there is; null where the code says it all. */
  readonly expected: string | null;
  readonly got: string | null;
}

export function findGroup(given: readonly Reason[]): LeftOutGroup | undefined {
  return leftOutGroups.find((group) => given.some(({ code }) => reasons[code].group === group));
}

function toReason(group: LeftOutGroup, meaning: string): { readonly group: LeftOutGroup; readonly meaning: string } {
  return { group, meaning };
}
