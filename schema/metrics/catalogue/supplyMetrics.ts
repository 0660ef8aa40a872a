import type { MetricDefinition } from '../MetricDefinition.js';

export const supplyMetrics: readonly MetricDefinition[] = [];
