import type { MetricDefinition } from '../MetricDefinition.js';

export const jobMetrics: readonly MetricDefinition[] = [];
