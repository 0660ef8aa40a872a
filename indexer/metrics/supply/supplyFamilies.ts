import type { Family } from '../families.js';

/** Capacity carries on: machines stay registered through hours in which nothing happens. Reads `hardware_class` (`nameHardware`). */
export const supplyFamilies: readonly Family[] = [
  { id: 'supply', grain: 'hour', carries: 'state', ignores: 'outcomes', longestDays: 7 },
];
