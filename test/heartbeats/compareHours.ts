import type pg from 'pg';
import { type ModelledHour, type ModelledWorld, modelHours, modelRecords } from './modelHours.js';

/** Rows of the tables and what a model says of them, in one form: lists of rows as text, in one order. */
export interface Hours {
  readonly records: readonly string[];
  readonly verdicts: readonly string[];
  readonly days: readonly string[];
  readonly networkDays: readonly string[];
}

export async function listStored(pool: pg.Pool): Promise<Hours> {
  const list = async (statement: string) => {
    const { rows } = await pool.query<Record<string, unknown>>(statement);
    return rows.map((row) => Object.values(row).join(' ')).sort();
  };
  return {
    records: await list(
      `select node_key, hour, observer, up::text, late::text, rtt_count, rtt_sum_us, rtt_max_us, util_count,
         util_sum_permille from node_hour`,
    ),
    verdicts: await list(
      `select node_key, hour, up::text, known::text, expected::text, coalesce(maintenance, 0)::text as maintenance
       from node_verdict`,
    ),
    days: await list(
      `select node_key, day, up, known, expected, maintenance, maintenance_up, late, rtt_count, rtt_sum_us::text,
         rtt_max_us, util_count, util_sum_permille from node_day`,
    ),
    networkDays: await list('select day, nodes, up, known, expected, maintenance, maintenance_up from network_day'),
  };
}

export function listModelled(world: ModelledWorld): Hours {
  const records = modelRecords(world.beats);
  const hours = modelHours(world);
  const days = new Map<string, number[]>();
  const add = (nodeKey: number, hour: number, counts: readonly number[], max = 0) => {
    const key = `${nodeKey} ${Math.floor(hour / 24)}`;
    const sums = days.get(key) ?? Array<number>(11).fill(0);
    for (const [index, count] of counts.entries()) sums[index] = (sums[index] ?? 0) + count;
    // The greatest stands among sums.
    sums[8] = Math.max(sums[8] ?? 0, max);
    days.set(key, sums);
  };
  for (const { nodeKey, hour, ...slots } of hours) add(nodeKey, hour, countSlots(slots));
  for (const { nodeKey, hour, late, rtts, utils } of records) {
    const counts = [0, 0, 0, 0, 0, late.length, rtts.length, sum(rtts), 0, utils.length, sum(utils)];
    add(nodeKey, hour, counts, Math.max(0, ...rtts));
  }
  const networkDays = new Map<string, number[]>();
  for (const [key, counts] of days) {
    const day = key.split(' ')[1] ?? '';
    const sums = networkDays.get(day) ?? Array<number>(6).fill(0);
    const [up = 0, known = 0, expected = 0, maintenance = 0, maintenanceUp = 0] = counts;
    for (const [index, count] of [expected > 0 ? 1 : 0, up, known, expected, maintenance, maintenanceUp].entries())
      sums[index] = (sums[index] ?? 0) + count;
    networkDays.set(day, sums);
  }
  const listSums = (sums: ReadonlyMap<string, readonly number[]>) =>
    [...sums].map(([key, counts]) => `${key} ${counts.join(' ')}`).sort();
  return {
    records: records
      .map(({ nodeKey, hour, observer, up, late, rtts, utils }) =>
        [
          ...[nodeKey, hour, observer, toBits(up), toBits(late), rtts.length, sum(rtts), Math.max(0, ...rtts)],
          ...[utils.length, sum(utils)],
        ].join(' '),
      )
      .sort(),
    verdicts: hours
      .map(({ nodeKey, hour, up, known, expected, maintenance }) =>
        [nodeKey, hour, toBits(up), toBits(known), toBits(expected), toBits(maintenance)].join(' '),
      )
      .sort(),
    days: listSums(days),
    networkDays: listSums(networkDays),
  };
}

function countSlots({ up, known, expected, maintenance }: Omit<ModelledHour, 'nodeKey' | 'hour'>): readonly number[] {
  const isKnown = new Set(known);
  const isUp = new Set(up);
  const ofKnown = maintenance.filter((slot) => isKnown.has(slot));
  return [up.length, known.length, expected.length, ofKnown.length, ofKnown.filter((slot) => isUp.has(slot)).length];
}

function toBits(slots: readonly number[]): bigint {
  return slots.reduce((bits, slot) => bits | (1n << BigInt(slot % 60)), 0n);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
