import { createStrata, findLeastKnown, type Sample, type Stratum, split, toDensity } from './strata.js';

/** The answer to a range, or that it is too large, with what would do where the node says so. */
export type SampleAnswer = Sample | { readonly kind: 'tooLarge'; readonly suggestedBlocks: number | undefined };

export interface SampledChain {
  readonly strata: readonly Stratum[];
  /** Most blocks that the endpoint answers at once, where it refused more. */
  readonly maxBlocks: number;
}

const STRATA = 24;
/** Logs in a sample, at most, as far as they can be foreseen. */
const TARGET_LOGS = 2_000;
/** As many as providers that count logs allow at least (10,000 is the usual limit). */
const MANY_LOGS = 10_000;

/**
 * Looks at a chain in two phases: once into each of equal parts, at a place drawn by chance; then, as often as is left,
 * where least is known, so that activity that stands in clusters is found and measured where it is.
 */
export async function sampleChain(options: {
  readonly from: number;
  readonly to: number;
  readonly maxBlocks: number;
  /** Ranges to ask for. */
  readonly budget: number;
  readonly random: () => number;
  readonly ask: (from: number, to: number) => Promise<SampleAnswer>;
}): Promise<SampledChain> {
  const { budget, random, ask } = options;
  let { maxBlocks } = options;
  let left = budget;

  async function sample(stratum: Stratum, before: Stratum | undefined): Promise<Stratum> {
    let size = Math.min(maxBlocks, toWantedBlocks(stratum, before, maxBlocks));
    let refused: number | undefined;
    while (left > 0) {
      const place = choosePlace(stratum, Math.min(size, maxBlocks), random());
      if (!place) return stratum;
      left -= 1;
      const blocks = place.to - place.from + 1;
      const answer = await ask(place.from, place.to);
      if (!('kind' in answer)) {
        // So few logs cannot have been what it was too large for: the endpoint counts blocks.
        const isByBlocks = refused !== undefined && (answer.logs / blocks) * refused < MANY_LOGS;
        if (isByBlocks) maxBlocks = Math.min(maxBlocks, blocks);
        return { ...stratum, samples: [...stratum.samples, answer] };
      }
      if (blocks === 1) throw new Error(`Block ${place.from} alone is more than the endpoint answers.`);
      if (answer.suggestedBlocks === undefined) {
        refused = blocks;
        size = Math.floor(blocks / 2);
      } else maxBlocks = Math.max(1, Math.min(blocks - 1, answer.suggestedBlocks));
    }
    return stratum;
  }

  let strata: readonly Stratum[] = [];
  for (const stratum of createStrata(options.from, options.to, Math.min(STRATA, Math.ceil(budget / 2)))) {
    strata = [...strata, await sample(stratum, strata.at(-1))];
  }
  while (left > 0) {
    const at = findLeastKnown(strata);
    const chosen = at === undefined ? undefined : strata[at];
    if (at === undefined || !chosen) break;
    strata = [...strata.slice(0, at), ...split(await sample(chosen, undefined)), ...strata.slice(at + 1)];
  }
  return { strata, maxBlocks };
}

/**
 * As many blocks as a sample's logs are likely to need. Before anything is known of a part, what its neighbour tells; and
 * not more than a twentieth of it, unless it is short.
 */
function toWantedBlocks(stratum: Stratum, before: Stratum | undefined, maxBlocks: number): number {
  const blocks = stratum.to - stratum.from + 1;
  const density = toDensity(stratum.samples.length > 0 ? stratum : (before ?? stratum));
  const most = stratum.samples.length > 0 ? maxBlocks : Math.max(SHORT_BLOCKS, Math.ceil(blocks / 20));
  const least = before || stratum.samples.length > 0 ? most : FIRST_BLOCKS;
  return Math.max(1, Math.min(most, density > 0 ? Math.floor(TARGET_LOGS / density) : least));
}

const SHORT_BLOCKS = 200;
const FIRST_BLOCKS = 50;

/** A range of at most so many blocks among those that were not seen; undefined when all were. */
function choosePlace(
  stratum: Stratum,
  blocks: number,
  chance: number,
): { readonly from: number; readonly to: number } | undefined {
  const gaps = listGaps(stratum);
  const unseen = gaps.reduce((sum, { from, to }) => sum + to - from + 1, 0);
  let rest = Math.floor(chance * unseen);
  for (const { from, to } of gaps) {
    const size = to - from + 1;
    if (rest < size) {
      // Moved down where the gap ends sooner, so that no short pieces are left behind.
      const start = Math.max(from, Math.min(from + rest, to - blocks + 1));
      return { from: start, to: Math.min(to, start + blocks - 1) };
    }
    rest -= size;
  }
  return undefined;
}

function listGaps({ from, to, samples }: Stratum): readonly { readonly from: number; readonly to: number }[] {
  const gaps: { from: number; to: number }[] = [];
  let next = from;
  for (const sample of samples.toSorted((one, other) => one.from - other.from)) {
    if (sample.from > next) gaps.push({ from: next, to: sample.from - 1 });
    next = sample.to + 1;
  }
  if (next <= to) gaps.push({ from: next, to });
  return gaps;
}
