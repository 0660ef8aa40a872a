import type { Outcome } from './Outcome.js';

/** A row of `task_running`: an attempt at a task of which nobody knows yet what becomes of it. */
export interface RunningTask
  extends Pick<
    Outcome,
    'jobId' | 'taskId' | 'nodeId' | 'buyer' | 'startedAt' | 'deadline' | 'gpuModel' | 'gpus' | 'region'
  > {
  readonly providerId: string;
  readonly assignedAt: number;
  /** Unix seconds of the last step of the task or its job. */
  readonly lastAt: number;
}
