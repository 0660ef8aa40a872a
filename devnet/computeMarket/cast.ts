/**
 * Who takes part in the devnet's ComputeMarket: data only. `docs/devnet.md` describes the same people in words, so that a
 * reader can hold the pages against the truth. Shares are basis points where named so.
 */
import { type Hex, keccak256, stringToHex } from 'viem';

export interface Gpu {
  readonly name: string;
  readonly vramMib: number;
  /** Of one GPU for an hour, in thousandths of a coin, at the start of the history. */
  readonly milliPerHour: number;
  /** How far the usual price has moved at the end of the history. */
  readonly driftBp: number;
  /** Share of the demand. */
  readonly weight: number;
}

export const gpus = {
  h100: { name: 'NVIDIA H100 80GB', vramMib: 81_920, milliPerHour: 2_790, driftBp: -1_400, weight: 26 },
  a100: { name: 'NVIDIA A100 80GB', vramMib: 81_920, milliPerHour: 1_490, driftBp: -900, weight: 22 },
  l40s: { name: 'NVIDIA L40S', vramMib: 49_152, milliPerHour: 960, driftBp: -300, weight: 16 },
  rtx4090: { name: 'NVIDIA RTX 4090', vramMib: 24_576, milliPerHour: 430, driftBp: 600, weight: 20 },
  rtx3090: { name: 'NVIDIA RTX 3090', vramMib: 24_576, milliPerHour: 210, driftBp: -500, weight: 9 },
  a10: { name: 'NVIDIA A10', vramMib: 24_576, milliPerHour: 340, driftBp: -200, weight: 7 },
} as const satisfies Readonly<Record<string, Gpu>>;

export type GpuKey = keyof typeof gpus;

export type Region =
  | 'eu-north'
  | 'eu-west'
  | 'eu-central'
  | 'us-east'
  | 'us-west'
  | 'ap-southeast'
  | 'ap-northeast'
  | 'sa-east';

/** Model, GPUs, region; a claim about memory only where it is not what the model has. */
export type Machine = readonly [gpu: GpuKey, count: number, region: Region, vramMib?: number];

/**
 * - `honest`: does what it says, and fails now and then;
 * - `washTrading`: its buyers are itself, at three times the price, and the pay goes back to one of them;
 * - `flapping`: its first node comes and goes several times a day and loses work by it;
 * - `overPromising`: sells what it does not have at a tenth of the price, and fails most of it;
 * - `slashed`: honest until `turnsAt`, then delivers bad proofs or nothing, is slashed for it, and leaves;
 * - `circular`: three who buy from each other in a circle at the usual price, beside a few honest customers;
 * - `sybil`: several behind whom is one operator, whom all of them are paid to; does what it says;
 * - `whitewashing`: fails half of what it takes, leaves, and comes back under another name;
 * - `milking`: without a fault until `turnsAt`, then fails everything and goes on to sell;
 * - `freshBuyers`: every few small jobs another account buys, each of them its own, and is not seen again.
 */
export type Conduct =
  | 'honest'
  | 'washTrading'
  | 'flapping'
  | 'overPromising'
  | 'slashed'
  | 'circular'
  | 'sybil'
  | 'whitewashing'
  | 'milking'
  | 'freshBuyers';

export interface Provider {
  readonly name: string;
  readonly machines: readonly Machine[];
  readonly conduct: Conduct;
  /** Its price as a share of the usual one. */
  readonly priceBp: number;
  /** Of its tasks, those that it fails itself. */
  readonly failureBp: number;
  /** Share of the demand. */
  readonly weight: number;
  /** As parts of the history; there from the start, and to the end, when left out. */
  readonly joinsAt?: number;
  readonly leavesAt?: number;
  readonly turnsAt?: number;
  /** Stakes for each node by itself, not for all of them together. */
  readonly stakesByNode?: boolean;
  /**
   * Planted beside a market that goes on as it would without it: so many of the market's buyers come to it a day, none of
   * them by way of `weight`, and all that it does is decided by dice of its own.
   */
  readonly customersPerDay?: number;
  /** The name under which it was here before: its machines are at the same addresses, the pay goes to the same account. */
  readonly successorOf?: string;
}

