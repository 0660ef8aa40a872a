import type { PooledSlots } from './availability.js';
import type { Evidence } from './collectEvidence.js';
import {
  type AvailabilityPrior,
  availabilityBound,
  chooseAvailabilityPrior,
  choosePriors,
  integrityBound,
  jobSuccessBound,
  type PriorChoice,
  promiseBound,
  type WeighedIncident,
} from './componentBounds.js';
import type { ScoreContext } from './createContext.js';
import type { NetworkRecord } from './NetworkRecord.js';
import type { Subject } from './subjects.js';
import type { ComponentBounds } from './toScore.js';

/** All that the components of one subject are made of. */
export interface ComponentInput {
  readonly evidence: Evidence;
  readonly slots: PooledSlots | null;
  readonly incidents: readonly WeighedIncident[];
  readonly priors: SubjectPriors;
}

/** Asked for where they are needed: to find an availability means to look at all peers. */
export interface SubjectPriors {
  readonly jobs: () => PriorChoice;
  readonly promises: () => PriorChoice;
  readonly availability: () => AvailabilityPrior;
}

export function findPriors(context: ScoreContext, subject: Subject): SubjectPriors {
  return {
    jobs: () => choosePriors(context, subject, 'jobs'),
    promises: () => choosePriors(context, subject, 'promises'),
    availability: () => chooseAvailabilityPrior(context, subject),
  };
}

/** The bounds of the components that the network records. */
export function boundComponents(
  records: NetworkRecord['records'],
  { evidence, slots, incidents, priors }: ComponentInput,
): ComponentBounds {
  return {
    ...(records.heartbeats && { availability: availabilityBound(slots, priors.availability) }),
    ...(records.jobs && { jobSuccess: jobSuccessBound(priors.jobs(), evidence) }),
    ...(records.jobs && records.deadlines && { promise: promiseBound(priors.promises(), evidence) }),
    ...((records.jobs || records.heartbeats) && { integrity: integrityBound(evidence, incidents) }),
  };
}
