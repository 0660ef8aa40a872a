import type { MetricDefinition } from '../MetricDefinition.js';

export const scoreMetrics: readonly MetricDefinition[] = [];
