import { readFileSync } from 'node:fs';
import type pg from 'pg';
import { type FoundAnomaly, findAnomalies, listAnomalies } from '../conservation/findAnomalies.js';
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
  { name: 'kept counts of jobs equal how many there are', sql: read('jobCounts') },
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
  return [...results, ...(await checkConservation(client, chainId))];
}

/** What the indexer holds amounts against as it goes, once more from the first block on. */
async function checkConservation(client: pg.ClientBase, chainId: number): Promise<readonly InvariantResult[]> {
  const { rows } = await client.query<{ cursor: number | null; checked: number | null }>(
    `select c.height as cursor, p.height as checked
     from chain c left join conservation_progress p using (chain_id) where c.chain_id = $1`,
    [chainId],
  );
  const { cursor = null, checked = null } = rows[0] ?? {};
  if (cursor === null) return [];
  const found = await findAnomalies(client, { chainId, above: -1, to: cursor });
  const recorded = await listAnomalies(client, chainId);
  const due = found.filter(({ height }) => height <= (checked ?? -1));
  return [
    toResult('amounts keep to the rules of their network', found),
    toResult('recorded anomalies are those that the facts show', [
      ...without(due, recorded),
      ...without(recorded, due),
    ]),
  ];
}

function toResult(name: string, anomalies: readonly FoundAnomaly[]): InvariantResult {
  const findings = anomalies.slice(0, MAX_FINDINGS).map(
    ({ rule, subject, height, expected, got, token }): Finding => ({
      ...{ kind: 'invariant', name, subject, height },
      detail: `${rule}: expected ${expected}, got ${got}, in base units of ${token}`,
    }),
  );
  return { name, broken: anomalies.length, findings };
}

function without(some: readonly FoundAnomaly[], others: readonly FoundAnomaly[]): readonly FoundAnomaly[] {
  const known = new Set(others.map(toText));
  return some.filter((one) => !known.has(toText(one)));
}

function toText({ expected, got, ...rest }: FoundAnomaly): string {
  return JSON.stringify({ ...rest, expected: String(expected), got: String(got) });
}

function read(name: string): string {
  return readFileSync(new URL(`./sql/${name}.sql`, import.meta.url), 'utf8');
}
