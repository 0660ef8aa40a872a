import type pg from 'pg';
import { FULL_HOUR, SLOTS_PER_HOUR, toDay } from '../../../schema/heartbeat/slots.js';
import type { SlotsRecord } from '../../../schema/metrics/formulas/score/NetworkRecord.js';
import { createSlotSums } from '../score/createSlotSums.js';
import type { Scope } from '../score/Scope.js';
import { type HourVerdict, type HourVote, judgeNode, toRangeBits } from './judgeNode.js';
import { createHealth, loadAlive, type ObserverHour } from './loadHealth.js';
import { type Life, loadLives } from './loadLives.js';

/**
 * By provider and day what its machines were, from what observers heard of them alone: each minute is judged again, and outages are
 * followed from the first hour on. Hours that are not closed yet do not count, for what is in time may still come.
 */
export async function slotsFromReadings(
  client: pg.ClientBase,
  { network, beforeHour }: Scope,
  minObservers: number,
): Promise<readonly SlotsRecord[]> {
  const lives = await loadLives(client, network.id);
  const machines = lives.map((life) => ({ ...life, run: 0 }));
  const closed = await listClosed(client, network.id, beforeHour);
  const health = createHealth(await loadGroups(client));
  const sums = createSlotSums();
  for (const hours of groupByDay(closed)) {
    const [fromHour = 0, toHour = 0] = [hours[0], hours.at(-1)];
    const alive = await loadAlive(client, { fromHour, toHour });
    const heard = await loadHeard(client, { networkId: network.id, fromHour, toHour });
    for (const hour of hours) {
      const ofHour = heard.get(hour) ?? new Map<number, readonly Heard[]>();
      const observers = health.judge(hour, countReceipts(ofHour), alive);
      for (const machine of machines) {
        const expected = toExpected(machine, hour);
        if (expected === 0n) continue;
        const votes = toVotes(observers, ofHour.get(machine.nodeKey) ?? []);
        const verdict = cut(judgeNode(votes, minObservers), expected);
        const maintenance = toBits(machine.maintenance, hour) & expected;
        sums.add(machine.provider, toDay(hour), {
          up: countBits(verdict.up),
          known: countBits(verdict.known),
          maintenance: countBits(verdict.known & maintenance),
          maintenanceUp: countBits(verdict.up & maintenance),
        });
        follow(machine, verdict, (change) => sums.add(machine.provider, toDay(hour), change));
      }
    }
  }
  return sums.list();
}

/** Which hours are closed is all that is taken from what the roller wrote. */
async function listClosed(client: pg.ClientBase, networkId: string, beforeHour: number): Promise<readonly number[]> {
  const { rows } = await client.query<{ hour: number }>(
    'select distinct hour from network_hour where network_id = $1 and hour < $2 order by hour',
    [networkId, beforeHour],
  );
  return rows.map(({ hour }) => hour);
}

async function loadGroups(client: pg.ClientBase): Promise<ReadonlyMap<number, string>> {
  const { rows } = await client.query<{ observer: number; network_group: string }>(
    'select observer, network_group from observer order by observer',
  );
  return new Map(rows.map((row) => [row.observer, row.network_group]));
}

function groupByDay(hours: readonly number[]): readonly (readonly number[])[] {
  const days: number[][] = [];
  for (const hour of hours) {
    const last = days.at(-1);
    if (last && toDay(last[0] ?? 0) === toDay(hour)) last.push(hour);
    else days.push([hour]);
  }
  return days;
}

interface Heard {
  readonly observer: number;
  readonly up: bigint;
}

