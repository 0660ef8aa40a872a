import type { BeatHardware } from '../../schema/heartbeat/parseBatch.js';

/** What a beat says of a machine. */
export interface Reading {
  readonly utilPermille?: number;
  readonly memoryPermille?: number;
  readonly hardware?: BeatHardware;
}

/** `--query-gpu=` of these, `--format=csv,noheader,nounits`. Memory is in MiB. */
export const gpuColumns = ['name', 'memory.total', 'memory.used', 'utilization.gpu'] as const;

interface Gpu {
  readonly name: string;
  readonly totalMb?: number;
  readonly usedMb?: number;
  readonly utilPercent?: number;
}

/**
 * Load and memory over all cards, and the kind of card of which there are most. What a card does not tell (`[N/A]` under MIG,
 * `[Insufficient Permissions]` in a container) is left out, never zero. Null: no card is named.
 */
export function parseNvidiaSmi(output: string): Reading | null {
  const gpus = output.split('\n').flatMap((line) => parseLine(line) ?? []);
  if (gpus.length === 0) return null;
  const loads = gpus.flatMap(({ utilPercent }) => utilPercent ?? []);
  const memories = gpus.flatMap(({ totalMb, usedMb }) =>
    totalMb === undefined || usedMb === undefined ? [] : { totalMb, usedMb },
  );
  return {
    utilPermille: loads.length === 0 ? undefined : toPermille(sum(loads), 100 * loads.length),
    memoryPermille:
      memories.length === 0
        ? undefined
        : toPermille(sum(memories.map(({ usedMb }) => usedMb)), sum(memories.map(({ totalMb }) => totalMb))),
    hardware: toHardware(gpus),
  };
}

/** A name may hold commas; the last three fields never do. */
function parseLine(line: string): Gpu | undefined {
  const fields = line.split(',').map((field) => field.trim());
  if (fields.length < gpuColumns.length) return undefined;
  const [total, used, util] = fields.slice(-3);
  const name = fields.slice(0, -3).join(', ');
  // Every field is a number or says in brackets why it is none; a sentence of the driver with commas is no card.
  if (name === '' || ![total, used, util].every((field) => /^(\d+(\.\d+)?|\[.*\]|N\/A)$/.test(field ?? '')))
    return undefined;
  return { name, totalMb: toNumber(total), usedMb: toNumber(used), utilPercent: toNumber(util) };
}

function toNumber(field = ''): number | undefined {
  return /^\d/.test(field) ? Number(field) : undefined;
}

function toHardware(gpus: readonly Gpu[]): BeatHardware {
  const kinds = new Map<string, Gpu[]>();
  for (const gpu of gpus) {
    const kind = `${gpu.name} ${gpu.totalMb ?? ''}`;
    kinds.set(kind, [...(kinds.get(kind) ?? []), gpu]);
  }
  const [most] = [...kinds.values()].sort((one, other) => other.length - one.length || size(other) - size(one));
  const [first] = most ?? [];
  const vramMb = first?.totalMb;
  return {
    gpuModel: first?.name.slice(0, MAX_NAME),
    gpuCount: most?.length ?? 0,
    vramMb: vramMb === undefined ? undefined : Math.round(vramMb),
  };
}

/** As `parseBatch` takes them. */
const MAX_NAME = 100;

function size([gpu]: readonly Gpu[]): number {
  return gpu?.totalMb ?? 0;
}

export function toPermille(part: number, whole: number): number | undefined {
  return whole > 0 ? Math.min(1_000, Math.max(0, Math.round((part / whole) * 1_000))) : undefined;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
