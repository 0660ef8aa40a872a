import type { Seed } from './seed.js';
import {
  address,
  anomalyRow,
  at,
  attemptRow,
  daysAgo,
  devnet,
  emptyNetworks,
  eventRow,
  hash,
  id,
  jobRow,
  networkDeltaRow,
  nodeRow,
  payoutRow,
  providerRow,
  quarantineRow,
  stakeChangeRow,
  stepRow,
  taskRow,
  verificationRow,
} from './seed.js';

const log = (height: number, row: Record<string, unknown>) => ({
  ...{ chain_id: devnet.id, network_id: devnet.network, height, log_index: 4, time: at(height) },
  ...row,
});
const token = id('rlc');
const SLOT = at(0).getTime() / 60_000;
const HOUR = at(0).getTime() / 3_600_000;
const work = { job_id: id('j'), task_id: id('t1'), provider_id: id('p') };

/** A little of everything that there is a list of, so that no example of the playground finds nothing to ask about. */
export const exampleRows: Seed = {
  ...emptyNetworks,
  block: [
    { chain_id: devnet.id, height: 30, hash: hash('8'), parent_hash: hash('7'), time: at(30) },
    { chain_id: devnet.id, height: 5, hash: hash('5'), time: at(5) },
  ],
  network_delta: [networkDeltaRow(10, { time: daysAgo(1), jobs: 3, tasks: 3, tasks_completed: 1, tasks_failed: 1 })],
  provider: [
    providerRow('p', { name: 'One', uri: 'https://one.example', active: true, owner: address('1') }),
    providerRow('q', { name: 'Two', active: true }),
  ],
  provider_version: ['p', 'q'].map((name) => ({
    provider_id: id(name),
    chain_id: devnet.id,
    height_from: 1,
    active: true,
  })),
  node: [
    nodeRow('n1', { provider_id: id('p'), active: true, region: 'eu', gpu_model: 'NVIDIA RTX 4090', gpu_count: 2 }),
    nodeRow('n2', { provider_id: id('q') }),
  ],
  job: [
    jobRow('j', {
      ...{ provider_id: id('p'), buyer: address('b'), status: 'completed', tasks_completed: 1 },
      ...{ price: '5', price_token: token, price_unit: 'task', ended_height: 20, ended_time: at(20) },
    }),
    jobRow('k', {
      ...{ provider_id: id('p'), buyer: address('b'), status: 'failed', tasks_failed: 1, height: 11 },
      ...{ ended_height: 21, ended_time: at(21) },
    }),
    jobRow('l', { height: 12 }),
    jobRow('m', { provider_id: id('q'), buyer: address('c'), status: 'running', deadline: at(59), height: 13 }),
  ],
  task: [
    taskRow('t1', { job_id: id('j'), status: 'completed', ended_time: at(9), attempts: 1 }),
    taskRow('t2', { job_id: id('k'), status: 'failed', ended_time: at(10) }),
  ],
  job_step: [stepRow(10, { job_id: id('j'), kind: 'created' }), stepRow(20, { job_id: id('j'), kind: 'completed' })],
  attempt: [attemptRow(3, { ...work, node_id: id('n1') })],
  verification: [verificationRow(4, work), verificationRow(5, { ...work, result: 'rejected' })],
  event: [eventRow(3, work)],
  payout: [payoutRow(9, { ...work, amount: '2000000', payer: address('b') })],
  stake_change: [
    stakeChangeRow(2, { provider_id: id('p') }),
    stakeChangeRow(3, { provider_id: id('p'), kind: 'slashed', delta: '-1' }),
  ],
  price: [
    log(3, { provider_id: id('p'), node_id: id('n1'), basis: 'advertised', unit: 'hour', token, amount: 36 }),
    log(6, { job_id: id('j'), provider_id: id('p'), part: 1, basis: 'settled', unit: 'task', token, amount: 5 }),
  ],
  escrow_change: [log(2, { account: address('b'), kind: 'deposited', token, amount: 9, delta: 9, tx_hash: hash('e') })],
  parameter_change: [log(1, { name: 'kickback', value: '20', tx_hash: hash('b') })],
  anomaly: [anomalyRow(6)],
  quarantine: [quarantineRow(6)],
  heartbeat_node: [{ node_id: id('n1'), network_id: devnet.network, provider_id: id('p') }],
  observer: [{ name: 'one', network_group: 'one' }],
  outage: [{ node_key: 1, from_slot: SLOT, last_slot: SLOT + 4, down: 3, ended: false }],
  operator_member: [{ network_id: devnet.network, operator_id: id('operator:p'), provider_id: id('p'), links: '[]' }],
  metric_subject: [
    { kind: 'provider', id: id('p'), network_id: devnet.network },
    { kind: 'network', id: devnet.network, network_id: devnet.network },
  ],
  metric_progress: [{ network_id: devnet.network, rolled_time: at(60 * 48), rolled_height: 30, method_digest: '' }],
  score: [HOUR + 12, HOUR + 36].map((hour, index) => ({
    ...{ subject_key: 1, hour, method_version: 1, score: `${40 + index}.5`, evidence: 'fair' },
    ...{ evidence_weight: '7', detail: {} },
  })),
};
