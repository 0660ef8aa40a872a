import { assert } from '../../../lib/assert.js';

export interface WashInput {
  /** The record before, as successes and failures of a plain beta score. */
  readonly r: number;
  readonly s: number;
  readonly jobUsd: number;
  readonly feeRate: number;
  readonly gasUsd: number;
  /** A fee of this much makes a job count in full. */
  readonly feeRefUsd: number;
  readonly target: number;
  readonly capPerBuyer: number;
  readonly identityUsd: number;
}

export interface WashCost {
  readonly weightPerJob: number;
  readonly jobsNeeded: number;
  /** Fees and gas: the price itself comes back to whoever pays himself. */
  readonly costUsd: number;
  readonly identitiesNeeded: number;
  readonly identityCostUsd: number;
  /** Were every job to count in full. */
  readonly unweightedJobsNeeded: number;
}

/**
 * What it costs to raise a plain beta score by jobs that one pays oneself (Friedman & Resnick 2001; Douceur 2002; `REP-07`): the least k
 * with `(r + w k + 1) / (r + w k + s + 2) >= target`. What ours costs is measured against it. Null where no number of jobs is enough.
 */
export function betaWashCost(input: WashInput): WashCost | null {
  const { jobUsd, feeRate, gasUsd, feeRefUsd, capPerBuyer, identityUsd } = input;
  assert(capPerBuyer > 0, `a cap above zero, got ${capPerBuyer}`);
  const fee = jobUsd * feeRate;
  const weightPerJob = feeRefUsd > 0 ? Math.min(1, fee / feeRefUsd) : 1;
  const jobsNeeded = countJobs(input, weightPerJob);
  const unweightedJobsNeeded = countJobs(input, 1);
  if (jobsNeeded === null || unweightedJobsNeeded === null) return null;
  const identitiesNeeded = Math.ceil((jobsNeeded * weightPerJob) / capPerBuyer);
  return {
    weightPerJob,
    jobsNeeded,
    costUsd: jobsNeeded * (fee + gasUsd),
    identitiesNeeded,
    identityCostUsd: identitiesNeeded * identityUsd,
    unweightedJobsNeeded,
  };
}

function countJobs({ r, s, target }: WashInput, weight: number): number | null {
  const rate = (jobs: number) => (r + weight * jobs + 1) / (r + weight * jobs + s + 2);
  if (rate(0) >= target) return 0;
  if (!(weight > 0) || target >= 1) return null;
  // Solved for jobs, then moved to the least whole number for which it holds in doubles too.
  const least = (target * (r + s + 2) - r - 1) / (1 - target) / weight;
  let jobs = Math.max(0, Math.ceil(least - 1e-6));
  while (rate(jobs) < target) jobs += 1;
  return jobs;
}
