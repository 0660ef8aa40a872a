import { judgeSlot } from '../../schema/heartbeat/judgeSlots.js';
import type { StoredBeat } from './openRollupWorld.js';

/** Slots `[from, to)`. */
export interface SlotRange {
  readonly from: number;
  readonly to: number;
}

export interface ModelledNode {
  readonly nodeKey: number;
  /** Unix seconds; left out: the chain knows nothing of it. */
  readonly bornAt?: number;
  /** In which it was not registered; unix seconds `[from, to)`. */
  readonly away?: readonly SlotRange[];
  readonly maintenance?: readonly SlotRange[];
}

export interface ModelledWorld {
  readonly nodes: readonly ModelledNode[];
  readonly observers: readonly { readonly observer: number; readonly networkGroup: string }[];
  /** Seconds of a slot in which an observer was alive. */
  readonly toAliveSeconds: (observer: number, slot: number) => number;
  readonly beats: readonly StoredBeat[];
  /** The last closed hour. */
  readonly toHour: number;
  readonly minObservers: number;
}

export interface ModelledHour {
  readonly nodeKey: number;
  readonly hour: number;
  /** Numbers of slots. */
  readonly up: readonly number[];
  readonly known: readonly number[];
  readonly expected: readonly number[];
  readonly maintenance: readonly number[];
}

/** What one observer heard of a node in an hour. */
export interface ModelledRecord {
  readonly nodeKey: number;
  readonly hour: number;
  readonly observer: number;
  readonly up: readonly number[];
  readonly late: readonly number[];
  readonly rtts: readonly number[];
  readonly utils: readonly number[];
}

/** The verdicts by the rules of docs/heartbeat.md, slot by slot, node by node: slow, and without a bit of what it is held against. */
export function modelHours(world: ModelledWorld): readonly ModelledHour[] {
  const { nodes, observers, beats, toHour, minObservers } = world;
  const inTime = beats.filter(({ late }) => !late);
  const heard = new Set(inTime.map((beat) => toKey(beat.observer, beat.nodeKey, beat.slot)));
  const receipts = new Map<string, number>();
  for (const key of heard) {
    const [observer, , slot] = key.split(' ');
    receipts.set(`${observer} ${slot}`, (receipts.get(`${observer} ${slot}`) ?? 0) + 1);
  }
  const toReceipts = (observer: number, slot: number) => receipts.get(`${observer} ${slot}`) ?? 0;
  const medians = new Map<string, number>();
  const toMedian = (observer: number, from: number) => {
    const key = `${observer} ${from}`;
    const known = medians.get(key);
    if (known !== undefined) return known;
    const sixty = Array.from({ length: 60 }, (_, index) => toReceipts(observer, from + index)).sort((a, b) => a - b);
    const median = ((sixty[29] ?? 0) + (sixty[30] ?? 0)) / 2;
    medians.set(key, median);
    return median;
  };
  const healths = new Map<string, boolean>();
  const isHealthy = (observer: number, slot: number) => {
    const key = `${observer} ${slot}`;
    const known = healths.get(key) ?? judgeObserver(world, { observer, slot, toReceipts, toMedian });
    healths.set(key, known);
    return known;
  };
  return nodes.flatMap((node) => {
    const slots = inTime.filter(({ nodeKey }) => nodeKey === node.nodeKey).map(({ slot }) => slot);
    const first = slots.reduce((least, slot) => Math.min(least, slot), Number.POSITIVE_INFINITY);
    const hours: ModelledHour[] = [];
    for (let hour = Math.floor(first / 60); hour <= toHour; hour += 1) {
      const all = Array.from({ length: 60 }, (_, index) => hour * 60 + index);
      const expected = all.filter((slot) => slot >= first && isRegistered(node, slot));
      const verdicts = new Map(
        expected.map((slot) => {
          const healthy = observers.filter(({ observer }) => isHealthy(observer, slot));
          const votes = healthy.map(({ observer, networkGroup }) => ({
            ...{ networkGroup, isUp: heard.has(toKey(observer, node.nodeKey, slot)) },
          }));
          return [slot, judgeSlot(votes, { minObservers })];
        }),
      );
      if (expected.length === 0) continue;
      const isNoticed = (slot: number) => (node.maintenance ?? []).some(({ from, to }) => slot >= from && slot < to);
      hours.push({
        ...{ nodeKey: node.nodeKey, hour, expected },
        up: expected.filter((slot) => verdicts.get(slot) === 'UP'),
        known: expected.filter((slot) => verdicts.get(slot) !== 'UNKNOWN'),
        maintenance: expected.filter(isNoticed),
      });
    }
    return hours;
  });
}

/** What is kept of every observer's beats. */
export function modelRecords(beats: readonly StoredBeat[]): readonly ModelledRecord[] {
  const groups = new Map<string, StoredBeat[]>();
  for (const beat of beats) {
    const key = `${beat.nodeKey} ${Math.floor(beat.slot / 60)} ${beat.observer}`;
    groups.set(key, [...(groups.get(key) ?? []), beat]);
  }
  return [...groups.values()].map((group) => {
    const [first] = group;
    const up = listUnique(group.filter(({ late }) => !late).map(({ slot }) => slot));
    const counted = up.map((slot) => {
      const [smallest] = group
        .filter((beat) => beat.slot === slot)
        .sort((one, other) => (one.digest < other.digest ? -1 : 1));
      return smallest;
    });
    return {
      ...{
        nodeKey: first?.nodeKey ?? 0,
        hour: Math.floor((first?.slot ?? 0) / 60),
        observer: first?.observer ?? 0,
        up,
      },
      late: listUnique(group.filter(({ late }) => late).map(({ slot }) => slot)),
      rtts: counted.flatMap((beat) => beat?.rttUs ?? []),
      utils: counted.flatMap((beat) => beat?.utilPermille ?? []),
    };
  });
}

function judgeObserver(
  { toAliveSeconds }: ModelledWorld,
  {
    observer,
    slot,
    toReceipts,
    toMedian,
  }: {
    readonly observer: number;
    readonly slot: number;
    readonly toReceipts: (observer: number, slot: number) => number;
    /** Of the sixty slots from this one on. */
    readonly toMedian: (observer: number, from: number) => number;
  },
): boolean {
  if (toAliveSeconds(observer, slot) < 50) return false;
  let usual = 0;
  for (let from = slot - 1_440; from <= slot - 60; from += 1) usual = Math.max(usual, toMedian(observer, from));
  return usual < 10 || toReceipts(observer, slot) >= usual / 2;
}

function isRegistered({ bornAt = 0, away = [] }: ModelledNode, slot: number): boolean {
  const [start, end] = [slot * 60, slot * 60 + 60];
  return start >= bornAt && away.every(({ from, to }) => end <= from || start >= to);
}

function toKey(observer: number, nodeKey: number, slot: number): string {
  return `${observer} ${nodeKey} ${slot}`;
}

function listUnique(slots: readonly number[]): readonly number[] {
  return [...new Set(slots)].sort((one, other) => one - other);
}
