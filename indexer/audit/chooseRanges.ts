import type { VerifiedRange } from '../writer/Store.js';

export interface HeightRange {
  readonly from: number;
  readonly to: number;
}

/**
 * Ranges to look at again, ascending and without overlap. Two in three lie where nothing was proven, as long as there is
 * such a place; the rest anywhere.
 */
export function chooseRanges(options: {
  readonly from: number;
  readonly to: number;
  readonly verified: readonly VerifiedRange[];
  readonly count: number;
  /** Blocks of a range, at most. */
  readonly blocks: number;
  readonly random: () => number;
}): readonly HeightRange[] {
  const { from, to, count, blocks, random } = options;
  if (to < from) return [];
  // A chain that is no longer than the sample is looked at as a whole.
  if (to - from + 1 <= count * blocks) return cut({ from, to }, blocks);
  const unproven = listUnproven(options);
  const chosen: HeightRange[] = [];
  for (let index = 0; index < count; index += 1) {
    const places = unproven.length > 0 && index % 3 !== 2 ? unproven : [{ from, to }];
    const start = pickHeight(places, random());
    chosen.push({ from: start, to: Math.min(to, start + blocks - 1) });
  }
  return withoutOverlap(chosen);
}

function cut({ from, to }: HeightRange, blocks: number): readonly HeightRange[] {
  const parts: HeightRange[] = [];
  for (let start = from; start <= to; start += blocks)
    parts.push({ from: start, to: Math.min(to, start + blocks - 1) });
  return parts;
}

/** Heights that no range calls exact or superset. */
function listUnproven(options: {
  readonly from: number;
  readonly to: number;
  readonly verified: readonly VerifiedRange[];
}): readonly HeightRange[] {
  const unproven: HeightRange[] = [];
  let next = options.from;
  const proven = options.verified
    .filter(({ level }) => level !== 'none')
    .toSorted((one, other) => one.from - other.from);
  for (const range of proven) {
    if (range.from > next) unproven.push({ from: next, to: Math.min(options.to, range.from - 1) });
    next = Math.max(next, range.to + 1);
  }
  if (next <= options.to) unproven.push({ from: next, to: options.to });
  return unproven.filter(({ from, to }) => to >= from);
}

/** Every height of the places is as likely as any other. */
function pickHeight(places: readonly HeightRange[], chance: number): number {
  const all = places.reduce((sum, { from, to }) => sum + to - from + 1, 0);
  let rest = Math.floor(chance * all);
  for (const { from, to } of places) {
    if (rest <= to - from) return from + rest;
    rest -= to - from + 1;
  }
  return places.at(-1)?.to ?? 0;
}

function withoutOverlap(ranges: readonly HeightRange[]): readonly HeightRange[] {
  const kept: HeightRange[] = [];
  for (const range of ranges.toSorted((one, other) => one.from - other.from)) {
    const from = Math.max(range.from, (kept.at(-1)?.to ?? -1) + 1);
    if (from <= range.to) kept.push({ from, to: range.to });
  }
  return kept;
}
