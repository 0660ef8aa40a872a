import type { MetricDefinition } from '../MetricDefinition.js';

export const economyMetrics: readonly MetricDefinition[] = [];
