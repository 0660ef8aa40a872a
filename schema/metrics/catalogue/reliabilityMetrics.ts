import type { MetricDefinition } from '../MetricDefinition.js';

export const reliabilityMetrics: readonly MetricDefinition[] = [];
