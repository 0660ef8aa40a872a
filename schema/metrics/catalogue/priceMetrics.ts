import type { MetricDefinition } from '../MetricDefinition.js';

export const priceMetrics: readonly MetricDefinition[] = [];
