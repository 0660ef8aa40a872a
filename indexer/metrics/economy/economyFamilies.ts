import type { Family } from '../families.js';
import { computeEconomyDay } from './computeEconomyDay.js';

/** Stake carries on from hour to hour, and windows of weeks from day to day. */
export const economyFamilies: readonly Family[] = [
  { id: 'economy', grain: 'hour', carries: 'state' },
  { id: 'economy_day', grain: 'day', carries: 'record', reads: 'operators', compute: computeEconomyDay },
];
