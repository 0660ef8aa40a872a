import type { Family } from '../families.js';
import { computeMechanismsDay } from './computeMechanismsDay.js';

/** What happened is of its hour alone; where capacity lies carries on from day to day. */
export const mechanismFamilies: readonly Family[] = [
  { id: 'mechanisms', grain: 'hour' },
  { id: 'mechanisms_day', grain: 'day', carries: 'record', reads: 'operators', compute: computeMechanismsDay },
];
