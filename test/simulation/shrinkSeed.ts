import type { Reduction } from './drawScenario.js';
import type { Mutation } from './Run.js';
import { simulate } from './simulate.js';

/** Leaves out of a failing seed whatever it fails without: first what befalls the indexer, then blocks. */
export async function shrinkSeed(seed: number, failure: string, mutation?: Mutation): Promise<Reduction> {
  let kept: Reduction = {};
  const isSame = async (reduction: Reduction) => {
    const outcome = await simulate(seed, { reduction, mutation });
    return outcome.failure !== undefined && outcome.failure[0] === failure[0];
  };
  for (const name of parts) {
    const smaller = { ...kept, [name]: true };
    if (await isSame(smaller)) kept = smaller;
  }
  for (let most = MOST_BLOCKS, least = 4; most > least; ) {
    const middle = Math.floor((most + least) / 2);
    const smaller = { ...kept, maxBlocks: middle };
    if (await isSame(smaller)) {
      kept = smaller;
      most = middle;
    } else {
      least = middle + 1;
    }
  }
  return kept;
}

const parts = [
  ...['withoutLies', 'withoutMishaps', 'withoutCrashes', 'withoutStoreFaults', 'withoutRivals', 'withoutReorgs'],
] as const satisfies readonly (keyof Reduction)[] | readonly string[];
const MOST_BLOCKS = 400;

/** As variables before the command that repeats the run. */
export function toVariables(reduction: Reduction): string {
  return Object.entries(reduction)
    .map(([name, value]) => (name === 'maxBlocks' ? `MAX_BLOCKS=${value}` : `${toVariable(name)}=1`))
    .join(' ');
}

export function readReduction(variables: Readonly<Record<string, string | undefined>>): Reduction {
  const flags = Object.fromEntries(parts.map((name) => [name, variables[toVariable(name)] === '1']));
  return { ...flags, ...(variables.MAX_BLOCKS ? { maxBlocks: Number(variables.MAX_BLOCKS) } : {}) };
}

/** withoutStoreFaults: WITHOUT_STORE_FAULTS */
function toVariable(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}
