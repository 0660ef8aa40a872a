import type pg from 'pg';
import { findHealthySlots } from '../../../schema/heartbeat/healthySlots.js';
import { HOURS_PER_DAY, SLOTS_PER_HOUR, toHour } from '../../../schema/heartbeat/slots.js';

/** What an observer was able to hear in an hour. */
export interface ObserverHour {
  readonly observer: number;
  readonly networkGroup: string;
  readonly healthy: bigint;
}

/**
 * Judges observers hour by hour, in ascending order: by the seconds in which each was alive, and by how many nodes of the network
 * it heard in the hour and in the day before. Nothing of what the roller wrote down of them is read.
 */
export function createHealth(groups: ReadonlyMap<number, string>): {
  judge(hour: number, heard: ReadonlyMap<number, readonly number[]>, alive: AliveSeconds): readonly ObserverHour[];
} {
  const receipts = new Map<number, ReadonlyMap<number, readonly number[]>>();
  return {
    judge(hour, heard, alive) {
      receipts.set(hour, heard);
      receipts.delete(hour - HOURS_PER_DAY - 1);
      for (const old of receipts.keys()) if (old < hour - HOURS_PER_DAY) receipts.delete(old);
      return [...groups].map(([observer, networkGroup]) => {
        const healthy = findHealthySlots({
          aliveSeconds: alive.get(hour)?.get(observer) ?? silence,
          receipts: heard.get(observer) ?? silence,
          receiptsBefore: Array.from(
            { length: HOURS_PER_DAY },
            (_, index) => receipts.get(hour - HOURS_PER_DAY + index)?.get(observer) ?? silence,
          ).flat(),
        });
        return { observer, networkGroup, healthy };
      });
    },
  };
}

/** By hour and observer, in how many seconds of each slot it could take beats. */
export type AliveSeconds = ReadonlyMap<number, ReadonlyMap<number, readonly number[]>>;

export async function loadAlive(
  client: pg.ClientBase,
  { fromHour, toHour: lastHour }: { readonly fromHour: number; readonly toHour: number },
): Promise<AliveSeconds> {
  const { rows } = await client.query<{ observer: number; slot: number; seconds: number }>(
    `select observer, slot, bit_count(alive::bit(64))::int as seconds from observer_slot where slot >= $1 and slot < $2`,
    [fromHour * SLOTS_PER_HOUR, (lastHour + 1) * SLOTS_PER_HOUR],
  );
  const alive = new Map<number, Map<number, number[]>>();
  for (const { observer, slot, seconds } of rows) {
    const hour = alive.get(toHour(slot)) ?? new Map<number, number[]>();
    alive.set(toHour(slot), hour);
    const slots = hour.get(observer) ?? Array<number>(SLOTS_PER_HOUR).fill(0);
    hour.set(observer, slots);
    slots[slot % SLOTS_PER_HOUR] = seconds;
  }
  return alive;
}

const silence: readonly number[] = Array<number>(SLOTS_PER_HOUR).fill(0);
