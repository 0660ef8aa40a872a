/**
 * How the machines of the devnet's ComputeMarket keep up, what they say of themselves, and who of them does not play fair:
 * data only. `docs/devnet.md` says the same in words.
 */
import type { BeatHardware } from '../../schema/heartbeat/parseBatch.js';
import type { GpuKey, Region } from '../computeMarket/cast.js';

/** Outages that begin so often, and last from one to the other; short ones are the more frequent. */
export interface Outages {
  readonly perDay: number;
  readonly minutes: readonly [number, number];
}

export type Care = 'tended' | 'usual' | 'weak' | 'restless' | 'spotless';

/** With the uptime to expect over three months, as shares: four in five hundred draws lie outside, and not by much. */
export const cares: Readonly<
  Record<Care, { readonly outages: readonly Outages[]; readonly uptime: readonly [number, number] }>
> = {
  tended: {
    outages: [
      { perDay: 0.15, minutes: [1, 3] },
      { perDay: 0.015, minutes: [3, 45] },
    ],
    uptime: [0.998, 1],
  },
  usual: {
    outages: [
      { perDay: 0.3, minutes: [1, 4] },
      { perDay: 0.05, minutes: [5, 180] },
    ],
    uptime: [0.994, 0.9999],
  },
  weak: {
    outages: [
      { perDay: 2, minutes: [1, 5] },
      { perDay: 1.2, minutes: [5, 120] },
    ],
    uptime: [0.95, 0.98],
  },
  restless: {
    outages: [
      { perDay: 6, minutes: [1, 8] },
      { perDay: 0.05, minutes: [5, 180] },
    ],
    uptime: [0.975, 0.992],
  },
  spotless: { outages: [], uptime: [1, 1] },
};

/** By the name of the provider; the others are `usual`. */
export const careOf: Readonly<Record<string, Care>> = {
  'Aurora Compute': 'tended',
  'Basalt Cloud': 'tended',
  'Fjord AI': 'tended',
  'Kestrel Cloud': 'tended',
  'Meridian HPC': 'tended',
  'Tundra Compute': 'tended',
  'Mirage Compute': 'tended',
  'Juniper Racks': 'weak',
  'Lantern Grid': 'weak',
  'Cobble Hosting': 'weak',
  'Lattice Hosting': 'weak',
  'Velvet Compute': 'tended',
  'Firefly Hosting': 'restless',
  'Zenith Superclusters': 'spotless',
};

/** A stretch that comes again every so many days; one of them lies so many hours before or after the end of the history. */
export interface Recurring {
  readonly everyDays: number;
  readonly fromEndHours: number;
  readonly hours: number;
}

/** Clocks that are wrong for some hours: beats of the future are refused, late ones are kept and never up. */
export const clocks: Readonly<Record<string, Recurring & { readonly aheadMs: number }>> = {
  'Orchard Compute': { everyDays: 7, fromEndHours: -1, hours: 3, aheadMs: 6_000 },
  'Nimbus Forge': { everyDays: 7, fromEndHours: -1, hours: 3, aheadMs: -90_000 },
};

/** Announced eight days ahead; then all nodes of the provider are silent, for not quite as long as it said. */
export const maintenance: Readonly<
  Record<string, Recurring & { readonly silentMinutes: readonly [number, number]; readonly announcedHours: number }>
> = {
  'Harbour Compute': { everyDays: 10, fromEndHours: 36, hours: 2, silentMinutes: [5, 105], announcedHours: 192 },
};

/**
 * From this part of the history on a second machine beats under the same key, some seconds after the first, and counts by
 * itself: so far ahead when it starts.
 */
export const clone = { provider: 'Pinecone Render', from: 0.9, delayMs: 4_000, counterAhead: 512 } as const;

/** Of its batches so many arrive twice, and of so many the answer is lost, so that the same bytes are sent again. */
export const badLine = { provider: 'Granite Works', twice: 0.15, lost: 0.15 } as const;

/** Goes dark more and more from the moment it turns until it leaves; what is dark at the end it fills in too late. */
export const fading = { provider: 'Sable Grid', perDay: [1, 18], minutes: [20, 180] } as const;

/** How long after it was due a beat comes that fills in an outage: after the grace, and not yet too old. */
export const BACKFILL_MS = 95_000;

/** What the liar's machines have in truth, and what they say of themselves every minute, whatever happens. */
export const liar = {
  provider: 'Zenith Superclusters',
  hardware: { gpuModel: 'NVIDIA GeForce RTX 4090', gpuCount: 8, vramMb: 24_564 } satisfies BeatHardware,
  readings: { rttUs: 18_400, utilPermille: 970, memoryPermille: 884, jobs: 8 },
} as const;

/** The wash trader's jobs are paid for around the clock; its cards have nothing to do. */
export const idle = { provider: 'Mirage Compute', utilPermille: 20 } as const;

/** Our own collector was down: at a part of the history, from the middle of a minute on. */
export const collectorOutage = { at: 0.95, offsetS: 17, durationS: 1_800 } as const;

/** As the driver names the cards, with the memory that it shows of one in MiB, and how busy they are on the average. */
export const cards: Readonly<
  Record<GpuKey, { readonly name: string; readonly vramMb: number; readonly utilPermille: number }>
> = {
  h100: { name: 'NVIDIA H100 80GB HBM3', vramMb: 81_559, utilPermille: 620 },
  a100: { name: 'NVIDIA A100-SXM4-80GB', vramMb: 81_920, utilPermille: 560 },
  l40s: { name: 'NVIDIA L40S', vramMb: 46_068, utilPermille: 480 },
  rtx4090: { name: 'NVIDIA GeForce RTX 4090', vramMb: 24_564, utilPermille: 420 },
  rtx3090: { name: 'NVIDIA GeForce RTX 3090', vramMb: 24_576, utilPermille: 300 },
  a10: { name: 'NVIDIA A10', vramMb: 23_028, utilPermille: 360 },
};

/** Round trip to a collector in Central Europe, ms. */
export const roundTripMs: Readonly<Record<Region, number>> = {
  'eu-central': 12,
  'eu-west': 24,
  'eu-north': 31,
  'us-east': 92,
  'us-west': 148,
  'ap-southeast': 178,
  'ap-northeast': 236,
  'sa-east': 204,
};
