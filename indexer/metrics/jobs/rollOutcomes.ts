import { foldJob } from '../../../schema/metrics/formulas/jobs/foldJob.js';
import type { RollContext, RollStep } from '../roll/RollStep.js';
import { outcomeTable, runningTable } from './jobTables.js';
import { listTouchedJobs, SECONDS_PER_HOUR } from './listTouchedJobs.js';
import { loadJobFacts } from './loadJobFacts.js';
import { type RowText, writeJobRows } from './writeJobRows.js';
import { writePlainJobs } from './writePlainJobs.js';

/**
 * Makes `task_outcome` and `task_running` of the jobs that are touched what `foldJob` says as of the head, from all facts of each.
 * The hours that it returns are those from or up to which an outcome that changed is known, and those of its payment; none at a
 * rebuild, which rolls all there are.
 */
export const rollOutcomes: RollStep = async (context) => {
  const hours = new Set<number>();
  const lots = context.isRebuild ? writePlainJobs(context) : listTouchedJobs(context);
  for await (const jobIds of lots) {
    context.signal?.throwIfAborted();
    for (const time of await rollJobs(context, jobIds)) hours.add(Math.floor(time / SECONDS_PER_HOUR));
  }
  return [...hours].sort((one, other) => one - other);
};

async function rollJobs(context: RollContext, jobIds: readonly string[]): Promise<readonly number[]> {
  const { client, head } = context;
  const jobs = await loadJobFacts(client, jobIds, { height: head.height });
  const now = Math.floor(head.time.getTime() / 1000);
  const folded = jobs.map((job) => foldJob(job, now));
  await writeJobRows(context, runningTable, { jobIds, rows: folded.flatMap(({ running }) => running) });
  const rows = folded.flatMap(({ outcomes }) => outcomes);
  const changed = await writeJobRows(context, outcomeTable, { jobIds, rows });
  return changed.flatMap(toTimes);
}

const places = ['known_from', 'known_to', 'paid_time'].map((name) =>
  outcomeTable.columns.findIndex((column) => column.name === name),
);

function toTimes(row: RowText): readonly number[] {
  return places.flatMap((at) => row[at] ?? []).map(Number);
}
