import { hash } from 'node:crypto';
import { describeValue } from './describeValue.js';

/** One beat as its node says it. What a node does not measure it leaves out. */
export interface Beat {
  /** Position in the session's list of nodes, from 0. */
  readonly node: number;
  readonly slot: number;
  /** Unix ms. */
  readonly sentAt: number;
  /** Round trip of the last batch to the gateway, µs. */
  readonly rttUs?: number;
  /** How busy the GPUs are, or the processors of a machine without any, in thousandths. */
  readonly utilPermille?: number;
  /** Of the GPUs' memory, or of main memory, in thousandths. */
  readonly memoryPermille?: number;
  /** Jobs that run now. */
  readonly jobs?: number;
  /** What is in the machine; once an hour is enough. */
  readonly hardware?: BeatHardware;
}

export interface BeatHardware {
  readonly gpuModel?: string;
  readonly gpuCount: number;
  /** Of one GPU. */
  readonly vramMb?: number;
}

export interface ParsedBeat extends Beat {
  /** First 8 bytes of the SHA-256 of what the beat says, as a signed number: how Postgres holds and compares it. */
  readonly digest: bigint;
}

/** The first thing that is wrong with a body. */
export interface BatchFlaw {
  readonly expected: string;
  readonly got: string;
}

export type ParsedBatch = { readonly beats: readonly ParsedBeat[] } | { readonly flaw: BatchFlaw };

export const MAX_BEATS = 1_000;
/** 30 s: a longer round trip is none. Sixty of them fit an integer. */
export const MAX_RTT_US = 30_000_000;
const MAX_SLOT = 999_999_999;
const MAX_JOBS = 10_000;

/**
 * Reads `{"beats": […]}`. `nodes` is how many the session has; slots must lie within the envelope's; a node may have one beat
 * a slot. Unknown fields are refused: a misspelt reading would be lost without a word.
 */
export function parseBatch(
  body: string,
  { nodes, firstSlot, lastSlot }: { readonly nodes: number; readonly firstSlot: number; readonly lastSlot: number },
): ParsedBatch {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return flaw('a body of JSON', body.slice(0, 40));
  }
  const given = isRecord(value) ? value.beats : undefined;
  if (!Array.isArray(given) || given.length === 0 || given.length > MAX_BEATS) {
    return flaw(
      `{"beats": […]} with 1 to ${MAX_BEATS} beats`,
      Array.isArray(given) ? `${given.length} beats` : body.slice(0, 40),
    );
  }
  const beats: ParsedBeat[] = [];
  const taken = new Set<number>();
  for (const [position, one] of given.entries()) {
    const beat = readBeat(one, position);
    if ('flaw' in beat) return beat;
    if (beat.node >= nodes) return flaw(`beat ${position}: node from 0 to ${nodes - 1}`, String(beat.node));
    if (beat.slot < firstSlot || beat.slot > lastSlot) {
      return flaw(`beat ${position}: slot from ${firstSlot} to ${lastSlot}, as the header says`, String(beat.slot));
    }
    const key = beat.node * 8 + (beat.slot - firstSlot);
    if (taken.has(key)) return flaw(`one beat for a node and slot`, `two for node ${beat.node}, slot ${beat.slot}`);
    taken.add(key);
    beats.push(beat);
  }
  return { beats };
}

/** One beat, as in a batch. Keys may stand in any order; the digest is of the values. */
export function readBeat(value: unknown, position = 0): ParsedBeat | { readonly flaw: BatchFlaw } {
  if (!isRecord(value)) return flaw(`beat ${position}: an object`, describeValue(value));
  const unknown = Object.keys(value).find((key) => !Object.hasOwn(ranges, key) && key !== 'hardware');
  if (unknown !== undefined) return flaw(`beat ${position}: known fields only`, unknown.slice(0, 40));
  for (const key in ranges) {
    const { max, required } = ranges[key as keyof typeof ranges];
    const number = value[key];
    if (number === undefined && !required) continue;
    if (!Number.isSafeInteger(number) || (number as number) < 0 || (number as number) > max) {
      return flaw(`beat ${position}: ${key} as a whole number from 0 to ${max}`, describeValue(number));
    }
  }
  const hardware = value.hardware === undefined ? undefined : readHardware(value.hardware);
  if (hardware === null) return flaw(`beat ${position}: hardware {gpuModel?, gpuCount, vramMb?}`, 'something else');
  const beat = value as unknown as Beat;
  return { ...beat, hardware, digest: digestBeat(beat, hardware) };
}

/**
 * Field by field in a fixed order, so that neither the order of keys nor white space makes another beat of it; without the
 * position, under which another session may know the same node.
 */
function digestBeat(beat: Beat, hardware: BeatHardware | undefined): bigint {
  const { slot, sentAt, rttUs = '', utilPermille = '', memoryPermille = '', jobs = '' } = beat;
  const machine = hardware ? `${hardware.gpuCount} ${hardware.vramMb ?? ''} ${hardware.gpuModel ?? ''}` : '';
  const text = `${slot} ${sentAt} ${rttUs} ${utilPermille} ${memoryPermille} ${jobs} ${machine}`;
  return hash('sha256', text, 'buffer').readBigInt64BE(0);
}

const ranges = {
  node: { max: 65_535, required: true },
  slot: { max: MAX_SLOT, required: true },
  sentAt: { max: (MAX_SLOT + 1) * 60_000, required: true },
  rttUs: { max: MAX_RTT_US, required: false },
  utilPermille: { max: 1_000, required: false },
  memoryPermille: { max: 1_000, required: false },
  jobs: { max: MAX_JOBS, required: false },
} as const;

/** Null: it is none. */
function readHardware(value: unknown): BeatHardware | null {
  if (!isRecord(value)) return null;
  const { gpuModel, gpuCount, vramMb, ...rest } = value;
  if (Object.keys(rest).length > 0 || !isWhole(gpuCount, 1_024)) return null;
  if (vramMb !== undefined && !isWhole(vramMb, 16_777_216)) return null;
  if (gpuModel !== undefined && (typeof gpuModel !== 'string' || gpuModel.length > 100)) return null;
  return { gpuModel, gpuCount, vramMb };
}

function isWhole(value: unknown, max: number): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= max;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function flaw(expected: string, got: string): { readonly flaw: BatchFlaw } {
  return { flaw: { expected, got } };
}
