import {
  chainRow,
  devnet,
  hash,
  id,
  networkRow,
  nodeRow,
  providerRow,
  type Row,
  type Seed,
  tokenRow,
} from '../api/seed.js';

export const network = devnet.network;
export const other = 'other-devnet';
export const H100 = `${network}:gpu:nvidia-h100`;
const L4 = `${network}:gpu:nvidia-l4`;

const DAY_MS = 86_400_000;
/** Days are counted from here, so that a run across midnight sees the same ones from start to end. */
const today = Math.floor(Date.now() / DAY_MS);
export const dayText = (back: number) => new Date((today - back) * DAY_MS).toISOString().slice(0, 10);

/** One day in the middle of which nothing is known. */
export const GAP = 9;
const DAYS = 20;

/** Of each metric what it is on a day so many back; bounds come of numerators over denominators. */
const figures: Readonly<
  Record<string, (back: number) => { readonly num: string; readonly den?: string; readonly n: number }>
> = {
  'supply.registeredGpuSeconds': (back) => ({ num: String(86_400 * (100 - back)), n: 12 }),
  'supply.nodes': (back) => ({ num: String(12 * 86_400), den: String(86_400 + 0 * back), n: 12 }),
  'supply.onlineShare': (back) => ({ num: String(900 - back), den: '1000', n: 12 }),
  'supply.utilisation': (back) => ({ num: String(400 + back), den: '1000', n: 12 }),
  'price.settledIndex': (back) => ({ num: String(2 + back / 100), n: 40 }),
  'price.askSupplyWeighted': (back) => ({ num: String(2.5 + back / 100), n: 8 }),
  'price.fisher': (back) => ({ num: String(100 - back), n: 2 }),
  'jobs.success': (back) => ({ num: String(90 - back), den: '100', n: 100 }),
  'jobs.timeToEndP50': (back) => ({ num: String(3_600 + back), n: 40 }),
  'jobs.timeToEndP90': (back) => ({ num: String(7_200 + back), n: 40 }),
  'economy.payoutsUsd': (back) => ({ num: String(1_000 - back), n: 60 }),
  'economy.gmvUsd': (back) => ({ num: String(1_020 - back), n: 60 }),
  'economy.activeBuyers': () => ({ num: '7', n: 7 }),
  'economy.stakeNakamotoByOperator': () => ({ num: '2', n: 9 }),
  'economy.stakeNakamoto': () => ({ num: '3', n: 12 }),
  'mechanisms.verifiedShare': () => ({ num: '3', den: '4', n: 4 }),
};
const metrics = Object.keys(figures);
const keyOf = (metric: string) => metrics.indexOf(metric) + 1;

const subjects = [
  { kind: 'network', id: network, network_id: network },
  { kind: 'network', id: other, network_id: other },
  { kind: 'hardware', id: H100, network_id: network },
  { kind: 'hardware', id: L4, network_id: network },
];
const NETWORK = metrics;
const HARDWARE = ['supply.registeredGpuSeconds', 'price.settledIndex'];

function daysOf(subject: number, own: readonly string[], lastDay: number): Row[] {
  return own.flatMap((metric) =>
    Array.from({ length: DAYS }, (_, back) => back)
      .filter((back) => back >= lastDay && back !== GAP)
      .map((back) => ({
        subject_key: subject,
        metric_key: keyOf(metric),
        day: today - back,
        ...figures[metric]?.(back),
      })),
  );
}

/** Two networks of a chain with figures of twenty days, one of which nobody knows; today is not over. */
export const withMarket: Seed = {
  chain: [chainRow()],
  network: [
    networkRow({ work_token: `${network}:rlc` }),
    networkRow({
      ...{ id: other, title: 'The other one', protocol: 'other', notice: null, summary: 'Another market.' },
      capabilities: {
        jobs: true,
        nodes: true,
        payout: true,
        price: true,
        stake: 'Nothing is locked here.',
        verification: true,
      },
      ...{ work_token: `${network}:rlc`, stake_token: null },
    }),
  ],
  token: [tokenRow({ usd: JSON.stringify({ kind: 'static', usd: '0.5', note: 'A rate for tests.' }) })],
  provider: [providerRow('pool', { name: 'Aurora Compute', active: true, paid: '5000000000' })],
  node: [
    nodeRow('big', {
      provider_id: id('pool'),
      active: true,
      gpu_model: 'NVIDIA H100 80GB',
      gpu_count: 8,
      vram_mb: 81_559,
    }),
    nodeRow('small', { provider_id: id('pool'), active: true, gpu_model: 'NVIDIA L4', gpu_count: 2, vram_mb: 24_576 }),
  ],
  price: [
    askRow({ part: 0, node_id: id('big'), amount: '4200000000' }),
    askRow({ part: 1, node_id: id('small'), amount: '700000000' }),
  ],
  parameter_change: [
    {
      ...{
        chain_id: devnet.id,
        height: 40,
        log_index: 2,
        part: 0,
        network_id: network,
        name: 'rewardCutPpm',
        value: '125000',
      },
      ...{ time: new Date((today - 3) * DAY_MS), tx_hash: hash('7') },
    },
  ],
  metric: metrics.map((metric) => ({ id: metric, method_version: 1 })),
  metric_subject: subjects,
  metric_progress: [network, other].map((of) => ({
    ...{ network_id: of, rolled_time: new Date(today * DAY_MS + 60_000), rolled_height: 77, method_digest: '' },
  })),
  metric_day: [
    ...daysOf(1, NETWORK, 0),
    // Of the other one a day less is rolled.
    ...daysOf(2, ['supply.registeredGpuSeconds', 'jobs.success', 'economy.payoutsUsd', 'economy.gmvUsd'], 1),
    ...daysOf(3, HARDWARE, 0),
    ...daysOf(4, HARDWARE, 0),
  ],
};

function askRow(row: Row): Row {
  return {
    ...{ chain_id: devnet.id, height: 30, log_index: 0, network_id: network, provider_id: id('pool') },
    ...{
      token: `${network}:rlc`,
      basis: 'advertised',
      unit: 'hour',
      resource: 'gpu',
      time: new Date((today - 1) * DAY_MS),
    },
    ...row,
  };
}
