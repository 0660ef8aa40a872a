import { percentileOfSorted } from '../statistics/percentileCont.js';

export interface DurationSummary {
  readonly n: number;
  readonly min: number | null;
  readonly max: number | null;
  readonly mean: number | null;
  /** By share: 0.5, 0.9, 0.95, 0.99; null: too few samples to tell. */
  readonly percentiles: Readonly<Record<'p50' | 'p90' | 'p95' | 'p99', number | null>>;
}

/** Below it a percentile is one or two samples: the range and the number say more. Metrics.md A2.3. */
export const MIN_SAMPLES = 20;

/** How long things took: as Postgres' percentile_cont has it (`JOB-04`), from so many samples on. */
export function summariseDurations(
  samples: ArrayLike<number>,
  { minSamples = MIN_SAMPLES }: { readonly minSamples?: number } = {},
): DurationSummary {
  const sorted = Float64Array.from(samples).sort();
  const isEnough = sorted.length >= Math.max(minSamples, 1);
  const ask = (q: number) => (isEnough ? percentileOfSorted(sorted, q) : null);
  return {
    n: sorted.length,
    min: sorted[0] ?? null,
    max: sorted[sorted.length - 1] ?? null,
    mean: sorted.length === 0 ? null : sorted.reduce((sum, sample) => sum + sample, 0) / sorted.length,
    percentiles: { p50: ask(0.5), p90: ask(0.9), p95: ask(0.95), p99: ask(0.99) },
  };
}
