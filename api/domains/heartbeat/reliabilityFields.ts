import type { Context } from '../../createContext.js';
import { assertRange } from '../../list/limits.js';
import type { Subject } from './subjects.js';
import { toDays } from './toDays.js';
import { type ReliabilityAnswer, toReliability } from './toReliability.js';
import type { UptimeDay } from './UptimeDay.js';
import { toToday, type WindowName } from './windows.js';

/** As days and windows are kept for pages: a longer history is another question. */
export const MAX_DAYS = 90;

/** What nodes and providers answer alike. */
export async function readReliability(
  subject: Subject,
  window: WindowName,
  { loaders, now }: Context,
): Promise<ReliabilityAnswer | null> {
  const key = { ...subject, window };
  const [row] = await loaders.reliability.load(key);
  return toReliability(key, row, now);
}

export async function readUptimeByDay(
  subject: Subject,
  days: number,
  { loaders, now }: Context,
): Promise<readonly UptimeDay[]> {
  assertUptimeDays(days);
  return toDays(await loaders.uptimeByDay.load({ ...subject, days }), toToday(now));
}

export function assertUptimeDays(days: number): void {
  assertRange('days', days, { min: 1, max: MAX_DAYS });
}
