import type { StateCache } from './createStateCache.js';

/**
 * What the writer must know of a noun to fold the next event into it: from what it prepared before, or from the
 * database.
 */

/** Of whom a row speaks: the public id, and the same as JSON. */
export interface Ref {
  readonly id: string;
  readonly json: string;
}

/** A moment of the chain. */
export interface Moment {
  readonly height: number;
  readonly time: Date;
}

/** A noun whose attributes change. */
export interface Versioned<Attributes> extends Ref {
  /** The version that is open; undefined before the first. */
  version: { readonly heightFrom: number; readonly attributes: Attributes } | undefined;
}

export interface ProviderVersion {
  readonly owner: string | null;
  readonly name: string | null;
  readonly uri: string | null;
  readonly active: boolean | null;
  readonly terms: Readonly<Record<string, string>>;
  readonly altered: Altered;
}

/** By attribute that was cleaned, a fingerprint of the text as it stood; a term's is `terms.<name>`. */
export type Altered = Readonly<Record<string, string>>;

export interface NodeVersion {
  /** Public id of who runs it. */
  readonly provider: string | null;
  readonly active: boolean | null;
  readonly region: string | null;
  readonly gpuModel: string | null;
  readonly gpuCount: number | null;
  readonly vramMb: number | null;
  readonly uri: string | null;
  readonly terms: Readonly<Record<string, string>>;
  readonly altered: Altered;
}

export type ProviderState = Versioned<ProviderVersion>;
export type NodeState = Versioned<NodeVersion>;

export type TaskStatus = 'pending' | 'running' | 'disputed' | 'verified' | 'completed' | 'failed';

export interface JobState extends Ref {
  readonly native: string;
  provider: Ref | null;
  readonly volume: number;
  completed: number;
  failed: number;
  /** Something happened to one of its tasks. */
  begun: boolean;
  ended: Moment | null;
  /** How many tasks there are: another number than the volume when a job was announced twice. */
  tasks: number;
  /** The last batch that changed it. */
  changedBy: number;
}

export interface TaskState extends Ref {
  /** Native id of its job, which is looked up anew each time: both are forgotten independently. */
  readonly job: string;
  status: TaskStatus;
  started: Moment | null;
  ended: Moment | null;
  attempts: number;
  changedBy: number;
}

/** By native id in lower case, of one network. */
export interface NetworkStates {
  readonly providers: StateCache<ProviderState>;
  readonly nodes: StateCache<NodeState>;
  readonly jobs: StateCache<JobState>;
  readonly tasks: StateCache<TaskState>;
}

export type JobStatus = 'open' | 'running' | 'completed' | 'failed' | 'partial';

export function toJobStatus({ completed, failed, begun, volume }: JobState): JobStatus {
  if (volume > 0 && completed + failed === volume) {
    return failed === 0 ? 'completed' : completed === 0 ? 'failed' : 'partial';
  }
  return begun ? 'running' : 'open';
}
