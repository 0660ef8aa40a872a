import {
  devnet,
  emptyNetworks,
  hash,
  id,
  networkRow,
  nodeRow,
  providerRow,
  type Row,
  recorded,
  type Seed,
  tokenRow,
} from './seed.js';
import { between, dayOf, heartbeatNodeRow, hourOf, observerRow, openHourRow, slotOf } from './seedHeartbeats.js';

/** When all of it is asked. */
export const NOW = '2026-03-10T14:25:40Z';
const thisHour = hourOf('2026-03-10T14:00Z');
const lastClosed = slotOf('2026-03-10T14:24Z');
const today = dayOf('2026-03-10');
export const minutesAgo = (minutes: number) => new Date(Date.parse(NOW) - minutes * 60_000);

/** Providers in the order in which their machines and figures are numbered. */
const names = ['steady', 'cheap', 'wash', 'away', 'new', 'tasks'] as const;
type Name = (typeof names)[number];

interface Figures {
  /** DEV for a GPU-hour of each of its two machines; null: none. */
  readonly ask: string | null;
  readonly succeeded: number;
  readonly attempts: number;
  readonly scoreLower: string;
  readonly evidence: string;
}

const figures: Readonly<Record<Name, Figures>> = {
  steady: { ask: '2000000000', succeeded: 98, attempts: 100, scoreLower: '0.950000', evidence: 'strong' },
  // Asks less, and fails so often that it costs more.
  cheap: { ask: '1500000000', succeeded: 60, attempts: 100, scoreLower: '0.450000', evidence: 'strong' },
  wash: { ask: '100000000', succeeded: 500, attempts: 500, scoreLower: '0.500000', evidence: 'none' },
  away: { ask: '1000000000', succeeded: 100, attempts: 100, scoreLower: '0.960000', evidence: 'strong' },
  new: { ask: null, succeeded: 0, attempts: 0, scoreLower: '0.500000', evidence: 'none' },
  tasks: { ask: null, succeeded: 10, attempts: 10, scoreLower: '0.600000', evidence: 'thin' },
};

const token = id('dev');

