import { type Prior, posteriorLower } from './prior.js';

/**
 * Whether a record is worth less than none, so that its owner would do better under a new name (Friedman & Resnick 2001; `REP-09`): only where
 * its lower bound is below that of the newcomer's prior, and the gain is that difference at most.
 */
export function resetPays(
  prior: Prior,
  record: { readonly successes: number; readonly failures: number },
): { readonly lower: number; readonly newcomer: number; readonly pays: boolean } {
  const lower = posteriorLower(prior, record);
  const newcomer = posteriorLower(prior, { successes: 0, failures: 0 });
  return { lower, newcomer, pays: lower < newcomer };
}
