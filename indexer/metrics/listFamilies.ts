import { readFileSync } from 'node:fs';
import { economyFamilies } from './economy/economyFamilies.js';
import type { Family } from './families.js';
import { jobFamilies } from './jobs/jobFamilies.js';
import { mechanismFamilies } from './mechanisms/mechanismFamilies.js';
import { priceFamilies } from './price/priceFamilies.js';
import { reliabilityFamilies } from './reliability/reliabilityFamilies.js';
import type { RollFamily } from './roll/RollPlan.js';
import { supplyFamilies } from './supply/supplyFamilies.js';

/** Every family, with its statement from `sql/`. */
export function listFamilies(): readonly RollFamily[] {
  return families.map((family) => ({ ...family, sql: readStatement(family.id) }));
}

const families: readonly Family[] = [
  ...reliabilityFamilies,
  ...jobFamilies,
  ...priceFamilies,
  ...supplyFamilies,
  ...economyFamilies,
  ...mechanismFamilies,
];

function readStatement(id: string): string {
  return readFileSync(new URL(`./sql/${id}.sql`, import.meta.url), 'utf8');
}
