import { readFileSync } from 'node:fs';
import type { Family } from './families.js';
import { priceFamilies } from './price/priceFamilies.js';
import type { RollFamily } from './roll/RollPlan.js';

/** Every family, with its statement from `sql/`. */
export function listFamilies(): readonly RollFamily[] {
  return families.map((family) => ({ ...family, sql: readStatement(family.id) }));
}

const families: readonly Family[] = [...priceFamilies, { id: 'supply', grain: 'hour', carries: true }];

function readStatement(id: string): string {
  return readFileSync(new URL(`./sql/${id}.sql`, import.meta.url), 'utf8');
}
