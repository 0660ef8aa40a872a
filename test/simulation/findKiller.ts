import type { Mutation } from './Run.js';
import { simulate } from './simulate.js';

/** The first seed at which a mutant fails and the program as it is does not fail in the same way. */
export async function findKiller(
  mutation: Mutation,
  { from, count }: { readonly from: number; readonly count: number },
): Promise<{ readonly seed: number; readonly failure: string } | undefined> {
  for (let seed = from; seed < from + count; seed += 1) {
    const { failure } = await simulate(seed, { mutation });
    if (failure === undefined) continue;
    const healthy = await simulate(seed);
    if (healthy.failure?.[0] !== failure[0]) return { seed, failure };
  }
  return undefined;
}
