import { readFileSync } from 'node:fs';
import type pg from 'pg';
import type { Finding } from './AuditReport.js';

export interface InvariantResult {
  readonly name: string;
  readonly broken: number;
  readonly findings: readonly Finding[];
}

/** What must hold between the tables of a chain, each as a statement that selects what breaks it. */
const invariants = [
  { name: 'tasks equal a fold of their steps', sql: read('tasks') },
  { name: 'jobs equal a fold of their tasks', sql: read('jobs') },
  { name: 'provider totals equal the sum of their blocks', sql: read('providerTotals') },
  { name: 'network totals equal the sum of their blocks', sql: read('networkTotals') },
  { name: 'what a block adds to a provider equals its facts', sql: read('providerDeltas') },
  { name: 'what a block adds to a network equals its facts', sql: read('networkDeltas') },
  { name: 'blocks are linked and logs lie in them', sql: read('blocks') },
  { name: 'facts come from stored logs', sql: read('facts') },
  { name: 'versions of a provider follow one another', sql: read('versions') },
] as const;

/** More than so many of a kind say nothing more. */
const MAX_FINDINGS = 50;

/** All of one snapshot, so that an indexer that writes meanwhile is not taken for a fault. */
export async function checkInvariants(client: pg.ClientBase, chainId: number): Promise<readonly InvariantResult[]> {
  const results: InvariantResult[] = [];
  for (const { name, sql } of invariants) {
    const { rows } = await client.query<{ subject: string; height: number | null; detail: string }>(sql, [chainId]);
    const findings = rows.slice(0, MAX_FINDINGS).map((row): Finding => ({ kind: 'invariant', name, ...row }));
    results.push({ name, broken: rows.length, findings });
  }
  return results;
}

function read(name: string): string {
  return readFileSync(new URL(`./sql/${name}.sql`, import.meta.url), 'utf8');
}
