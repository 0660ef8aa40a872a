import { addPayments } from './addPayments.js';
import { foldTask } from './foldTask.js';
import type { JobFacts, PaymentFact } from './JobFacts.js';
import type { Outcome } from './Outcome.js';
import type { RunningTask } from './RunningTask.js';
import { toTaskEvents } from './toTaskEvents.js';

export interface FoldedJob {
  readonly outcomes: readonly Outcome[];
  readonly running: readonly RunningTask[];
}

/** A job's outcomes (`toOutcomes`), and which of its tasks are being worked on, as of a block whose time is `now`. */
export function foldJob(job: JobFacts, now: number): FoldedJob {
  const payments = groupPayments(job.payments);
  const outcomes: Outcome[] = [];
  const running: RunningTask[] = [];
  for (const { task, events } of toTaskEvents(job)) {
    const folded = foldTask({ job, task, events, now });
    outcomes.push(...addPayments(folded.rows, payments.get(task.id) ?? []));
    if (folded.running) running.push(folded.running);
  }
  return { outcomes, running };
}

function groupPayments(payments: readonly PaymentFact[]): ReadonlyMap<string, readonly PaymentFact[]> {
  const groups = new Map<string, PaymentFact[]>();
  for (const payment of payments) {
    const group = groups.get(payment.taskId);
    if (group) group.push(payment);
    else groups.set(payment.taskId, [payment]);
  }
  return groups;
}
