import type { TaskEvent } from './foldTask.js';
import type { JobFacts, StepFact } from './JobFacts.js';

/** What happens to each task of a job, in the order of the chain: what happens to the job happens to each of them. */
export function toTaskEvents(
  job: JobFacts,
): readonly { readonly taskId: string; readonly events: readonly TaskEvent[] }[] {
  const shared: TaskEvent[] = [];
  const byTask = new Map<string, TaskEvent[]>(job.taskIds.map((taskId) => [taskId, []]));
  const rejections = new Map(job.rejections.map((rejection) => [toLogKey(rejection), rejection]));
  for (const step of job.steps) {
    const { taskId } = step;
    if (taskId === null) shared.push({ of: 'step', step, rejected: undefined });
    else {
      const rejection = rejections.get(toLogKey(step));
      const rejected = rejection && (rejection.nodeId === null ? 'task' : 'node');
      byTask.get(taskId)?.push({ of: 'step', step, rejected });
    }
  }
  for (const slash of job.slashes) {
    if (slash.isProviders) byTask.get(slash.taskId)?.push({ of: 'slash', slash });
  }
  return [...byTask].map(([taskId, events]) => ({ taskId, events: [...shared, ...events].sort(compare) }));
}

function toLogKey({ taskId, height, logIndex }: Pick<StepFact, 'taskId' | 'height' | 'logIndex'>): string {
  return `${height} ${logIndex} ${taskId}`;
}

function compare(one: TaskEvent, other: TaskEvent): number {
  const [a, b] = [toPlace(one), toPlace(other)];
  return a.height - b.height || a.logIndex - b.logIndex || a.part - b.part;
}

function toPlace(event: TaskEvent) {
  return event.of === 'step' ? event.step : event.slash;
}
