/**
 * Who takes part in the devnet's market and how they behave: data only. Accounts are positions in the list derived from
 * anvil's published test mnemonic. Amounts are nRLC (RLC has 9 decimals), rates are basis points where named so.
 */
export const rlc = 1_000_000_000n;

export const accounts = {
  /** Deploys the contracts and holds the RLC supply. */
  treasury: 0,
  sponsor: 1,
  appOwners: [8, 9, 10],
  datasetOwners: [11, 12],
  requesters: [13, 14, 15, 16, 17, 18, 19, 20],
  count: 46,
} as const;

export interface Category {
  readonly name: string;
  readonly timeRefS: number;
  /** Share of the deals. */
  readonly weight: number;
}

/** Names and reference times of the live hubs. */
export const categories: readonly Category[] = [
  { name: 'XS', timeRefS: 300, weight: 35 },
  { name: 'S', timeRefS: 1200, weight: 30 },
  { name: 'M', timeRefS: 3600, weight: 20 },
  { name: 'L', timeRefS: 10800, weight: 11 },
  { name: 'XL', timeRefS: 36000, weight: 4 },
];

export interface Pool {
  readonly description: string;
  readonly owner: number;
  readonly workers: readonly number[];
  readonly rateNrlcPerHour: bigint;
  /** How far the price has moved at the end of the history. */
  readonly driftBp: number;
  readonly workerStakePercent: number;
  readonly schedulerRewardPercent: number;
  /** Share of the tasks that never finish. */
  readonly failureRate: number;
  /** Whether it offers replication (trust above 1). */
  readonly replicates: boolean;
  /** Duration of a task as a multiple of the market's usual one. */
  readonly pace: number;
  /** Share of the demand. */
  readonly weight: number;
  /** When it is created, as a part of the history. */
  readonly joinsAt: number;
  /** A later change of policy, as a part of the history. */
  readonly policyChange?: { readonly at: number; readonly workerStakePercent: number; readonly rewardPercent: number };
}

export const pools: readonly Pool[] = [
  {
    description: 'Granite batch pool',
    owner: 2,
    workers: [21, 22, 23, 24, 25],
    rateNrlcPerHour: 300_000_000n,
    driftBp: -1200,
    workerStakePercent: 35,
    schedulerRewardPercent: 5,
    failureRate: 0.02,
    replicates: true,
    pace: 1.1,
    weight: 26,
    joinsAt: 0,
    policyChange: { at: 0.55, workerStakePercent: 35, rewardPercent: 8 },
  },
  {
    description: 'Larch general pool',
    owner: 3,
    workers: [26, 27, 28, 29, 30],
    rateNrlcPerHour: 440_000_000n,
    driftBp: 500,
    workerStakePercent: 30,
    schedulerRewardPercent: 3,
    failureRate: 0.01,
    replicates: true,
    pace: 0.9,
    weight: 24,
    joinsAt: 0,
  },
  {
    description: 'Quartz replicated pool',
    owner: 4,
    workers: [31, 32, 33, 34, 35, 36],
    rateNrlcPerHour: 620_000_000n,
    driftBp: 900,
    workerStakePercent: 40,
    schedulerRewardPercent: 10,
    failureRate: 0.015,
    replicates: true,
    pace: 1,
    weight: 20,
    joinsAt: 0,
  },
  {
    description: 'Basalt low-latency pool',
    owner: 5,
    workers: [37, 38, 39],
    rateNrlcPerHour: 1_200_000_000n,
    driftBp: -600,
    workerStakePercent: 30,
    schedulerRewardPercent: 12,
    failureRate: 0.008,
    replicates: false,
    pace: 0.45,
    weight: 11,
    joinsAt: 0,
  },
  {
    description: 'Driftwood spare-time pool',
    owner: 6,
    workers: [40, 41, 42],
    rateNrlcPerHour: 340_000_000n,
    driftBp: -2000,
    workerStakePercent: 30,
    schedulerRewardPercent: 1,
    failureRate: 0.2,
    replicates: false,
    pace: 1.9,
    weight: 12,
    joinsAt: 0,
  },
  {
    description: 'Tern accelerator pool',
    owner: 7,
    workers: [43, 44, 45],
    rateNrlcPerHour: 880_000_000n,
    driftBp: 0,
    workerStakePercent: 30,
    schedulerRewardPercent: 0,
    failureRate: 0.012,
    replicates: false,
    pace: 0.6,
    weight: 14,
    joinsAt: 0.3,
    policyChange: { at: 0.7, workerStakePercent: 25, rewardPercent: 4 },
  },
];

/** Workers that now and then hand in a wrong result, with the share of their replicated contributions that is wrong. */
export const faultyWorkers: Readonly<Record<number, number>> = { 24: 0.2, 35: 0.12 };

export interface App {
  readonly name: string;
  readonly image: string;
  readonly priceNrlc: bigint;
  readonly weight: number;
  readonly args: string;
}

export const apps: readonly App[] = [
  {
    name: 'frame-renderer',
    image: 'registry.invalid/frame-renderer:1.4.0',
    priceNrlc: 12_000_000n,
    weight: 45,
    args: '--frames',
  },
  {
    name: 'sequence-aligner',
    image: 'registry.invalid/sequence-aligner:2.0.1',
    priceNrlc: 30_000_000n,
    weight: 30,
    args: '--reads',
  },
  { name: 'price-oracle', image: 'registry.invalid/price-oracle:0.9.3', priceNrlc: 0n, weight: 25, args: '--pair' },
];

export interface Dataset {
  readonly name: string;
  readonly priceNrlc: bigint;
}

/** A deal with the app at `usedByApp` takes one of them now and then. */
export const datasets: readonly Dataset[] = [
  { name: 'reference-genome', priceNrlc: 20_000_000n },
  { name: 'weather-tiles', priceNrlc: 8_000_000n },
];

/** Everything the dice decide, and how fast things go. */
export const habits = {
  dealsPerDay: 20,
  /** Demand at the start and at the end of the history, as a multiple of `dealsPerDay`. */
  growth: { from: 0.82, to: 1.2 },
  volumeWeights: [45, 25, 15, 8, 7],
  requesterWeights: [24, 18, 15, 12, 11, 9, 7, 4],
  replicatedShare: 0.26,
  replicaWeights: [0, 0, 60, 30, 10],
  datasetShare: 0.2,
  sponsoredShare: 0.03,
  /** Of the tasks with trust 1, those settled in one transaction. */
  fastShare: 0.65,
  /** Of the tasks that go through reveal, those whose first consensus nobody reveals in time. */
  reopenShare: 0.025,
  /** Of the tasks that never finish, those nobody even contributes to. */
  abandonedShare: 0.6,
  offerDays: 3,
  depositNrlc: 60n * rlc,
  workerStakeNrlc: 150n * rlc,
  poolStakeNrlc: 4000n * rlc,
  withdrawDays: 7,
  /** Live: for so long after a start a deal arrives every so many seconds, and later on every so many. */
  busyS: 2 * 3600,
  busyGapS: [15, 30],
  calmGapS: [90, 150],
} as const;
