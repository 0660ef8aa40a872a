import type { Family } from '../families.js';
import { computeJobsDay } from './computeJobsDay.js';
import { computeSurvival } from './computeSurvival.js';

/** What became of tasks by the hour; by the day also by value, and how long they took. Who still runs is carried on. */
export const jobFamilies: readonly Family[] = [
  { id: 'jobs', grain: 'hour' },
  { id: 'jobs_day', grain: 'day', compute: computeJobsDay },
  { id: 'survival', grain: 'day', carries: 'record', compute: computeSurvival },
];
