import { SLOT_MS, SLOTS_PER_DAY } from '../../../schema/heartbeat/slots.js';
import { UserError } from '../../../schema/lib/errors.js';
import type { Context } from '../../createContext.js';
import { assertFirst, assertRange } from '../../list/limits.js';
import type { Maintenance } from './Maintenance.js';
import type { Subject } from './subjects.js';
import { toDays } from './toDays.js';
import { toHours } from './toHours.js';
import { type ReliabilityAnswer, toReliability } from './toReliability.js';
import type { UptimeDay } from './UptimeDay.js';
import type { UptimeHour } from './UptimeHour.js';
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

export async function readUptimeByHour(
  subject: Subject,
  date: string,
  { loaders }: Context,
): Promise<readonly UptimeHour[]> {
  return toHours(await loaders.uptimeByHour.load({ ...subject, day: parseDay(date) }));
}

export async function readMaintenance(
  subject: Subject,
  first: number,
  { loaders }: Context,
): Promise<readonly Maintenance[]> {
  assertFirst(first);
  const rows = await loaders.maintenance.load({ ...subject, first });
  return rows.map(({ node, fromSlot, toSlot, account, announcedAt }) => ({
    ...{ node, account, announcedAt },
    from: new Date(fromSlot * SLOT_MS),
    to: new Date(toSlot * SLOT_MS),
  }));
}

/** Days are numbered in 32 bits; nobody kept a heartbeat before this century, or will after it. */
const DATE = /^20\d\d-\d\d-\d\d$/;

function parseDay(date: string): number {
  const time = DATE.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  // February has no 30th: it would be taken for a day of March.
  if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(date)) return time / (SLOTS_PER_DAY * SLOT_MS);
  throw new UserError(
    `Expected \`date\` to be a day of this century such as 2026-01-31, got ${JSON.stringify(date.slice(0, 40))}.`,
  );
}