/** Six providers of two machines each on a network whose coin is worth half a USD, and one of a recorded history. */
export const rankingSeed: Seed = {
  ...emptyNetworks,
  network: [
    networkRow({ work_token: token }),
    ...(emptyNetworks.network ?? []).filter((row) => row.id === recorded.network),
  ],
  token: [
    tokenRow({
      id: token,
      symbol: 'DEV',
      usd: JSON.stringify({ kind: 'static', usd: '0.5', note: 'A rate for tests.' }),
    }),
    ...(emptyNetworks.token ?? []),
  ],
  // Trades are looked for above the last block that is too old for them.
  block: [
    [59, 31],
    [30, 40],
  ].map(([height = 0, days = 0]) => ({
    ...{ chain_id: devnet.id, height, hash: hash(String(height % 10)), parent_hash: hash('0') },
    time: minutesAgo(days * 24 * 60),
  })),
  provider: [
    ...names.map((name) => providerRow(name, { name, active: true })),
    providerRow('orchestrator', { network_id: recorded.network, chain_id: recorded.id }),
  ],
  node: names.flatMap((name) => [
    nodeRow(`${name}-a`, machine(name, { gpu_model: 'NVIDIA H100 80GB', vram_mb: 81_559, region: 'eu-west' })),
    nodeRow(`${name}-b`, machine(name, { gpu_model: 'NVIDIA A100 40GB', vram_mb: 40_960, region: 'us-east' })),
  ]),
  price: [
    ...names.flatMap((name, at) =>
      figures[name].ask === null
        ? []
        : ['a', 'b'].map((which, part) => priceRow(name, { height: 20 + at, part, node_id: id(`${name}-${which}`) })),
    ),
    // What it asked before holds no more.
    priceRow('steady', { height: 11, node_id: id('steady-a'), amount: '1' }),
    // Agreed on: the last of which was with itself.
    ...[2_200_000_000, 2_400_000_000, 2_600_000_000, 9].map((amount, part) =>
      priceRow('steady', {
        ...{ height: 60, part, basis: 'settled', node_id: id('steady-a'), job_id: id(`job-${part}`) },
        ...{ amount, time: minutesAgo(60) },
      }),
    ),
    priceRow('tasks', { height: 61, unit: 'task', resource: null, amount: '5', node_id: null }),
    priceRow('steady', { height: 62, basis: 'bid', provider_id: null, amount: '1800000000', time: minutesAgo(90) }),
  ],
  task_outcome: [0, 1, 2, 3].map((part) => ({
    ...{
      job_id: id(`job-${part}`),
      task_id: id(`job-${part}-0`),
      part: 0,
      network_id: devnet.network,
      chain_id: devnet.id,
    },
    ...{ provider_id: id('steady'), buyer: part === 3 ? '0xself' : '0xbuyer', kind: 'completed', derived: false },
    ...{ known_from: minutesAgo(60), hardware: 'nvidia-h100' },
  })),
  removed_pair: [
    { network_id: devnet.network, day: today, buyer: '0xself', provider_id: id('steady'), reason: 'sameCluster' },
  ],
  task_running: [
    {
      ...{ job_id: id('at-work'), task_id: id('at-work-0'), network_id: devnet.network, chain_id: devnet.id },
      ...{ provider_id: id('cheap'), node_id: id('cheap-a'), assigned_time: minutesAgo(5), hardware: 'nvidia-h100' },
      last_time: minutesAgo(5),
    },
  ],
  metric: [{ id: 'jobs.success', method_version: 1 }],
  metric_progress: [{ network_id: devnet.network, rolled_time: minutesAgo(1), rolled_height: 100, method_digest: '' }],
  metric_subject: names.map((name) => ({ kind: 'provider', id: id(name), network_id: devnet.network })),
  metric_day: names.flatMap((name, at) => {
    const { succeeded, attempts } = figures[name];
    if (attempts === 0) return [];
    const row = { subject_key: at + 1, metric_key: 1 };
    return [
      { ...row, day: today - 1, num: succeeded, den: attempts, n: attempts },
      // A day too long ago.
      { ...row, day: today - 30, num: 0, den: 1_000, n: 1_000 },
    ];
  }),
  window_end: [{ network_id: devnet.network, to_hour: thisHour, members: '0' }],
  uptime_window: names.map((_, at) => ({
    ...{ subject_key: at + 1, days: 30, nodes: 2, up: 86_000, known: 86_200, expected: 86_400 },
    ...{ maintenance: 0, maintenance_up: 0, failures: 10, repairs: 10, repaired_down: 200, outage_down: 200 },
    ...{ longest_down: 30, effective_n: '900.5', lower: `0.99${at}`, upper: '0.999' },
  })),
  score: names.map((name, at) => ({
    ...{ subject_key: at + 1, hour: thisHour, method_version: 1, score: '91.500000', availability: '0.99' },
    ...{ job_success: figures[name].scoreLower, promise: '0.9', integrity: '0.9', lost_availability: '1' },
    ...{ lost_job_success: '5', lost_promise: '1', lost_integrity: '1.5', evidence: figures[name].evidence },
    ...{ evidence_weight: '50', buyers_effective: '4', detail: { removed: { share: '0.100000' } } },
  })),
  observer: [observerRow('north')],
  heartbeat_node: names.flatMap((name) =>
    ['a', 'b'].map((which) => heartbeatNodeRow(id(`${name}-${which}`), { provider_id: id(name) })),
  ),
};

/** What is heard of their machines, for tables that are partitioned first: those of `away` fell silent. */
export const heardSeed: Seed = {
  observer_slot: Array.from({ length: 85 }, (_, back) => ({
    observer: 1,
    slot: lastClosed - back,
    alive: between(0, 60),
  })),
  node_hour_open: names.flatMap((name, at) =>
    [1, 2].flatMap((which) => [
      openHourRow(2 * at + which, thisHour - 1, { up: between(0, 60) }),
      openHourRow(2 * at + which, thisHour, { up: name === 'away' ? between(0, 10) : between(0, 25) }),
    ]),
  ),
};

function machine(name: Name, row: Row): Row {
  return { provider_id: id(name), active: true, gpu_count: 8, ...row };
}

function priceRow(name: Name, row: Row): Row {
  return {
    ...{ chain_id: devnet.id, log_index: 0, part: 0, network_id: devnet.network, provider_id: id(name), token },
    ...{ basis: 'advertised', unit: 'hour', resource: 'gpu', amount: figures[name].ask, time: minutesAgo(600) },
    ...row,
  };
}
