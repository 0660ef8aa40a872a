import { CopyBuffer } from './CopyBuffer.js';

/**
 * The rows that a batch appends, by table, in the order in which they are written: what is named comes before what
 * names it. Columns stand in the order in which the encoders add them.
 */
export const appended = {
  block: ['chain_id', 'height', 'hash', 'parent_hash', 'time', 'digest_sum', 'digest_rows'],
  provider: ['id', 'network_id', 'chain_id', 'native_id', 'height', 'time', 'last_height', 'last_time'],
  node: ['id', 'network_id', 'chain_id', 'native_id', 'height', 'time'],
  provider_version: [
    ...['provider_id', 'height_from', 'height_to', 'chain_id'],
    ...['owner', 'name', 'uri', 'active', 'terms', 'altered'],
  ],
  node_version: [
    ...['node_id', 'height_from', 'height_to', 'chain_id', 'provider_id'],
    ...['active', 'region', 'gpu_model', 'gpu_count', 'vram_mb', 'uri', 'terms', 'altered'],
  ],
  job: [
    ...['id', 'network_id', 'chain_id', 'native_id', 'height', 'time'],
    ...['provider_id', 'buyer', 'volume', 'price', 'provider_price', 'price_token', 'price_unit', 'price_scale'],
    'attributes',
    ...['deadline', 'status', 'tasks_completed', 'tasks_failed', 'ended_height', 'ended_time'],
  ],
  task: [
    ...['id', 'job_id', 'network_id', 'chain_id', 'native_id', 'position', 'height'],
    ...['status', 'started_height', 'started_time', 'ended_height', 'ended_time', 'attempts'],
  ],
  event: [
    ...['chain_id', 'height', 'time', 'tx_hash', 'tx_index', 'block_hash'],
    ...['log_index', 'network_id', 'address', 'topics', 'data', 'name', 'kind', 'args'],
    ...['provider_id', 'node_id', 'job_id', 'task_id'],
  ],
  job_step: [
    ...['chain_id', 'height', 'time', 'tx_hash', 'log_index', 'part'],
    ...['job_id', 'task_id', 'node_id', 'provider_id', 'kind'],
  ],
  attempt: ['chain_id', 'height', 'time', 'log_index', 'part', 'task_id', 'job_id', 'provider_id', 'node_id'],
  verification: [
    ...['chain_id', 'height', 'time', 'log_index', 'part'],
    ...['network_id', 'task_id', 'job_id', 'provider_id', 'node_id', 'mechanism', 'result'],
  ],
  payout: [
    ...['chain_id', 'height', 'time', 'tx_hash', 'log_index', 'part', 'network_id', 'provider_id', 'job_id', 'task_id'],
    ...['payer', 'recipient', 'role', 'for_work', 'token', 'amount'],
  ],
  stake_change: [
    ...[
      'chain_id',
      'height',
      'time',
      'tx_hash',
      'log_index',
      'part',
      'network_id',
      'provider_id',
      'node_id',
      'task_id',
    ],
    ...['account', 'kind', 'token', 'amount', 'delta'],
  ],
  price: [
    ...['chain_id', 'height', 'time', 'log_index', 'part', 'network_id', 'provider_id', 'node_id', 'job_id'],
    ...['basis', 'unit', 'resource', 'token', 'amount', 'scale'],
  ],
  escrow_change: [
    ...['chain_id', 'height', 'time', 'tx_hash', 'log_index', 'part', 'network_id', 'job_id', 'account'],
    ...['subaccount', 'kind', 'token', 'amount', 'delta'],
  ],
  balance_statement: [
    ...['chain_id', 'height', 'time', 'tx_hash', 'log_index', 'part', 'network_id', 'kind', 'account', 'subaccount'],
    ...['token', 'amount'],
  ],
  parameter_change: [...['chain_id', 'height', 'time', 'tx_hash', 'log_index', 'part', 'network_id', 'name', 'value']],
  feed_answer: [
    ...['chain_id', 'height', 'time', 'log_index', 'part', 'network_id', 'feed', 'aggregator', 'phase', 'round_id'],
    ...['answer', 'updated_at', 'decimals'],
  ],
  provider_delta: [
    ...['chain_id', 'height_from', 'height', 'time', 'provider_id', 'jobs', 'tasks_completed', 'tasks_failed'],
    ...['stake', 'rewarded', 'slashed', 'paid'],
  ],
  network_delta: [
    ...['chain_id', 'height', 'time', 'network_id', 'providers', 'nodes', 'jobs', 'tasks'],
    ...['tasks_completed', 'tasks_failed', 'stake', 'paid'],
  ],
  quarantine: [
    ...['chain_id', 'height', 'log_index', 'block_hash', 'tx_hash', 'network_id', 'address', 'topics', 'data'],
    ...['stage', 'reason', 'time'],
  ],
  contract: ['chain_id', 'address', 'network_id', 'role', 'height', 'log_index'],
} as const;

export type AppendedTable = keyof typeof appended;

export type Rows = Readonly<Record<AppendedTable, CopyBuffer>>;

export function createRows(): Rows {
  const entries = Object.entries(appended).map(([table, columns]) => [
    table,
    new CopyBuffer(`copy ${table} (${columns.join(', ')}) from stdin with (format binary)`, columns.length),
  ]);
  return Object.fromEntries(entries) as Rows;
}