/** By hour and node. */
async function loadHeard(
  client: pg.ClientBase,
  { networkId, fromHour, toHour }: { readonly networkId: string; readonly fromHour: number; readonly toHour: number },
): Promise<ReadonlyMap<number, ReadonlyMap<number, readonly Heard[]>>> {
  const { rows } = await client.query<{ hour: number; key: number; observer: number; up: string }>(
    `select h.hour, h.node_key as key, h.observer, h.up::text
     from node_hour h join heartbeat_node n on n.node_key = h.node_key and n.network_id = $1
     where h.hour between $2 and $3`,
    [networkId, fromHour, toHour],
  );
  const hours = new Map<number, Map<number, Heard[]>>();
  for (const { hour, key, observer, up } of rows) {
    const nodes = hours.get(hour) ?? new Map<number, Heard[]>();
    hours.set(hour, nodes);
    const own = nodes.get(key) ?? [];
    nodes.set(key, own);
    own.push({ observer, up: BigInt(up) });
  }
  return hours;
}

/** By observer, how many nodes it heard in each slot. */
function countReceipts(nodes: ReadonlyMap<number, readonly Heard[]>): ReadonlyMap<number, readonly number[]> {
  const receipts = new Map<number, number[]>();
  for (const heard of nodes.values()) {
    for (const { observer, up } of heard) {
      const slots = receipts.get(observer) ?? Array<number>(SLOTS_PER_HOUR).fill(0);
      receipts.set(observer, slots);
      const [low, high] = toHalves(up);
      for (let slot = 0; slot < HALF; slot += 1) {
        slots[slot] = (slots[slot] ?? 0) + ((low >> slot) & 1);
        slots[slot + HALF] = (slots[slot + HALF] ?? 0) + ((high >> slot) & 1);
      }
    }
  }
  return receipts;
}

function toVotes(observers: readonly ObserverHour[], heard: readonly Heard[]): readonly HourVote[] {
  return observers.map(({ observer, networkGroup, healthy }) => ({
    ...{ networkGroup, healthy, heard: heard.find((one) => one.observer === observer)?.up ?? 0n },
  }));
}

function toExpected({ fromSlot, away }: Life, hour: number): bigint {
  return toRangeBits(hour, fromSlot, Number.MAX_SAFE_INTEGER) & ~toBits(away, hour) & FULL_HOUR;
}

function toBits(spans: Life['away'], hour: number): bigint {
  return spans.reduce((bits, [from, to]) => bits | toRangeBits(hour, from, to), 0n);
}

function cut({ up, known }: HourVerdict, expected: bigint): HourVerdict {
  return { up: up & expected, known: known & expected };
}

/** Two minutes down make an outage, unknown ones in between or not; the first minute up ends it (REL-09). */
function follow(
  machine: { run: number },
  { up, known }: HourVerdict,
  tell: (change: { readonly failures?: number; readonly repairs?: number }) => void,
): void {
  if (machine.run === 0 && up === known) return;
  for (let slot = 0; slot < SLOTS_PER_HOUR; slot += 1) {
    const bit = 1n << BigInt(slot);
    if ((known & bit) === 0n) continue;
    if ((up & bit) === 0n) {
      machine.run += 1;
      if (machine.run === MIN_DOWN) tell({ failures: 1 });
    } else {
      if (machine.run >= MIN_DOWN) tell({ repairs: 1 });
      machine.run = 0;
    }
  }
}

/** Slots. */
const MIN_DOWN = 2;

const HALF = SLOTS_PER_HOUR / 2;
const halfMask = (1n << BigInt(HALF)) - 1n;

function toHalves(bits: bigint): readonly [number, number] {
  return [Number(bits & halfMask), Number(bits >> BigInt(HALF))];
}

function countBits(bits: bigint): number {
  const [low, high] = toHalves(bits);
  return countHalf(low) + countHalf(high);
}

/** Hacker's Delight, 5-1. */
function countHalf(half: number): number {
  let count = half - ((half >> 1) & 0x55555555);
  count = (count & 0x33333333) + ((count >> 2) & 0x33333333);
  return (((count + (count >> 4)) & 0x0f0f0f0f) * 0x01010101) >> 24;
}
