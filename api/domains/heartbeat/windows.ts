import { HOURS_PER_DAY, toDay, toHour, toSlot } from '../../../schema/heartbeat/slots.js';
import { createEnum } from '../../list/createEnum.js';

const hours = { h24: 24, d7: 7 * 24, d30: 30 * 24, d90: 90 * 24 } as const;

export type WindowName = keyof typeof hours;

export const ReliabilityWindow = createEnum<WindowName>({
  name: 'ReliabilityWindow',
  description: 'How far back reliability looks from the beginning of this hour.',
  values: {
    h24: 'The last 24 hours.',
    d7: 'The last 7 days.',
    d30: 'The last 30 days.',
    d90: 'The last 90 days.',
  },
});

/** Whole hours of a window, and how they are read: whole days as days, what is left at both ends by the hour. */
export interface WindowSpan {
  /** The first hour, and the one after the last: the hour that runs, of which nothing is settled yet. */
  readonly fromHour: number;
  readonly toHour: number;
  /** Not within it: `toDay`. */
  readonly fromDay: number;
  readonly toDay: number;
  readonly hours: readonly number[];
  /** How many days it is long. */
  readonly days: number;
}

export function toSpan(name: WindowName, now: Date): WindowSpan {
  const until = toHour(toSlot(now.getTime()));
  const from = until - hours[name];
  const firstWholeDay = Math.ceil(from / HOURS_PER_DAY);
  // Today is read by the hour too: whether its row of the day is there already is the roller's own affair.
  const today = toDay(until);
  const edges =
    firstWholeDay >= today
      ? toRange(from, until)
      : [...toRange(from, firstWholeDay * HOURS_PER_DAY), ...toRange(today * HOURS_PER_DAY, until)];
  return {
    ...{ fromHour: from, toHour: until },
    fromDay: Math.min(firstWholeDay, today),
    toDay: today,
    hours: edges,
    days: hours[name] / HOURS_PER_DAY,
  };
}

export function toToday(now: Date): number {
  return toDay(toHour(toSlot(now.getTime())));
}

/** Standings that are older say nothing of now. */
export function toWeekAgo(now: Date): number {
  return toSpan('d7', now).fromHour;
}

function toRange(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
}
