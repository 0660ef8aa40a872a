import type { Outcome } from '../../../schema/metrics/formulas/jobs/Outcome.js';
import type { RunningTask } from '../../../schema/metrics/formulas/jobs/RunningTask.js';
import { toHardwareClass } from '../subjects.js';

/** A table that is derived job by job. */
export interface JobTable<Row> {
  readonly name: string;
  /** All but the network and its chain, which are the same for a whole turn; the first ones are the key. */
  readonly columns: readonly JobColumn<Row>[];
  readonly keys: number;
}

export interface JobColumn<Row> {
  readonly name: string;
  /** Times are unix seconds. */
  readonly type: 'text' | 'smallint' | 'bigint' | 'integer' | 'boolean' | 'numeric' | 'time';
  readonly of: (row: Row) => string | number | bigint | boolean | null;
}

type Common = Pick<
  Outcome,
  'providerId' | 'nodeId' | 'buyer' | 'assignedAt' | 'startedAt' | 'deadline' | 'gpuModel' | 'gpus' | 'region'
>;

const common: readonly JobColumn<Common>[] = [
  { name: 'provider_id', type: 'text', of: ({ providerId }) => providerId },
  { name: 'node_id', type: 'text', of: ({ nodeId }) => nodeId },
  { name: 'buyer', type: 'text', of: ({ buyer }) => buyer },
  { name: 'assigned_time', type: 'time', of: ({ assignedAt }) => assignedAt },
  { name: 'started_time', type: 'time', of: ({ startedAt }) => startedAt },
  { name: 'deadline', type: 'time', of: ({ deadline }) => deadline },
  { name: 'gpu_model', type: 'text', of: ({ gpuModel }) => gpuModel },
  { name: 'gpus', type: 'integer', of: ({ gpus }) => gpus },
  { name: 'region', type: 'text', of: ({ region }) => region },
  { name: 'hardware', type: 'text', of: ({ gpuModel }) => toClass(gpuModel) },
];

export const outcomeTable: JobTable<Outcome> = {
  name: 'task_outcome',
  keys: 3,
  columns: [
    { name: 'job_id', type: 'text', of: ({ jobId }) => jobId },
    { name: 'task_id', type: 'text', of: ({ taskId }) => taskId },
    { name: 'part', type: 'smallint', of: ({ part }) => part },
    ...common,
    { name: 'kind', type: 'text', of: ({ kind }) => kind },
    { name: 'known_from', type: 'time', of: ({ knownFrom }) => knownFrom },
    { name: 'known_to', type: 'time', of: ({ knownTo }) => knownTo },
    { name: 'height', type: 'bigint', of: ({ height }) => height },
    { name: 'log_index', type: 'integer', of: ({ logIndex }) => logIndex },
    { name: 'derived', type: 'boolean', of: ({ derived }) => derived },
    { name: 'price', type: 'numeric', of: ({ price }) => price },
    { name: 'price_scale', type: 'smallint', of: ({ priceScale }) => priceScale },
    { name: 'paid', type: 'numeric', of: ({ paid }) => paid },
    { name: 'fee', type: 'numeric', of: ({ fee }) => fee },
    { name: 'paid_time', type: 'time', of: ({ paidAt }) => paidAt },
  ],
};

export const runningTable: JobTable<RunningTask> = {
  name: 'task_running',
  keys: 2,
  columns: [
    { name: 'job_id', type: 'text', of: ({ jobId }) => jobId },
    { name: 'task_id', type: 'text', of: ({ taskId }) => taskId },
    ...common,
    { name: 'last_time', type: 'time', of: ({ lastAt }) => lastAt },
  ],
};

/** Machines are of few models, and a match looks through the whole catalogue. */
const classes = new Map<string | null, string>();

export function toClass(gpuModel: string | null): string {
  const known = classes.get(gpuModel);
  if (known !== undefined) return known;
  const found = toHardwareClass(gpuModel);
  if (classes.size < MAX_CLASSES) classes.set(gpuModel, found);
  return found;
}

/** Anybody may write a model of his own. */
const MAX_CLASSES = 10_000;
