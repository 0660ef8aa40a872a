import type { OutcomeRecord, RunningRecord } from '../../../schema/metrics/formulas/score/NetworkRecord.js';

/** By code unit, as `collate "C"` orders what is ASCII. */
export function compareTexts(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** An outcome with its place on the chain: -1 where it follows from a deadline. */
export interface PlacedOutcome {
  readonly record: OutcomeRecord;
  readonly height: number;
  readonly logIndex: number;
}

export function compareOutcomes(one: PlacedOutcome, other: PlacedOutcome): number {
  return (
    one.record.knownFrom - other.record.knownFrom ||
    one.height - other.height ||
    one.logIndex - other.logIndex ||
    compareTexts(one.record.taskId, other.record.taskId) ||
    one.record.part - other.record.part
  );
}

export function compareRunning(one: RunningRecord, other: RunningRecord): number {
  return one.deadline - other.deadline || compareTexts(one.taskId, other.taskId) || one.assignedAt - other.assignedAt;
}
