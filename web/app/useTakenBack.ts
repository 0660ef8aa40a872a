import { useState } from 'react';
import { type ChainStep, mergeSteps, type ShownStep } from './takenBack.js';

interface Watched<Step> {
  readonly id: string;
  readonly status: string;
  readonly steps: readonly Step[];
}

export interface TakenBack<Step> {
  readonly steps: readonly ShownStep<Step>[];
  /** How many of them are gone. */
  readonly gone: number;
  /** How the job stood before the chain took a step of it back; null: it has not, while the page was open. */
  readonly statusBefore: string | null;
}

/** A job's steps with those that the chain has taken back since the page was opened. */
export function useTakenBack<Step extends ChainStep>(job: Watched<Step>): TakenBack<Step> {
  const [seen, setSeen] = useState(() => toSeen(job));
  if (seen.job === job) return seen.shown;
  const next = seen.job.id === job.id ? toSeen(job, seen) : toSeen(job);
  setSeen(next);
  return next.shown;
}

interface Seen<Step> {
  readonly job: Watched<Step>;
  readonly shown: TakenBack<Step>;
}

function toSeen<Step extends ChainStep>(job: Watched<Step>, before?: Seen<Step>): Seen<Step> {
  const steps = mergeSteps(before?.shown.steps ?? [], job.steps);
  const gone = steps.filter(({ takenBack }) => takenBack).length;
  const statusBefore = before && gone > before.shown.gone ? before.job.status : (before?.shown.statusBefore ?? null);
  return { job, shown: { steps, gone, statusBefore: gone === 0 ? null : statusBefore } };
}
