import type { MetricDefinition } from '../MetricDefinition.js';

export const mechanismMetrics: readonly MetricDefinition[] = [];
