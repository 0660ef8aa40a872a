import type { OutcomeRecord } from './NetworkRecord.js';

/** Outcomes in the order of time, then of their place on the chain, then of task and part; repeated ones once. */
export function orderOutcomes(outcomes: readonly OutcomeRecord[]): readonly OutcomeRecord[] {
  let isOrdered = true;
  for (let index = 1; index < outcomes.length && isOrdered; index += 1) {
    const before = outcomes[index - 1];
    const outcome = outcomes[index];
    isOrdered = before === undefined || outcome === undefined || compareOutcomes(before, outcome) < 0;
  }
  if (isOrdered) return outcomes;
  const sorted = [...outcomes].sort(compareOutcomes);
  return sorted.filter((outcome, index) => {
    const before = sorted[index - 1];
    return before === undefined || compareOutcomes(before, outcome) !== 0;
  });
}

export function compareOutcomes(one: OutcomeRecord, other: OutcomeRecord): number {
  return (
    one.knownFrom - other.knownFrom ||
    comparePlaces(one.eventId, other.eventId) ||
    compareText(one.taskId, other.taskId) ||
    one.part - other.part ||
    compareText(one.provider, other.provider)
  );
}

/** Of `<chain>-<height>-<log>`; what follows from a deadline comes before what a block says. */
function comparePlaces(one: string | null, other: string | null): number {
  if (one === other) return 0;
  if (one === null || other === null) return one === null ? -1 : 1;
  const places = [one, other].map((id) => id.split('-').slice(-2).map(Number));
  const [[height = 0, log = 0] = [], [otherHeight = 0, otherLog = 0] = []] = places;
  return height - otherHeight || log - otherLog || compareText(one, other);
}

export function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
