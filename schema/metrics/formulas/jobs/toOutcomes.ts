import { foldJob } from './foldJob.js';
import type { JobFacts } from './JobFacts.js';
import type { Outcome } from './Outcome.js';

/**
 * What became of each attempt at each task of a job, from the facts up to a block whose time is `now` (unix seconds): by task
 * in the order given, then by `part`. As of any time T the rows with `knownFrom < T <= knownTo` are what was known then, at
 * most one of an attempt; facts that come later add rows and end the time of some, and change nothing of what was known
 * before them. See metrics.md A2.1 and JOB-01.
 *
 * - An attempt is a provider's. It ends with the task, or as `cancelled` when the job goes to another provider before. Work
 *   that goes on after a failure, a rejection or a dispute is a new attempt; a completed task that goes on takes its completion
 *   back.
 * - A failure counts against whoever has the task: no protocol tells in a column who is to blame. Nobody accepted it: `cancelled`.
 * - A verdict that opens the task again is `rejected`; a task that is opened again without one is `disputed`, until it ends:
 *   `disputeWon` or `disputeLost`.
 * - Stake taken for the task turns `completed`, `failed`, `timedOut` and `rejected` into `slashed`, whichever came first. A dispute
 *   has the last word: what it decided stays.
 * - Past its deadline (or three times what was promised) an attempt without an end has `timedOut` from then on (`derived`), also
 *   if it completes later. A task that nobody accepted by then is `cancelled`.
 * - Of two ends the first counts. What is known for no time at all, as it changes within a block, has no row.
 */
export function toOutcomes(job: JobFacts, now: number): readonly Outcome[] {
  return foldJob(job, now).outcomes;
}
