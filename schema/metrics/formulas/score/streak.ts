import { scoreMethod } from './scoreMethod.js';

const { failureOdds, successOdds, cost, slack } = scoreMethod.streak;

/**
 * Page's cumulative sum (Page 1954) of how much likelier each outcome is of a provider that fails half of its jobs than of one
 * that fails a twentieth: `S = max(0, S + step)`. Outcomes are added newest first: after the newest, S is the largest sum of a run
 * that ends with it. `sum` is S so far.
 */
export interface Streak {
  failures: number;
  successes: number;
  sum: number;
}

export function startStreak(): Streak {
  return { failures: 0, successes: 0, sum: 0 };
}

/** Adds the outcome before those added so far. */
export function addToStreak(streak: Streak, isSuccess: boolean, weight: number): void {
  if (isSuccess) streak.successes += weight;
  else streak.failures += weight;
  streak.sum = Math.max(streak.sum, toValue(streak));
}

/** Whether so much weight of failures, before those added so far, could make the sum cost more than it does. */
export function canStillGrow(streak: Streak, failures: number): boolean {
  return toValue(streak) + failures * failureOdds > Math.max(streak.sum, slack);
}

/** By how much the sum is above what costs nothing. */
export function streakExcess({ sum }: Streak): number {
  return Math.max(0, sum - slack);
}

/** What a component is multiplied with: `exp(-0.15 max(0, S - 4))`. */
export function streakFactor(excess: number): number {
  return Math.exp(-cost * excess);
}

function toValue({ failures, successes }: Streak): number {
  return failures * failureOdds + successes * successOdds;
}
