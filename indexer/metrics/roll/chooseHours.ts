import { HOURS_PER_DAY } from '../../../schema/heartbeat/slots.js';

export interface ChosenHours {
  /** Ascending, each once. */
  readonly hours: readonly number[];
  /** Nothing is left for a later turn. */
  readonly isLast: boolean;
}

/**
 * The hours of a turn: those that are marked, and all from where the last turn came to up to the head, for levels carry on
 * through hours in which nothing happened. Where those are too many, whole days from the earliest on; then the next turn is to go
 * on right after them, for what carries on has changed from there.
 */
export function chooseHours(options: {
  /** Marked hours, in any order. */
  readonly marked: readonly number[];
  /** The hour in which the last turn ended. */
  readonly from: number;
  readonly head: number;
  /** About as many hours as a turn takes. */
  readonly lot: number;
}): ChosenHours {
  const { marked, from, head, lot } = options;
  const due = new Set(marked.filter((hour) => hour <= head));
  for (let hour = Math.min(from, head); hour <= head; hour++) due.add(hour);
  const hours = [...due].sort((one, other) => one - other);
  const last = hours[lot - 1];
  const end = last === undefined ? head : endOfDay(last);
  return end >= head ? { hours, isLast: true } : { hours: hours.filter((hour) => hour <= end), isLast: false };
}

function endOfDay(hour: number): number {
  return Math.floor(hour / HOURS_PER_DAY) * HOURS_PER_DAY + HOURS_PER_DAY - 1;
}
