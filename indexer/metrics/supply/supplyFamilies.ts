import type { Family } from '../families.js';
import { joinHardware } from './joinHardware.js';

/** Capacity carries on: machines stay registered through hours in which nothing happens. */
export const supplyFamilies: readonly Family[] = [
  { id: 'supply', grain: 'hour', carries: 'state', ignores: 'outcomes', longestDays: 7, compute: joinHardware },
];
