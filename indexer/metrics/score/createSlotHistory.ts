import type pg from 'pg';
import { HOURS_PER_DAY, SLOTS_PER_HOUR, toDay } from '../../../schema/heartbeat/slots.js';
import type { SlotsRecord } from '../../../schema/metrics/formulas/score/NetworkRecord.js';
import { createSlotSums, type SlotSums } from './createSlotSums.js';
import { readDays, readHours, readOutages } from './readSlots.js';
import type { Scope } from './Scope.js';

export interface SlotHistory {
  /**
   * By provider and day what its machines were, in no order: whole days from `fromDay` on at least, and of the one that is not over
   * its hours; where nothing of before the hour `since` has changed.
   */
  readonly refresh: (client: pg.ClientBase, scope: Scope, options: SlotOptions) => Promise<readonly SlotsRecord[]>;
}

interface SlotOptions {
  readonly since: number;
  readonly fromDay: number;
}

/** Slots and outages, taken up from an hour on again and again: by the hour within the day that is not over, else by the day. */
export function createSlotHistory(): SlotHistory {
  const days = createSlotSums();
  const hours = createSlotSums();
  /** Days that are known, and the hours up to which. */
  let [firstDay, today, toHour] = [Number.POSITIVE_INFINITY, -1, 0];
  return {
    refresh: async (client, { network, beforeHour }, { since, fromDay }) => {
      const back = Math.min(since, toHour, beforeHour);
      const isSameDay = today === toDay(beforeHour) && back >= today * HOURS_PER_DAY;
      const isFresh = fromDay < firstDay || toDay(back) <= fromDay;
      today = toDay(beforeHour);
      toHour = beforeHour;
      const fromHour = isSameDay && !isFresh ? back : (isFresh ? fromDay : toDay(back)) * HOURS_PER_DAY;
      if (isFresh) firstDay = fromDay;
      if (isFresh) days.cut(0);
      else days.cut(toDay(fromHour));
      hours.cut(isSameDay && !isFresh ? back : 0);
      await read(client, { networkId: network.id, fromHour, today, toHour }, { days, hours });
      return [...days.all(), ...toDays(hours, today)];
    },
  };
}

async function read(
  client: pg.ClientBase,
  of: { readonly networkId: string; readonly fromHour: number; readonly today: number; readonly toHour: number },
  { days, hours }: { readonly days: SlotSums; readonly hours: SlotSums },
): Promise<void> {
  const { networkId, fromHour, today, toHour } = of;
  const todayHour = today * HOURS_PER_DAY;
  await readDays(client, { networkId, fromDay: toDay(fromHour), toDay: today }, days.add);
  await readHours(client, { networkId, fromHour: Math.max(fromHour, todayHour), toHour }, hours.add);
  const slots = { fromSlot: fromHour * SLOTS_PER_HOUR, toSlot: toHour * SLOTS_PER_HOUR };
  await readOutages(
    client,
    { networkId, ...slots, hourlyFrom: todayHour * SLOTS_PER_HOUR },
    ({ provider, day, hour }, counts) => {
      if (hour !== null) hours.add(provider, hour, counts);
      else days.add(provider, day ?? 0, counts);
    },
  );
}

function toDays(hours: SlotSums, today: number): readonly SlotsRecord[] {
  const sums = createSlotSums();
  for (const { provider, day: _, ...counts } of hours.all()) sums.add(provider, today, counts);
  return sums.all();
}
