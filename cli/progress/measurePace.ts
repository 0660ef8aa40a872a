import type { ChainProgress } from './ChainProgress.js';

export interface Pace {
  readonly eventsPerSecond: number;
  /** Undefined while nothing moves, or where there is no head to reach. */
  readonly secondsLeft: number | undefined;
}

export interface Sample {
  readonly atMs: number;
  readonly height: number;
  readonly events: number;
}

/** Long enough to even out batches, short enough to notice a chain that grows denser. */
const WINDOW_MS = 15_000;

/** The samples that still count, the newest last. A height that went back begins anew. */
export function keepSamples(samples: readonly Sample[], progress: ChainProgress, atMs: number): readonly Sample[] {
  const { height, events } = progress;
  if (height === undefined) return [];
  const sample = { atMs, height, events };
  const last = samples.at(-1);
  if (last && last.height > height) return [sample];
  // The last one beyond the window stays: a rate needs a beginning, however long ago.
  const from = samples.findLastIndex((one) => one.atMs <= atMs - WINDOW_MS);
  return [...samples.slice(Math.max(0, from)), sample];
}

/** Undefined until there are two samples at different times. */
export function measurePace(samples: readonly Sample[], progress: ChainProgress): Pace | undefined {
  const [first] = samples;
  const last = samples.at(-1);
  if (!first || !last || last.atMs <= first.atMs) return undefined;
  const seconds = (last.atMs - first.atMs) / 1000;
  const blocksPerSecond = (last.height - first.height) / seconds;
  const blocksLeft = progress.headHeight === undefined ? undefined : Math.max(0, progress.headHeight - last.height);
  return {
    eventsPerSecond: (last.events - first.events) / seconds,
    secondsLeft: blocksLeft === undefined || blocksPerSecond <= 0 ? undefined : blocksLeft / blocksPerSecond,
  };
}
