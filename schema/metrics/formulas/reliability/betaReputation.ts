import { betaQuantile } from '../statistics/betaQuantile.js';

/** Weights of what went well and of what went wrong; they may be fractions. */
export interface Evidence {
  readonly r: number;
  readonly s: number;
}

export interface BetaPrior {
  readonly alpha: number;
  readonly beta: number;
}

export interface BetaReputation {
  readonly expectation: number;
  /** The opinion of subjective logic; the three add up to one. */
  readonly belief: number;
  readonly disbelief: number;
  readonly uncertainty: number;
  /** The 5 % quantile of Beta(alpha + r, beta + s). */
  readonly lower05: number;
}

/** Of the least that is known: every rate is as likely as any other. */
export const evenPrior: BetaPrior = { alpha: 1, beta: 1 };

/** The beta reputation system (Jøsang & Ismail 2002; `REL-05`), with any prior (`REL-07`). Always bounded: without evidence it is the prior's. */
export function betaReputation({ r, s }: Evidence, { alpha, beta }: BetaPrior = evenPrior): BetaReputation {
  const weight = r + s + alpha + beta;
  return {
    expectation: (r + alpha) / weight,
    belief: r / weight,
    disbelief: s / weight,
    uncertainty: (alpha + beta) / weight,
    lower05: betaQuantile(0.05, alpha + r, beta + s),
  };
}
