import { catalogue } from '../../schema/metrics/catalogue.js';
import {
  address,
  anomalyRow,
  at,
  attemptRow,
  devnet,
  emptyNetworks,
  eventRow,
  hash,
  id,
  jobRow,
  nodeRow,
  payoutRow,
  providerRow,
  quarantineRow,
  type Seed,
  stakeChangeRow,
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
const largest = (2n ** 256n - 1n).toString();
export const metric = catalogue.find(
  ({ value, subjects, grains }) => value === 'ratio' && subjects.includes('network') && grains.includes('day'),
)?.id as string;
const day = Date.UTC(2026, 0, 10) / 86_400_000;

/** Rows of every list, more than one page of two of most, with what is unknown, huge, negative or of several lines. */
export const everyList: Seed = {
  ...emptyNetworks,
  block: [5, 6, 8, 40].map((height) => ({
    ...{ chain_id: devnet.id, height, hash: hash(String(height % 10)), time: at(height) },
    parent_hash: height === 5 ? null : hash('7'),
  })),
  provider: [
    providerRow('p', {
      name: 'One, "two"\n3',
      owner: address('C'),
      active: true,
      jobs: 3,
      stake: largest,
      terms: { a: 'b' },
    }),
    providerRow('q', { name: '', uri: 'https://q.example', stake: '0', paid: '7' }),
    providerRow('r', { name: 'tab\there \\N \\. back\\slash', active: false }),
  ],
  node: [
    nodeRow('n1', { provider_id: id('p'), active: true, region: 'eu', gpu_model: 'NVIDIA RTX 4090', gpu_count: 2 }),
    nodeRow('n2', { terms: { disk: 5 } }),
    nodeRow('n3', { provider_id: id('q'), vram_mb: 24_576 }),
  ],
  job: [
    jobRow('j', {
      ...{ provider_id: id('p'), volume: 2, buyer: address('A'), price: '12', price_token: token, price_unit: 'hour' },
      ...{ provider_price: '9', attributes: { app: 'x', n: '5' }, deadline: at(50), ended_time: at(9) },
    }),
    jobRow('k', { status: 'running', time: at(1), price: '5' }),
    ...['l', 'm', 'n'].map((name, index) =>
      jobRow(name, { status: 'completed', time: at(2 + index), provider_id: id('q') }),
    ),
  ],
  task: [
    taskRow('t1', { job_id: id('j'), status: 'completed', started_time: at(8), ended_time: at(9), attempts: 1 }),
    taskRow('t2', { job_id: id('j'), position: 1 }),
    taskRow('t3', { job_id: id('k') }),
  ],
  attempt: [3, 4, 5].map((height) =>
    attemptRow(height, {
      task_id: id('t1'),
      job_id: id('j'),
      provider_id: id('p'),
      node_id: id('n1'),
      part: height - 3,
    }),
  ),
  verification: [
    verificationRow(4, { task_id: id('t1'), job_id: id('j'), provider_id: id('p') }),
    verificationRow(5, { node_id: id('n1'), result: 'rejected' }),
  ],
  event: [
    eventRow(3, {
      job_id: id('j'),
      provider_id: id('p'),
      args: { who: 'é\u2028"', list: ['1', '2'], deep: { a: null } },
    }),
    eventRow(7, { name: 'Noted', kind: 'unmapped' }),
    eventRow(7, { log_index: 1 }),
  ],
  price: [
    log(3, { provider_id: id('p'), node_id: id('n1'), basis: 'advertised', unit: 'hour', token, amount: 36 }),
    log(6, { job_id: id('k'), part: 1, basis: 'settled', unit: 'task', token, amount: 5, scale: 12 }),
    log(6, { job_id: id('l'), part: 2, basis: 'settled', unit: 'hour', token, amount: largest }),
  ],
  escrow_change: [1, 2, 3].map((height) =>
    log(height, {
      ...{ job_id: height === 1 ? null : id('j'), account: address('a'), kind: 'deposited', token, amount: 9 },
      ...{ delta: height === 2 ? '-9' : 9, tx_hash: hash('e') },
    }),
  ),
  stake_change: [2, 3, 4].map((height) =>
    stakeChangeRow(height, {
      provider_id: id('p'),
      delta: `-${largest}`,
      amount: largest,
      kind: 'slashed',
      part: height - 2,
    }),
  ),
  payout: [2, 3, 3, 9].map((height, part) =>
    payoutRow(height, {
      part,
      provider_id: id('p'),
      job_id: id('j'),
      task_id: id('t1'),
      amount: part === 1 ? largest : '5',
    }),
  ),
  parameter_change: [log(1, { name: 'kickback', value: '20', tx_hash: hash('b') })],
  quarantine: [
    quarantineRow(6, { topics: [hash('f'), hash('1')], data: Buffer.from('00ff', 'hex') }),
    quarantineRow(7, { stage: 'odd', reason: 'It had ended before.' }),
  ],
  anomaly: [anomalyRow(5), anomalyRow(6, { rule: 'statedStake', expected: '-1', got: largest })],
  heartbeat_node: [
    { node_id: id('n1'), network_id: devnet.network, provider_id: id('p') },
    { node_id: id('p'), network_id: devnet.network },
  ],
  metric: [{ id: metric, method_version: 1 }],
  metric_subject: [
    { kind: 'provider', id: id('p'), network_id: devnet.network },
    { kind: 'operator', id: id('p'), network_id: devnet.network },
    { kind: 'network', id: devnet.network, network_id: devnet.network },
  ],
  metric_progress: [{ network_id: devnet.network, rolled_time: at(30), rolled_height: 77, method_digest: '' }],
  metric_day: [
    { subject_key: 3, metric_key: 1, day: day - 2, num: '1', den: '3', n: 3 },
    { subject_key: 3, metric_key: 1, day: day - 1, num: '0', den: '0', n: 0, detail: { reason: 'no task ended' } },
    { subject_key: 3, metric_key: 1, day, num: '9007199254740993', den: '9007199254740993', n: 2 },
  ],
  score: [0, 24, 48].flatMap((hours, index) =>
    [1, 2].map((subject_key) => ({
      ...{ subject_key, hour: HOUR + hours, method_version: 1, score: index === 0 ? null : `${40 + index}.500000` },
      ...{ evidence: 'thin', evidence_weight: '7', detail: { removed: { share: '0.250000' } } },
    })),
  ),
  outage: [
    { node_key: 1, from_slot: SLOT, last_slot: SLOT + 4, down: 3, ended: true },
    { node_key: 2, from_slot: SLOT + 2, last_slot: SLOT + 9, down: 8, ended: false },
  ],
};
