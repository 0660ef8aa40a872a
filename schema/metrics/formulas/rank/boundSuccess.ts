import { parseFixed } from '../price/fixedPoint.js';
import { roundHalfEven } from '../statistics/roundHalfEven.js';
import { wilsonInterval } from '../statistics/wilsonInterval.js';
import type { SuccessRecord } from './Candidate.js';

export interface SuccessBound {
  /** The one that counts, a decimal from 0 to 1. */
  readonly lower: string;
  readonly basis: 'attempts' | 'score';
  readonly attemptsLower: string;
  readonly scoreLower: string | null;
}

/**
 * How likely an attempt succeeds at least; null without an attempt. The lower end of Wilson's 95 % interval of the attempts, as in
 * `price.costPerSuccessfulHour`; but that counts trade with oneself, and the score's bound does not: the lower of the two holds.
 */
export function boundSuccess({ attempts, succeeded, scoreLower }: SuccessRecord): SuccessBound | null {
  if (attempts === 0) return null;
  const attemptsLower = roundHalfEven(wilsonInterval({ successes: succeeded, n: attempts }).lower);
  const isByScore = scoreLower !== null && parseFixed(scoreLower) < parseFixed(attemptsLower);
  return isByScore
    ? { lower: scoreLower, basis: 'score', attemptsLower, scoreLower }
    : { lower: attemptsLower, basis: 'attempts', attemptsLower, scoreLower };
}
