import { assert } from '../../../lib/assert.js';

/** So fast, for so long, is worth waking somebody (Google SRE Workbook, ch. 5): of a budget of 30 days 2, 5 and 10 % are gone. */
export const burnAlerts = [
  { rate: 14.4, hours: 1 },
  { rate: 6, hours: 6 },
  { rate: 1, hours: 72 },
] as const;

export interface BurnAlert {
  readonly rate: number;
  readonly hours: number;
}

/** How much of a period may be lost at an objective (`SLO-01`), in the period's unit: 43.2 minutes of 30 days at 99.9 %. */
export function errorBudget(objective: number, period: number): number {
  assert(objective >= 0 && objective <= 1, `an objective between 0 and 1, got ${objective}`);
  return (1 - objective) * period;
}

/** The share of the budget of so many days that is gone by the time an alert is raised. */
export function budgetSpent({ rate, hours }: BurnAlert, periodDays: number): number {
  return (rate * hours) / (periodDays * 24);
}

/** The rate of errors at which an alert is raised: the burn rate times what the objective allows. */
export function alertErrorRate({ rate }: BurnAlert, objective: number): number {
  return rate * errorBudget(objective, 1);
}
