import { findGap } from './gaps.js';
import type { SimulationOptions } from './Run.js';
import { simulate } from './simulate.js';

export interface Summary {
  readonly seeds: number;
  /** Of runs that fail, and not by a known gap. */
  readonly failures: readonly { readonly seed: number; readonly failure: string }[];
  /** Known gaps by how many runs ended so. */
  readonly known: ReadonlyMap<string, number>;
  readonly counters: ReadonlyMap<string, number>;
  readonly virtualMs: number;
}

export interface SeedRange {
  readonly from: number;
  readonly count: number;
}

export async function runSeeds({ from, count }: SeedRange, options: SimulationOptions = {}): Promise<Summary> {
  const failures: { seed: number; failure: string }[] = [];
  const [known, counters] = [new Map<string, number>(), new Map<string, number>()];
  let virtualMs = 0;
  for (let seed = from; seed < from + count; seed += 1) {
    const outcome = await simulate(seed, options);
    virtualMs += outcome.virtualMs;
    for (const [name, times] of outcome.counters) add(counters, name, times);
    const gap = outcome.failure === undefined ? undefined : findGap(outcome.failure);
    if (gap) add(known, gap.promise, 1);
    else if (outcome.failure !== undefined) failures.push({ seed, failure: outcome.failure });
  }
  return { seeds: count, failures, known, counters, virtualMs };
}

export function addSummaries(parts: readonly Summary[]): Summary {
  const [known, counters] = [new Map<string, number>(), new Map<string, number>()];
  for (const part of parts) {
    for (const [name, times] of part.known) add(known, name, times);
    for (const [name, times] of part.counters) add(counters, name, times);
  }
  return {
    seeds: parts.reduce((sum, { seeds }) => sum + seeds, 0),
    failures: parts.flatMap(({ failures }) => failures).sort((one, other) => one.seed - other.seed),
    known,
    counters,
    virtualMs: parts.reduce((sum, part) => sum + part.virtualMs, 0),
  };
}

function add(counters: Map<string, number>, name: string, times: number): void {
  counters.set(name, (counters.get(name) ?? 0) + times);
}
