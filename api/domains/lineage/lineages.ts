import type { MetricDefinition } from '../../../schema/metrics/MetricDefinition.js';
import type { LineageRule } from './LineageRule.js';
import { economyRules } from './rules/economyRules.js';
import { jobRules } from './rules/jobRules.js';
import { mechanismRules } from './rules/mechanismRules.js';
import { priceRules } from './rules/priceRules.js';
import { reliabilityRules } from './rules/reliabilityRules.js';
import { scoreRules } from './rules/scoreRules.js';
import { supplyRules } from './rules/supplyRules.js';

/**
 * What every figure by the hour or the day is made of. Where rows add up, a test holds their sums against what the roller has stored
 * (test/api/lineage.test.ts), so that neither can change without the other.
 */
export const lineages: ReadonlyMap<string, LineageRule> = new Map(
  Object.entries({
    ...reliabilityRules,
    ...jobRules,
    ...priceRules,
    ...supplyRules,
    ...economyRules,
    ...mechanismRules,
    ...scoreRules,
  }),
);

export function findLineage({ id }: Pick<MetricDefinition, 'id'>): LineageRule | undefined {
  return lineages.get(id);
}
