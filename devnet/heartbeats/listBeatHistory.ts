import { hash } from 'node:crypto';
import { type BeatHardware, readBeat } from '../../schema/heartbeat/parseBatch.js';
import { FULL_HOUR, SLOT_MS, SLOTS_PER_HOUR, toBit, toHour } from '../../schema/heartbeat/slots.js';
import type { Hex } from '../../schema/lib/hex.js';
import { nodes } from '../computeMarket/cast.js';
import { listNodes } from '../computeMarket/lookups.js';
import { BACKFILL_MS, clone } from './conducts.js';
import { type BeatScript, createBeatScript } from './createBeatScript.js';
import { createDice } from './createDice.js';
import { type BeatSession, listBeatSessions, toNodeId } from './listBeatSessions.js';
import type { DevnetOrigin } from './listLives.js';
import { toReadings } from './toReadings.js';

export interface BeatHistoryOptions extends DevnetOrigin {
  /** For so many days before the end single beats are given beside the bitmaps: 1 when left out, 0 for none. */
  readonly rawDays?: number;
  /** Unix s: the stretch that is asked for; when left out, the whole history. */
  readonly from?: number;
  readonly until?: number;
}

/** An hour as our collector saw it. Where it was down nothing was received, whatever was sent. */
export interface BeatHour {
  readonly hour: number;
  /** The seconds of each slot in which the collector was there; bit 0 is the slot's first second. */
  readonly alive: readonly { readonly slot: number; readonly bits: bigint }[];
  /** Of every node that was heard of in this hour. */
  readonly nodes: readonly HistoryNodeHour[];
  /** The same beats one by one, for the last days only; their bits are in `nodes` as well. */
  readonly batches: readonly HistoryBatch[];
}

export interface HistoryNodeHour {
  readonly nodeId: string;
  readonly hour: number;
  readonly up: bigint;
  readonly late: bigint;
}

/** As `AcceptedBatch` of a gateway, with public ids in place of numbers. */
export interface HistoryBatch {
  readonly delegation: Hex;
  readonly counter: number;
  readonly firstSlot: number;
  readonly lastSlot: number;
  readonly digest: Buffer;
  readonly beats: readonly HistoryBeat[];
}

export interface HistoryBeat {
  readonly nodeId: string;
  readonly slot: number;
  readonly late: boolean;
  readonly digest: bigint;
  readonly sentCs: number;
  readonly receivedCs: number;
  readonly rttUs: number;
  readonly utilPermille: number;
  readonly memoryPermille: number;
  readonly jobs: number;
  readonly hardware?: BeatHardware;
}

/**
 * What our collector would have stored of the devnet's past, hour by hour, the oldest first. Ninety days of eighty nodes take
 * about a second, a day of single beats another one.
 */
export async function* listBeatHistory(options: BeatHistoryOptions): AsyncGenerator<BeatHour> {
  const { seed, startsAt, endsAt, rawDays = 1, from = startsAt, until = endsAt } = options;
  const script = createBeatScript({ seed, startsAt, endsAt });
  const sessions = await listBeatSessions({ seed, startsAt, endsAt });
  const [first, end] = [Math.ceil(from / 60), Math.floor(until / 60)];
  const rawFrom = Math.floor((endsAt - rawDays * 86_400) / 60);
  for (let hour = toHour(first); hour * SLOTS_PER_HOUR < end; hour += 1) {
    const slots = Array.from({ length: SLOTS_PER_HOUR }, (_, index) => hour * SLOTS_PER_HOUR + index);
    const asked = slots.filter((slot) => slot >= first && slot < end);
    const alive = asked.map((slot) => ({ slot, bits: script.getAlive(slot) }));
    const seen = alive.filter(({ bits }) => bits === fullMinute).map(({ slot }) => slot);
    const raw = seen.filter((slot) => slot >= rawFrom);
    const batches = raw.flatMap((slot) => sessions.flatMap((session) => listBatches({ script, session, slot })));
    yield { hour, alive: alive.filter(({ bits }) => bits > 0n), nodes: listNodeHours(script, hour, seen), batches };
  }
}

const fullMinute = (1n << 60n) - 1n;

function listNodeHours(script: BeatScript, hour: number, seen: readonly number[]): HistoryNodeHour[] {
  const heard = seen.length === SLOTS_PER_HOUR ? FULL_HOUR : seen.reduce((bits, slot) => bits | toBit(slot), 0n);
  return nodes.flatMap((_, node) => {
    const bits = script.getHour(node, hour);
    const [up, late] = [bits.up & heard, bits.late & heard];
    return up === 0n && late === 0n ? [] : [{ nodeId: toNodeId(node), hour, up, late }];
  });
}

/** What a provider sent for a slot: one batch of all its nodes that were there, and that of the clone. */
function listBatches(options: {
  readonly script: BeatScript;
  readonly session: BeatSession;
  readonly slot: number;
}): HistoryBatch[] {
  const { script, session, slot } = options;
  const machines = slot >= script.getCloneFrom(session.provider) ? [0, 1] : [0];
  return machines.flatMap((machine) => {
    const beats = listNodes(session.provider).flatMap((node) => toBeat(script, { node, slot, machine }));
    if (beats.length === 0) return [];
    const counter = toCounter(script.origin, slot, machine);
    const digest = hash('sha256', `${session.delegation} ${counter} ${beats.map((beat) => beat.digest)}`, 'buffer');
    return [
      {
        delegation: session.delegation,
        counter,
        firstSlot: slot,
        lastSlot: slot,
        digest: digest.subarray(0, 16),
        beats,
      },
    ];
  });
}

/**
 * From 1 on, one more with each minute; the clone counts by itself, some hundred ahead. Odd and even, so that no counter is
 * used twice in the past: live, where both go on from the same number, that happens soon enough.
 */
function toCounter({ startsAt }: DevnetOrigin, slot: number, machine: number): number {
  return 2 * (slot - Math.floor(startsAt / 60)) + 1 + machine * 601;
}

/** Where dice of the line begin, so that they are others than those of outages and readings. */
const ofLine = 2_000;

function toBeat(
  script: BeatScript,
  { node, slot, machine }: { readonly node: number; readonly slot: number; readonly machine: number },
): HistoryBeat[] {
  const fate = script.getFate(node, slot);
  if (fate === 'silent' || fate === 'refused') return [];
  const { seed } = script.origin;
  const dice = createDice(seed, ofLine, node, slot, machine);
  const said = toReadings({ seed, node, slot, machine });
  const sentMs = toOffsetMs(seed, node) + dice.int(0, 1_500) + machine * clone.delayMs;
  const tookMs = Math.ceil(said.rttUs / 2_000) + (fate === 'late' ? BACKFILL_MS : 0);
  const { digest } = assertBeat(readBeat({ node: 0, slot, sentAt: slot * SLOT_MS + sentMs, ...said }));
  const [sentCs, receivedCs] = [Math.round(sentMs / 10), Math.round((sentMs + tookMs) / 10)];
  return [{ nodeId: toNodeId(node), slot, late: fate === 'late', digest, sentCs, receivedCs, ...said }];
}

/** When in its slot a node sends, ms: its own moment, so that not all come at once; the rest of the minute is for delays. */
function toOffsetMs(seed: number, node: number): number {
  return createDice(seed, ofLine, node).int(0, 45_000);
}

function assertBeat(read: ReturnType<typeof readBeat>) {
  if ('flaw' in read)
    throw new Error(`The script's beat is none: expected ${read.flaw.expected}, got ${read.flaw.got}.`);
  return read;
}
