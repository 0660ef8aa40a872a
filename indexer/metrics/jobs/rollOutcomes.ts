import { toOutcomes } from '../../../schema/metrics/formulas/jobs/toOutcomes.js';
import type { RollContext, RollStep } from '../roll/RollStep.js';
import { listTouchedJobs, SECONDS_PER_HOUR } from './listTouchedJobs.js';
import { loadJobFacts } from './loadJobFacts.js';
import { writeOutcomes } from './writeOutcomes.js';

/**
 * Makes `task_outcome` of the jobs that are touched what `toOutcomes` says as of the head, from all facts of each; the hours that
 * it returns are those from or up to which an outcome that changed is known.
 */
export const rollOutcomes: RollStep = async (context) => {
  const hours = new Set<number>();
  for await (const jobIds of listTouchedJobs(context)) {
    context.signal?.throwIfAborted();
    for (const time of await rollJobs(context, jobIds)) hours.add(Math.floor(time / SECONDS_PER_HOUR));
  }
  return [...hours].sort((one, other) => one - other);
};

async function rollJobs(context: RollContext, jobIds: readonly string[]): Promise<readonly number[]> {
  const { client, head } = context;
  const jobs = await loadJobFacts(client, jobIds, { height: head.height });
  const now = Math.floor(head.time.getTime() / 1000);
  return writeOutcomes(
    context,
    jobIds,
    jobs.flatMap((job) => toOutcomes(job, now)),
  );
}
