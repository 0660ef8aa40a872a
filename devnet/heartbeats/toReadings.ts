import type { Beat, BeatHardware } from '../../schema/heartbeat/parseBatch.js';
import { providers } from '../computeMarket/cast.js';
import { getNode } from '../computeMarket/lookups.js';
import { toRhythm } from '../rhythm.js';
import { cards, idle, liar, roundTripMs } from './conducts.js';
import { createDice } from './createDice.js';

export type Readings = Required<Pick<Beat, 'rttUs' | 'utilPermille' | 'memoryPermille' | 'jobs'>> & {
  readonly hardware?: BeatHardware;
};

export interface Moment {
  readonly seed: number;
  /** Position in the cast. */
  readonly node: number;
  readonly slot: number;
  /** 1 for the second one under a key. */
  readonly machine: number;
}

/** Once an hour would be enough; whoever starts a devnet should not have to wait as long. */
const hardwareSlots = 10;

/** Where the dice of readings begin, so that they are others than those of outages. */
const ofReadings = 1_000;

/**
 * What a node says of itself in a slot: the busier the dearer its cards are, more so by day and on weekdays (UTC), and a
 * little more or less than its neighbours. Every ten minutes it says what is in the machine.
 */
export function toReadings({ seed, node, slot, machine }: Moment): Readings {
  const { provider } = getNode(node);
  const name = providers[provider]?.name;
  const hardware = slot % hardwareSlots === node % hardwareSlots ? toHardware(node) : undefined;
  if (name === liar.provider) return { ...liar.readings, hardware };
  const dice = createDice(seed, ofReadings, node, slot, machine);
  const utilPermille = toUtil({ seed, node, slot, isIdle: name === idle.provider, noise: dice.int(-60, 60) });
  return {
    rttUs: toRoundTripUs(node, dice.next()),
    utilPermille,
    memoryPermille: clamp(150 + Math.round(utilPermille * 0.7) + dice.int(-15, 15)),
    jobs: Math.round((utilPermille * getNode(node).gpuCount) / 1_000),
    hardware,
  };
}

/** As its driver says it, which is not always what its provider says. */
export function toHardware(node: number): BeatHardware {
  const { provider, gpu, gpuCount } = getNode(node);
  if (providers[provider]?.name === liar.provider) return liar.hardware;
  return { gpuModel: cards[gpu].name, gpuCount, vramMb: cards[gpu].vramMb };
}

function toUtil(options: {
  readonly seed: number;
  readonly node: number;
  readonly slot: number;
  readonly isIdle: boolean;
  readonly noise: number;
}): number {
  const { seed, node, slot, isIdle, noise } = options;
  if (isIdle) return clamp(idle.utilPermille + Math.round(noise / 6));
  const ofNode = createDice(seed, ofReadings, node).int(80, 120) / 100;
  const byTime = 0.45 + 0.55 * toRhythm(slot * 60);
  return clamp(Math.round(cards[getNode(node).gpu].utilPermille * ofNode * byTime) + noise);
}

/** Most take the usual time, some up to twice as long. */
function toRoundTripUs(node: number, chance: number): number {
  return Math.round(roundTripMs[getNode(node).region] * 1_000 * (1 + chance ** 6) + chance * 900);
}

function clamp(permille: number): number {
  return Math.min(1_000, Math.max(0, permille));
}
