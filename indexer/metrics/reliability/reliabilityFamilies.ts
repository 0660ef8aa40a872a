import type { Family } from '../families.js';
import { computeReliabilityDay } from './computeReliabilityDay.js';

/**
 * Slots by the hour, which add up; and by the day what does not: how nodes differ. Both carry on: whose a node was and what it was
 * lasts until the chain says otherwise. They read `hardware_class` and table `outage` (`nameHardware`, `rollOutages`).
 */
export const reliabilityFamilies: readonly Family[] = [
  { id: 'reliability', grain: 'hour', carries: 'state', ignores: 'outcomes', longestDays: 7 },
  { id: 'reliability_day', grain: 'day', carries: 'state', ignores: 'outcomes', compute: computeReliabilityDay },
];
