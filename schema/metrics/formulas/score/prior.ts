import { betaQuantile } from '../statistics/betaQuantile.js';
import { scoreMethod } from './scoreMethod.js';

/** Sums over the members of a panel: of their rates, of the rates' squares, and of one over their trials. */
export interface PanelSums {
  readonly members: number;
  readonly rates: number;
  readonly squares: number;
  readonly inverseTrials: number;
}

export interface Prior {
  readonly alpha: number;
  readonly beta: number;
  /** How many providers it was learnt from; 0: from none, and it says nothing. */
  readonly peers: number;
}

/** The least and the most that a prior may come to: its mean, and the trials that it is worth. */
export interface PriorBounds {
  readonly mean: readonly [number, number];
  readonly strength: readonly [number, number];
}

export const flatPrior: Prior = { alpha: 1, beta: 1, peers: 0 };

/**
 * Beta prior by the method of moments (Casella 1985; `REL-07`): the mean of the panel's rates, as strong as they differ little
 * beyond what chance explains. From sums alone, so that leaving somebody out is a subtraction. Null of fewer than two members.
 * The score keeps the mean within bounds, because a panel without a failure promises nobody that there will be none; and the strength,
 * because peers who are alike would make a stranger as good as a long record.
 */
export function priorOfPanel(
  { members, rates, squares, inverseTrials }: PanelSums,
  { mean: [least, most], strength: [weakest, strongest] }: PriorBounds = scoreMethod.panel,
): Prior | null {
  if (members < 2) return null;
  const raw = rates / members;
  const mean = Math.min(most, Math.max(least, raw));
  const spread = Math.max(0, squares - raw * rates) / (members - 1);
  const between = spread - (mean * (1 - mean) * inverseTrials) / members;
  const fitted = between <= 0 ? strongest : (mean * (1 - mean)) / between - 1;
  const strength = Math.min(strongest, Math.max(weakest, fitted));
  return { alpha: mean * strength, beta: (1 - mean) * strength, peers: members };
}

export function toPanelSums(panel: readonly { readonly successes: number; readonly trials: number }[]): PanelSums {
  const rates = panel.map(({ successes, trials }) => successes / trials);
  return {
    members: panel.length,
    rates: rates.reduce((sum, rate) => sum + rate, 0),
    squares: rates.reduce((sum, rate) => sum + rate * rate, 0),
    inverseTrials: panel.reduce((sum, { trials }) => sum + 1 / trials, 0),
  };
}

/** The 5 % quantile of the prior with evidence added to it (`REL-05`, `REP-09`). */
export function posteriorLower(
  prior: Prior,
  evidence: { readonly successes: number; readonly failures: number },
): number {
  return betaQuantile(scoreMethod.quantile, prior.alpha + evidence.successes, prior.beta + evidence.failures);
}
