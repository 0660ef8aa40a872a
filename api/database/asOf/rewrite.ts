import { assert } from '../../../schema/lib/assert.js';
import type { AsOf } from './AsOf.js';
import { createBounds } from './Bounds.js';
import { facts, type Prepared, type ToTable } from './facts.js';
import { jobs } from './jobs.js';
import { nodes } from './nodes.js';
import { readings } from './readings.js';
import { totals } from './totals.js';

/**
 * Every table that has a past, as it was at a point; the statement says how it will be looked up. What is made of other
 * tables stands before them: an expression hides its table from those after it, and they read what came later, too.
 */
export const tables = { ...jobs, ...nodes, ...totals, ...readings, ...facts };

/** Tables that are the same at every point: what is set up, not what happened. */
export const timeless = [
  ...['token', 'contract_read', 'deferred_index', 'metric', 'metric_subject', 'observer', 'api_key'],
  // How the present came about: nothing of the past is read from it.
  ...['retraction', 'retracted'],
] as const;

/**
 * The same statement about the past. Each table that it names is hidden by a common table expression of that name, which
 * reads the table itself: it holds the table as it was.
 */
export function rewrite(statement: string, asOf: AsOf): string {
  const bounds = createBounds(asOf);
  const named = new Set(statement.match(/[a-z_]+/g));
  // The one table that is made of another one as it was.
  if (named.has('job_count')) named.add('job');
  const expressions = Object.entries<ToTable>(tables)
    .filter(([table]) => named.has(table))
    .flatMap(([table, toTable]) => toExpressions(table, toTable(bounds, statement)));
  if (expressions.length === 0) return statement;
  assert(!/\bwith recursive\b/.test(statement), 'in a recursive statement an expression would read itself');
  const [, rest] = /^\s*with\s([\s\S]*)$/.exec(statement) ?? [];
  return rest ? `with ${expressions.join(', ')}, ${rest}` : `with ${expressions.join(', ')} ${statement}`;
}

function toExpressions(table: string, made: string | Prepared): readonly string[] {
  if (typeof made === 'string') return [`${table} as not materialized (${made})`];
  const first = Object.entries(made.first).map(([name, sql]) => `${name} as materialized (${sql})`);
  return [...first, ...toExpressions(table, made.sql)];
}
