import type { Family } from '../families.js';
import { computePriceDay } from './computePriceDay.js';
import { computePriceHour } from './computePriceHour.js';

/** Volumes by the hour; and prices by the day, which carry on: the index of all models is chained from day to day. */
export const priceFamilies: readonly Family[] = [
  { id: 'price', grain: 'hour', longestDays: 7, compute: computePriceHour },
  { id: 'price_day', grain: 'day', carries: 'record', longestDays: 7, compute: computePriceDay },
];
