import type { MetricDefinition } from '../../../schema/metrics/MetricDefinition.js';
import type { Family } from '../families.js';
import type { RollStep } from './RollStep.js';

/** What a roller does in each turn, in this order: steps, families of hours, sums of days, families of days, last steps. */
export interface RollPlan {
  readonly catalogue: readonly MetricDefinition[];
  /** Of heartbeats: the hours that they find change no later one. */
  readonly readingSteps?: readonly RollStep[];
  readonly firstSteps: readonly RollStep[];
  readonly families: readonly RollFamily[];
  /** Their tables are of scores and the like: they find no further hours. */
  readonly lastSteps: readonly RollStep[];
}

export interface RollFamily extends Family {
  /** The statement's text. */
  readonly sql: string;
}
