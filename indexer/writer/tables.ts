import type { Columns } from './copyRows.js';

/** Columns of the tables that are written by COPY. */

const key = { chain_id: 'number', height: 'number', log_index: 'number' } as const;
const factKey = { ...key, part: 'number' } as const;

export const eventColumns = {
  ...key,
  tx_index: 'number',
  block_hash: 'bytea',
  tx_hash: 'bytea',
  time: 'time',
  network_id: 'text',
  address: 'bytea',
  topics: 'bytea[]',
  data: 'bytea',
  name: 'text',
  kind: 'text',
  args: 'json',
  provider_id: 'text',
  node_id: 'text',
  job_id: 'text',
  task_id: 'text',
} satisfies Columns;

const nounColumns = {
  id: 'text',
  network_id: 'text',
  chain_id: 'number',
  native_id: 'text',
  height: 'number',
  time: 'time',
} satisfies Columns;

export const nodeColumns = nounColumns;

export const providerColumns = { ...nounColumns, last_height: 'number', last_time: 'time' } satisfies Columns;

export const jobColumns = {
  ...nounColumns,
  provider_id: 'text',
  buyer: 'text',
  status: 'text',
  volume: 'number',
  price: 'number',
  provider_price: 'number',
  price_token: 'text',
  price_unit: 'text',
  attributes: 'json',
  deadline: 'time',
} satisfies Columns;

export const taskColumns = {
  id: 'text',
  job_id: 'text',
  network_id: 'text',
  chain_id: 'number',
  native_id: 'text',
  position: 'number',
  status: 'text',
  height: 'number',
} satisfies Columns;

export const stepColumns = {
  ...factKey,
  job_id: 'text',
  task_id: 'text',
  node_id: 'text',
  kind: 'text',
  time: 'time',
  tx_hash: 'bytea',
  detail: 'json',
} satisfies Columns;

export const attemptColumns = {
  ...factKey,
  task_id: 'text',
  job_id: 'text',
  provider_id: 'text',
  node_id: 'text',
  time: 'time',
} satisfies Columns;

export const verificationColumns = {
  ...factKey,
  network_id: 'text',
  task_id: 'text',
  job_id: 'text',
  provider_id: 'text',
  node_id: 'text',
  mechanism: 'text',
  result: 'text',
  time: 'time',
} satisfies Columns;

export const payoutColumns = {
  ...factKey,
  network_id: 'text',
  provider_id: 'text',
  job_id: 'text',
  task_id: 'text',
  payer: 'text',
  recipient: 'text',
  role: 'text',
  for_work: 'text',
  token: 'text',
  amount: 'number',
  time: 'time',
  tx_hash: 'bytea',
} satisfies Columns;

export const stakeChangeColumns = {
  ...factKey,
  network_id: 'text',
  provider_id: 'text',
  node_id: 'text',
  task_id: 'text',
  account: 'text',
  kind: 'text',
  token: 'text',
  amount: 'number',
  delta: 'number',
  time: 'time',
  tx_hash: 'bytea',
} satisfies Columns;

export const quarantineColumns = {
  ...key,
  block_hash: 'bytea',
  tx_hash: 'bytea',
  network_id: 'text',
  address: 'bytea',
  topics: 'bytea[]',
  data: 'bytea',
  stage: 'text',
  reason: 'text',
  time: 'time',
} satisfies Columns;

export const blockColumns = {
  chain_id: 'number',
  height: 'number',
  hash: 'bytea',
  parent_hash: 'bytea',
  time: 'time',
} satisfies Columns;
