import { HOURS_PER_DAY } from '../../../schema/heartbeat/slots.js';

/** As of which hours scores are made in a turn: beginnings of hours, ascending. */
export interface ScoreHours {
  readonly hours: readonly number[];
  /** The last of them is that of the head: all before the open hour is settled. */
  readonly isPresent: boolean;
}

/**
 * What happened in an hour is in every score as of a later one: each midnight after the first hour of the turn is made anew, and, where
 * the turn reaches the head, the beginning of its hour. `hours` are those of the turn; `needsHead`: the score of the head's hour is
 * not there, as after blocks were taken back.
 */
export function toScoreHours(options: {
  readonly hours: readonly number[];
  readonly headHour: number;
  readonly needsHead: boolean;
}): ScoreHours {
  const { hours, headHour, needsHead } = options;
  const [first = headHour, last = headHour] = [hours[0], hours.at(-1)];
  const isPresent = last >= headHour;
  const end = isPresent ? headHour : last + 1;
  const made: number[] = [];
  for (let hour = toMidnightAfter(first); hour <= end; hour += HOURS_PER_DAY) made.push(hour);
  const isHeadDue = headHour > first || needsHead;
  if (isPresent && isHeadDue && made.at(-1) !== headHour) made.push(headHour);
  return { hours: made, isPresent };
}

/** The first midnight that this whole hour lies before. */
function toMidnightAfter(hour: number): number {
  return (Math.floor(hour / HOURS_PER_DAY) + 1) * HOURS_PER_DAY;
}