const honest = { conduct: 'honest', priceBp: 10_000, failureBp: 150, weight: 10 } as const;
const planted = { conduct: 'honest', priceBp: 10_000, failureBp: 150, weight: 0 } as const;

export const providers: readonly Provider[] = [
  {
    ...honest,
    name: 'Aurora Compute',
    machines: [
      ['h100', 8, 'eu-north'],
      ['h100', 8, 'eu-north'],
      ['a100', 8, 'eu-north'],
      ['l40s', 4, 'eu-north'],
    ],
    priceBp: 10_600,
    failureBp: 60,
    weight: 18,
  },
  {
    ...honest,
    name: 'Basalt Cloud',
    machines: [
      ['h100', 8, 'us-east'],
      ['a100', 8, 'us-east'],
      ['a100', 4, 'us-west'],
      ['l40s', 8, 'us-west'],
    ],
    weight: 16,
  },
  {
    ...honest,
    name: 'Cinder Labs',
    machines: [
      ['rtx4090', 4, 'eu-central'],
      ['rtx4090', 4, 'eu-central'],
      ['rtx3090', 4, 'eu-central'],
    ],
    priceBp: 9_200,
    failureBp: 300,
    weight: 14,
  },
  {
    ...honest,
    name: 'Delta Render',
    machines: [
      ['l40s', 4, 'us-west'],
      ['l40s', 4, 'us-west'],
      ['a10', 4, 'us-west'],
    ],
    stakesByNode: true,
  },
  {
    ...honest,
    name: 'Ember GPU',
    machines: [
      ['rtx4090', 8, 'us-east'],
      ['rtx4090', 8, 'us-east'],
    ],
    priceBp: 9_700,
    failureBp: 220,
    weight: 12,
  },
  {
    ...honest,
    name: 'Fjord AI',
    machines: [
      ['h100', 8, 'eu-north'],
      ['a100', 8, 'eu-north'],
      ['a10', 4, 'eu-west'],
    ],
    priceBp: 9_800,
    failureBp: 90,
    weight: 14,
  },
  {
    ...honest,
    name: 'Granite Works',
    machines: [
      ['rtx3090', 6, 'eu-west'],
      ['rtx3090', 6, 'eu-west'],
      ['rtx4090', 4, 'eu-west'],
    ],
    priceBp: 9_400,
    failureBp: 350,
  },
  {
    ...honest,
    name: 'Harbour Compute',
    machines: [
      ['a100', 4, 'ap-southeast'],
      ['a100', 4, 'ap-southeast'],
      ['l40s', 4, 'ap-southeast'],
    ],
    priceBp: 10_300,
  },
  {
    ...honest,
    name: 'Iris Data',
    machines: [
      ['a10', 8, 'eu-west'],
      ['l40s', 4, 'eu-west'],
    ],
    failureBp: 120,
    weight: 8,
  },
  {
    ...honest,
    name: 'Juniper Racks',
    machines: [
      ['rtx4090', 4, 'us-west'],
      ['rtx3090', 4, 'us-west'],
    ],
    priceBp: 9_000,
    failureBp: 700,
    weight: 8,
  },
  {
    ...honest,
    name: 'Kestrel Cloud',
    machines: [
      ['h100', 4, 'ap-northeast'],
      ['a100', 8, 'ap-northeast'],
      ['rtx4090', 4, 'ap-northeast'],
    ],
    priceBp: 11_200,
    failureBp: 80,
    stakesByNode: true,
  },
  {
    ...honest,
    name: 'Lantern Grid',
    machines: [
      ['rtx3090', 2, 'sa-east'],
      ['rtx3090', 2, 'sa-east'],
    ],
    priceBp: 8_800,
    failureBp: 900,
    weight: 6,
  },
  {
    ...honest,
    name: 'Meridian HPC',
    machines: [
      ['h100', 8, 'us-east'],
      ['h100', 8, 'us-west'],
      ['a100', 8, 'eu-west'],
    ],
    priceBp: 10_200,
    failureBp: 100,
    weight: 16,
  },
  {
    ...honest,
    name: 'Nimbus Forge',
    machines: [
      ['l40s', 2, 'ap-southeast'],
      ['a10', 4, 'ap-southeast'],
    ],
    weight: 6,
  },
  {
    ...honest,
    name: 'Orchard Compute',
    machines: [
      ['rtx4090', 2, 'sa-east'],
      ['a10', 2, 'sa-east'],
    ],
    priceBp: 9_500,
    failureBp: 400,
    weight: 6,
  },
  {
    ...honest,
    name: 'Pinecone Render',
    machines: [
      ['rtx3090', 4, 'eu-central'],
      ['rtx4090', 4, 'eu-central'],
    ],
    failureBp: 250,
    weight: 8,
  },
  {
    ...honest,
    name: 'Quarry Systems',
    machines: [
      ['a100', 4, 'us-east'],
      ['a10', 8, 'us-east'],
    ],
    priceBp: 9_600,
    joinsAt: 0.22,
  },
  {
    ...honest,
    name: 'Ridge Cloud',
    machines: [
      ['h100', 4, 'ap-northeast'],
      ['l40s', 4, 'ap-northeast'],
    ],
    priceBp: 9_300,
    joinsAt: 0.38,
  },
  {
    ...honest,
    name: 'Saltmarsh AI',
    machines: [
      ['rtx4090', 4, 'ap-southeast'],
      ['rtx4090', 4, 'ap-southeast'],
    ],
    priceBp: 9_100,
    failureBp: 280,
    joinsAt: 0.55,
  },
  {
    ...honest,
    name: 'Tundra Compute',
    machines: [
      ['l40s', 8, 'eu-north'],
      ['l40s', 8, 'eu-north'],
    ],
    priceBp: 9_700,
    failureBp: 50,
    joinsAt: 0.7,
  },
  { ...honest, name: 'Umber Nodes', machines: [['a10', 2, 'eu-central']], failureBp: 500, weight: 12, leavesAt: 0.6 },
  {
    ...honest,
    name: 'Mirage Compute',
    machines: [
      ['a100', 8, 'us-east'],
      ['h100', 8, 'us-west'],
    ],
    conduct: 'washTrading',
    priceBp: 30_000,
    failureBp: 0,
    weight: 0,
    joinsAt: 0.15,
  },
  {
    ...honest,
    name: 'Firefly Hosting',
    machines: [
      ['rtx4090', 4, 'eu-west'],
      ['rtx3090', 4, 'eu-west'],
    ],
    conduct: 'flapping',
    priceBp: 8_900,
    failureBp: 2_200,
    weight: 16,
  },
  {
    ...honest,
    name: 'Zenith Superclusters',
    machines: [
      ['h100', 8, 'us-east'],
      // Eighty gigabytes by its name, twenty-four by its own claim: a card of another kind.
      ['h100', 8, 'ap-northeast', 24_576],
    ],
    conduct: 'overPromising',
    priceBp: 1_000,
    failureBp: 7_500,
    weight: 4,
    joinsAt: 0.3,
  },
  {
    ...honest,
    name: 'Sable Grid',
    machines: [
      ['a100', 8, 'eu-central'],
      ['l40s', 4, 'eu-central'],
    ],
    conduct: 'slashed',
    priceBp: 9_000,
    weight: 12,
    turnsAt: 0.45,
    leavesAt: 0.8,
  },
  // From here on planted ones. Who comes later goes to the end: accounts and dice follow from positions.
  ...(['Thistle Compute', 'Yarrow Cloud', 'Bramble Grid'] as const).map(
    (name, index): Provider => ({
      ...planted,
      name,
      machines: [
        ['l40s', 4, 'us-east'],
        ['l40s', 4, 'us-east'],
      ],
      conduct: 'circular',
      customersPerDay: 0.06,
      joinsAt: 0.03 + 0.005 * index,
    }),
  ),
  ...(['Heron Hosting', 'Linden Compute', 'Osprey Racks'] as const).map(
    (name, index): Provider => ({
      ...planted,
      name,
      machines: [
        ['a10', 4, 'eu-central'],
        ['rtx3090', 4, 'eu-central'],
      ],
      conduct: 'sybil',
      priceBp: 9_600,
      failureBp: 300,
      customersPerDay: 0.3,
      joinsAt: 0.05 + 0.04 * index,
    }),
  ),
  {
    ...planted,
    name: 'Cobble Hosting',
    machines: [
      ['rtx4090', 2, 'us-west'],
      ['rtx3090', 2, 'us-west'],
    ],
    conduct: 'whitewashing',
    priceBp: 8_800,
    failureBp: 6_500,
    customersPerDay: 0.6,
    joinsAt: 0.04,
    leavesAt: 0.48,
  },
  {
    ...planted,
    name: 'Lattice Hosting',
    machines: [
      ['rtx4090', 2, 'us-west'],
      ['rtx3090', 2, 'us-west'],
    ],
    conduct: 'whitewashing',
    priceBp: 8_800,
    failureBp: 6_500,
    customersPerDay: 0.6,
    joinsAt: 0.53,
    successorOf: 'Cobble Hosting',
  },
  {
    ...planted,
    name: 'Wicker Render',
    machines: [['rtx4090', 2, 'eu-west']],
    failureBp: 100,
    customersPerDay: 0.45,
    joinsAt: 0.02,
  },
  {
    ...planted,
    name: 'Velvet Compute',
    machines: [
      ['a10', 4, 'us-east'],
      ['a10', 4, 'us-east'],
    ],
    conduct: 'milking',
    priceBp: 9_500,
    failureBp: 0,
    customersPerDay: 0.7,
    joinsAt: 0.06,
    turnsAt: 0.92,
  },
  {
    ...planted,
    name: 'Glimmer Nodes',
    machines: [['rtx3090', 1, 'ap-southeast']],
    conduct: 'freshBuyers',
    failureBp: 0,
    customersPerDay: 0,
    joinsAt: 0.3,
  },
];

