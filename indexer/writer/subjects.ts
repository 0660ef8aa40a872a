import { assert } from '../../schema/lib/assert.js';
import type { Subject } from '../events/logs.js';
import type { NetworkDraft } from './createDraft.js';
import type { EventContext } from './EventContext.js';
import type { Subjects } from './encodeEvent.js';
import type { JobState, Ref, TaskState } from './states.js';
import { toRef } from './toRef.js';

/** Whom an event speaks of, found by native id. */

export function toProvider(context: EventContext, named: string | undefined, job: JobState | undefined): Ref | null {
  if (named === 'ofTask') return job?.provider ?? null;
  return named ? context.draft.getProvider(context.of, named, context.place) : null;
}

/** The provider's own id: where a log names the job alone, its provider is who is paid. */
export function toNative(of: NetworkDraft, provider: Ref | null): Ref | null {
  return provider && toRef(provider.id.slice(of.prefix.length));
}

export interface Found {
  readonly task?: TaskState;
  readonly job?: JobState;
}

export function find({ states }: NetworkDraft, native: string | undefined): Found {
  const task = native ? states.tasks.get(native.toLowerCase()) : undefined;
  if (!task) return nothing;
  const job = states.jobs.get(task.job);
  assert(job, `the job of task ${task.id} was looked up with it`);
  return { task, job };
}

const nothing: Found = {};

/** Notes whom the log speaks of; what it said first stays. */
export function refer(of: NetworkDraft, subjects: Subjects, { provider, node, job, task }: Subject): void {
  const { states } = of;
  const knownTask = task ? states.tasks.get(task.toLowerCase()) : undefined;
  const knownJob = job ? states.jobs.get(job.toLowerCase()) : knownTask && states.jobs.get(knownTask.job);
  subjects.task ??= knownTask ?? (task ? of.toRef(task) : null);
  if (node) subjects.node ??= states.nodes.get(node.toLowerCase()) ?? of.toRef(node);
  if (provider) subjects.provider ??= states.providers.get(provider.toLowerCase()) ?? of.toRef(provider);
  noteJob(subjects, knownJob ?? (job ? of.toRef(job) : null), knownJob);
}

/** As `refer`, of what is at hand. */
export function note(of: NetworkDraft, subjects: Subjects, { native, task, job }: { native?: string } & Found): void {
  if (native) subjects.task ??= task ?? of.toRef(native);
  noteJob(subjects, job ?? null, job);
}

export function noteJob(subjects: Subjects, job: Ref | null, state: JobState | undefined): void {
  if (subjects.job) return;
  subjects.job = job;
  subjects.provider ??= state?.provider ?? null;
}
