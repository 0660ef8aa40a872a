import { catalogue } from '../../schema/metrics/catalogue.js';
import { listFamilies } from './listFamilies.js';
import type { RollPlan } from './roll/RollPlan.js';
import { firstSteps, lastSteps, readingSteps } from './steps.js';

/** What the product rolls. */
export function createPlan(): RollPlan {
  return { catalogue, readingSteps, firstSteps, families: listFamilies(), lastSteps };
}
