/** A range that was asked for, and what was in it. */
export interface Sample {
  readonly from: number;
  readonly to: number;
  readonly logs: number;
  /** Blocks that hold any of them. */
  readonly logBlocks: number;
  /** Of the answer. */
  readonly bytes: number;
  readonly seconds: number;
  /** Whether the logs told their blocks' times. */
  readonly hasTimes: boolean;
}

/** A part of the chain that is taken to be alike, and the samples in it, which do not overlap. */
export interface Stratum {
  readonly from: number;
  readonly to: number;
  readonly samples: readonly Sample[];
}

export interface Estimate {
  readonly logs: number;
  readonly logBlocks: number;
  /** Half the width of the interval that holds the number of logs nineteen times in twenty. */
  readonly margin: number;
  /** Of the heights that were asked for. */
  readonly seenShare: number;
}

export function createStrata(from: number, to: number, count: number): readonly Stratum[] {
  const blocks = to - from + 1;
  const parts = Math.max(1, Math.min(count, blocks));
  return Array.from({ length: parts }, (_, at) => ({
    from: from + Math.floor((blocks * at) / parts),
    to: from + Math.floor((blocks * (at + 1)) / parts) - 1,
    samples: [],
  }));
}

/** What was seen counts as it is; what lies between is taken for as dense as what was seen of its stratum. */
export function estimate(strata: readonly Stratum[]): Estimate {
  let [logs, logBlocks, variance, seen] = [0, 0, 0, 0];
  const pooled = toPooledVariance(strata);
  for (const [at, stratum] of strata.entries()) {
    const counted = count(stratum);
    const unseen = toBlocks(stratum) - counted.blocks;
    const scale = counted.blocks > 0 ? unseen / counted.blocks : 0;
    logs += counted.logs * (1 + scale);
    logBlocks += counted.logBlocks * (1 + scale);
    seen += counted.blocks;
    variance += toError(strata, at, pooled) ** 2;
  }
  const all = strata.reduce((sum, stratum) => sum + toBlocks(stratum), 0);
  return { logs, logBlocks, margin: 1.96 * Math.sqrt(variance), seenShare: all > 0 ? seen / all : 1 };
}

/** The stratum about which least is known, by how many logs the estimate may be wrong; undefined when all is seen. */
export function findLeastKnown(strata: readonly Stratum[]): number | undefined {
  let found: number | undefined;
  let most = -1;
  const pooled = toPooledVariance(strata);
  for (const [at, stratum] of strata.entries()) {
    if (toBlocks(stratum) <= count(stratum).blocks) continue;
    // Even where nothing was found something may hide: the more so, the less of it was seen.
    const error = toError(strata, at, pooled) + (toBlocks(stratum) - count(stratum).blocks) * 1e-9;
    if (error > most) [found, most] = [at, error];
  }
  return found;
}

/** Logs per block as far as seen. */
export function toDensity(stratum: Stratum): number {
  const { logs, blocks } = count(stratum);
  return blocks > 0 ? logs / blocks : 0;
}

/** Share of blocks that hold logs, as far as seen. */
export function toLogBlockDensity(stratum: Stratum): number {
  const { logBlocks, blocks } = count(stratum);
  return blocks > 0 ? logBlocks / blocks : 0;
}

/** In two where it has samples on both sides of its middle: the halves may be unlike each other. */
export function split(stratum: Stratum): readonly Stratum[] {
  const middle = Math.floor((stratum.from + stratum.to) / 2);
  const left = stratum.samples.filter(({ to }) => to <= middle);
  const right = stratum.samples.filter(({ from }) => from > middle);
  if (left.length === 0 || right.length === 0 || left.length + right.length < stratum.samples.length) return [stratum];
  return [
    { from: stratum.from, to: middle, samples: left },
    { from: middle + 1, to: stratum.to, samples: right },
  ];
}

function toBlocks({ from, to }: { readonly from: number; readonly to: number }): number {
  return to - from + 1;
}

function count({ samples }: Stratum): { readonly blocks: number; readonly logs: number; readonly logBlocks: number } {
  return {
    blocks: samples.reduce((sum, sample) => sum + toBlocks(sample), 0),
    logs: samples.reduce((sum, sample) => sum + sample.logs, 0),
    logBlocks: samples.reduce((sum, sample) => sum + sample.logBlocks, 0),
  };
}

/** So many samples' worth of weight has what the rest of the chain says about how uneven it is. */
const PRIOR_SAMPLES = 2;

/**
 * By how many logs a stratum's estimate may be wrong, one standard deviation: from how its samples differ among each
 * other, as far as they are enough to tell, and from how samples differ elsewhere. Samples that happen to be alike are no
 * proof that what lies between them is; chance alone makes up the least.
 */
function toError(strata: readonly Stratum[], at: number, pooled = toPooledVariance(strata)): number {
  const stratum = strata[at];
  if (!stratum) return 0;
  const counted = count(stratum);
  const unseen = toBlocks(stratum) - counted.blocks;
  if (unseen <= 0) return 0;
  const samples = stratum.samples.length;
  const own = toVariance(stratum.samples) * Math.max(0, samples - 1);
  const variance = (own + PRIOR_SAMPLES * pooled) / (Math.max(0, samples - 1) + PRIOR_SAMPLES);
  const chance = Math.max(1, counted.logs) / Math.max(1, counted.blocks) ** 2;
  return unseen * Math.sqrt(variance / Math.max(1, samples) + chance);
}

/** Of samples that are near to each other: of one stratum, or of one and the next. */
function toPooledVariance(strata: readonly Stratum[]): number {
  let [sum, weight] = [0, 0];
  for (const [at, { samples }] of strata.entries()) {
    const near = samples.length > 1 ? samples : [...samples, ...(strata[at + 1]?.samples ?? [])];
    if (near.length < 2) continue;
    sum += toVariance(near) * (near.length - 1);
    weight += near.length - 1;
  }
  return weight > 0 ? sum / weight : 0;
}

/** Of logs per block. */
function toVariance(samples: readonly Sample[]): number {
  if (samples.length < 2) return 0;
  const densities = samples.map((sample) => sample.logs / toBlocks(sample));
  const mean = densities.reduce((sum, density) => sum + density, 0) / densities.length;
  return densities.reduce((sum, density) => sum + (density - mean) ** 2, 0) / (densities.length - 1);
}
