import { assert } from '../../../lib/assert.js';
import { wilsonInterval } from '../statistics/wilsonInterval.js';
import type { outcomeValues } from './Outcome.js';

export interface JudgedTask {
  readonly value: (typeof outcomeValues)[keyof typeof outcomeValues];
  /** What the task is worth, in USD; null: nobody knows, and it has no part in the rates by value. */
  readonly usd: number | null;
}

export interface SuccessRates {
  /** Tasks that count for or against a provider, and those of them that count for it. */
  readonly decided: number;
  readonly succeeded: number;
  /** Held against nobody: cancelled, or failed by the buyer. */
  readonly excluded: number;
  /** Nobody knows yet: running, or in dispute. */
  readonly censored: number;
  readonly countRate: number | null;
  readonly valueRate: number | null;
  /** No task weighs more than the cap: the published one. */
  readonly cappedRate: number | null;
  readonly logRate: number | null;
  /** Of the rate by count, 95 %. */
  readonly wilsonLower: number;
  readonly wilsonUpper: number;
}

/**
 * How many of the tasks that were decided were a success, by count, by value, by value up to a cap, and by ln(1 + value)
 * (`JOB-01`). Null: nothing was decided, or nothing of any value.
 */
export function successRates(tasks: readonly JudgedTask[], { capUsd }: { readonly capUsd: number }): SuccessRates {
  assert(capUsd > 0, `a cap above zero, got ${capUsd}`);
  const decided = tasks.filter(({ value }) => value === 0 || value === 1);
  const succeeded = decided.filter(({ value }) => value === 1).length;
  const interval = wilsonInterval({ successes: succeeded, n: decided.length });
  return {
    decided: decided.length,
    succeeded,
    excluded: tasks.filter(({ value }) => value === 'excluded').length,
    censored: tasks.filter(({ value }) => value === 'censored').length,
    countRate: toRate(decided, () => 1),
    valueRate: toRate(decided, ({ usd }) => usd),
    cappedRate: toRate(decided, ({ usd }) => usd && Math.min(usd, capUsd)),
    logRate: toRate(decided, ({ usd }) => usd && Math.log1p(usd)),
    wilsonLower: interval.lower,
    wilsonUpper: interval.upper,
  };
}

function toRate(decided: readonly JudgedTask[], weigh: (task: JudgedTask) => number | null): number | null {
  let [of, all] = [0, 0];
  for (const task of decided) {
    const weight = weigh(task) ?? 0;
    assert(weight >= 0 && Number.isFinite(weight), `a value of zero or more, got ${weight}`);
    all += weight;
    if (task.value === 1) of += weight;
  }
  return all === 0 ? null : of / all;
}
