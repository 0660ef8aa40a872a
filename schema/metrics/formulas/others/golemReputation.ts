export interface GolemValues {
  readonly uptime?: number;
  readonly successRate?: number;
}

const ACCEPT_FROM = 0.8;

/**
 * Golem's score of a provider: the weighted mean of what is known, where a value that is missing is 0; accepted from 0.8 on
 * (golemfactory/golem-js, `src/experimental/reputation/system.ts`; `REP-04`). One success of one is 100 %.
 */
export function golemScore(
  values: GolemValues,
  weights: Required<GolemValues> = { uptime: 0.5, successRate: 0.5 },
): { readonly score: number; readonly isAccepted: boolean } {
  const total = weights.uptime + weights.successRate;
  const sum = weights.uptime * (values.uptime ?? 0) + weights.successRate * (values.successRate ?? 0);
  const score = total > 0 ? sum / total : 0;
  return { score, isAccepted: score >= ACCEPT_FROM };
}

export interface GolemOperator {
  readonly successRatio: number;
  /** In the last three days. */
  readonly tasks: number;
}

export interface GolemBlacklist {
  readonly mean: number;
  /** Of the population. */
  readonly deviation: number;
  /** Places of those that are blacklisted. */
  readonly indexes: readonly number[];
}

/**
 * Operators whose success ratio lies one standard deviation or more below the mean, of those with five tasks or more in three days
 * (golemfactory/reputation-auditor, `api/tasks.py`, `get_blacklisted_operators`; Django's StdDev is of the population; `REP-04`). It is
 * relative: somebody falls below however good all are. Of operators that are all alike, nobody; of none, null.
 */
export function golemBlacklist(operators: readonly GolemOperator[]): GolemBlacklist | null {
  if (operators.length === 0) return null;
  const mean = toMean(operators.map(({ successRatio }) => successRatio));
  const deviation = Math.sqrt(toMean(operators.map(({ successRatio }) => (successRatio - mean) ** 2)));
  const indexes = operators.flatMap(({ successRatio, tasks }, index) =>
    tasks >= 5 && deviation > 0 && (successRatio - mean) / deviation <= -1 ? [index] : [],
  );
  return { mean, deviation, indexes };
}

function toMean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