/** Positions in the list derived from anvil's published test mnemonic. */
export const accounts = {
  /** Deploys the market, sets its rules and takes its fees. */
  owner: 0,
  verifier: 1,
  arbiter: 2,
  firstProvider: 3,
  /** Fifteen who have nothing to do with any provider, and their shares of the demand. */
  buyers: [28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42],
  buyerWeights: [20, 16, 13, 11, 9, 8, 7, 6, 5, 4, 4, 3, 2, 2, 1],
  /** The washing provider's own; the first of them is whom the market pays its earnings to. */
  ring: [43, 44, 45],
  /** The planted providers follow upon each other from here on. */
  firstPlanted: 46,
  /** Behind the three of conduct `sybil`: what they earn is paid to it. */
  operator: 57,
  /** Buys from one honest provider, and disputes whatever that delivers. */
  slanderer: 58,
  /** Whom the market pays what the provider of conduct `freshBuyers` earns; it never buys. */
  purse: 59,
  /** That provider's own, forty of them, one after the other. */
  freshBuyers: Array.from({ length: 40 }, (_, index) => 60 + index),
  count: 100,
} as const;

export interface CastNode {
  readonly id: Hex;
  /** Position of its provider. */
  readonly provider: number;
  readonly gpu: GpuKey;
  readonly gpuCount: number;
  readonly vramMib: number;
  readonly region: Region;
  readonly uri: string;
}

/** Every machine of every provider, in one list. */
export const nodes: readonly CastNode[] = providers.flatMap(({ name, machines, successorOf }, provider) =>
  machines.map(([gpu, gpuCount, region, vramMib], index) => ({
    id: keccak256(stringToHex(`${name}/${index}`)),
    provider,
    gpu,
    gpuCount,
    vramMib: vramMib ?? gpus[gpu].vramMib,
    region,
    uri: `https://node-${index + 1}.${toHost(successorOf ?? name)}`,
  })),
);

/** A name that nobody can register (RFC 2606). */
export function toHost(name: string): string {
  return `${name.toLowerCase().replaceAll(' ', '-')}.example`;
}
