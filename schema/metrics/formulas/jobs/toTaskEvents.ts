import type { TaskEvent } from './foldTask.js';
import type { JobFacts, TaskFact } from './JobFacts.js';

/** What happens to each task of a job, in the order of the chain: what happens to the job happens to each of them. */
export function toTaskEvents(
  job: JobFacts,
): readonly { readonly task: TaskFact; readonly events: readonly TaskEvent[] }[] {
  const shared: TaskEvent[] = [];
  const byTask = new Map<string, TaskEvent[]>(job.tasks.map(({ id }) => [id, []]));
  for (const step of job.steps) {
    const list = step.taskId === null ? shared : byTask.get(step.taskId);
    list?.push({ of: 'step', step });
  }
  for (const slash of job.slashes) {
    if (slash.isProviders) byTask.get(slash.taskId)?.push({ of: 'slash', slash });
  }
  return job.tasks.map((task) => ({ task, events: [...shared, ...(byTask.get(task.id) ?? [])].sort(compare) }));
}

function compare(one: TaskEvent, other: TaskEvent): number {
  const [a, b] = [toPlace(one), toPlace(other)];
  return a.height - b.height || a.logIndex - b.logIndex || a.part - b.part;
}

function toPlace(event: TaskEvent) {
  return event.of === 'step' ? event.step : event.slash;
}
