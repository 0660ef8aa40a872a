import type { Outcome } from '../../../schema/metrics/formulas/jobs/Outcome.js';

/** A row of `task_outcome` as text, column by column: two rows are the same where their texts are. */
export type OutcomeFields = readonly (string | null)[];

interface OutcomeColumn {
  readonly name: string;
  readonly type: 'text' | 'smallint' | 'bigint' | 'integer' | 'boolean' | 'numeric' | 'time';
  readonly of: (outcome: Outcome) => string | number | bigint | boolean | null;
}

/** All but the network and its chain, which are the same for a whole turn; the first three are the key. Times are unix seconds. */
export const outcomeColumns: readonly OutcomeColumn[] = [
  { name: 'job_id', type: 'text', of: ({ jobId }) => jobId },
  { name: 'task_id', type: 'text', of: ({ taskId }) => taskId },
  { name: 'part', type: 'smallint', of: ({ part }) => part },
  { name: 'provider_id', type: 'text', of: ({ providerId }) => providerId },
  { name: 'node_id', type: 'text', of: ({ nodeId }) => nodeId },
  { name: 'buyer', type: 'text', of: ({ buyer }) => buyer },
  { name: 'kind', type: 'text', of: ({ kind }) => kind },
  { name: 'known_from', type: 'time', of: ({ knownFrom }) => knownFrom },
  { name: 'known_to', type: 'time', of: ({ knownTo }) => knownTo },
  { name: 'height', type: 'bigint', of: ({ height }) => height },
  { name: 'log_index', type: 'integer', of: ({ logIndex }) => logIndex },
  { name: 'derived', type: 'boolean', of: ({ derived }) => derived },
  { name: 'assigned_time', type: 'time', of: ({ assignedAt }) => assignedAt },
  { name: 'started_time', type: 'time', of: ({ startedAt }) => startedAt },
  { name: 'deadline', type: 'time', of: ({ deadline }) => deadline },
  { name: 'gpu_model', type: 'text', of: ({ gpuModel }) => gpuModel },
  { name: 'gpus', type: 'integer', of: ({ gpus }) => gpus },
  { name: 'price', type: 'numeric', of: ({ price }) => price },
  { name: 'price_scale', type: 'smallint', of: ({ priceScale }) => priceScale },
  { name: 'paid', type: 'numeric', of: ({ paid }) => paid },
  { name: 'fee', type: 'numeric', of: ({ fee }) => fee },
  { name: 'paid_time', type: 'time', of: ({ paidAt }) => paidAt },
];

export function toFields(outcome: Outcome): OutcomeFields {
  return outcomeColumns.map(({ of }) => {
    const value = of(outcome);
    return value === null ? null : String(value);
  });
}

/** Where a column stands among the fields. */
export function getPosition(name: string): number {
  return outcomeColumns.findIndex((column) => column.name === name);
}
