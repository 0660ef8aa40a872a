import type pg from 'pg';
import { HOURS_PER_DAY } from '../../../schema/heartbeat/slots.js';
import type { MetricDefinition } from '../../../schema/metrics/MetricDefinition.js';
import type { FamilyRow } from '../families.js';
import { detailedKinds } from './detail.js';
import type { RollFamily } from './RollPlan.js';
import { toTake } from './sql.js';
import type { Range } from './toRanges.js';

export interface Take {
  readonly networkId: string;
  readonly range: Range;
  readonly isCoarse: boolean;
  readonly family: RollFamily;
  readonly metrics: readonly MetricDefinition[];
  /** Metrics whose days are the sums of their hours. */
  readonly summed: ReadonlySet<MetricDefinition>;
}

/** Makes a family's rows of these hours, or of the days they lie in, and brings them to the table `rolled`. */
export async function takeFamily(client: pg.ClientBase, options: Take): Promise<void> {
  const { family, networkId, range, isCoarse } = options;
  const asked = [networkId, range.from, range.to];
  const statement = family.sql.trimEnd().replace(/;$/, '');
  if (!family.compute) {
    await take(client, options, toTyped(statement), []);
    return;
  }
  const { rows } = await client.query<Record<string, unknown>>(statement, asked);
  const made = family.compute(rows);
  for (const chunk of isCoarse ? toDays(made) : toChunks(made))
    await take(client, options, toGiven(9), toColumns(chunk));
}

async function take(
  client: pg.ClientBase,
  { networkId, range, isCoarse, family, metrics, summed }: Take,
  given: string,
  values: readonly unknown[],
): Promise<void> {
  const figures = metrics.flatMap((metric) =>
    metric.subjects.map((kind) => ({ id: metric.id, kind, value: metric.value, isSummed: summed.has(metric) })),
  );
  await client.query(toTake(isCoarse ? 'days' : 'buckets', given), [
    ...[networkId, range.from, range.to],
    figures.map(({ id }) => id),
    figures.map(({ kind }) => kind),
    figures.map(({ value }) => value),
    figures.map(({ isSummed }) => isSummed),
    isCoarse ? detailedKinds : family.grain === 'day',
    ...values,
  ]);
}

function toTyped(statement: string): string {
  return `select metric, kind, subject, hour, num::numeric as num, den::numeric as den, n, detail::jsonb as detail
    from (\n${statement}\n) as typed`;
}

/** Columns as parameters, from the number `first` on. */
function toGiven(first: number): string {
  const columns = ['text', 'text', 'text', 'int4', 'numeric', 'numeric', 'int8', 'jsonb'];
  return `select * from unnest(${columns.map((type, index) => `$${first + index}::${type}[]`).join(', ')})
    as given (metric, kind, subject, hour, num, den, n, detail)`;
}

function toColumns(rows: readonly FamilyRow[]): readonly (readonly unknown[])[] {
  return [
    rows.map(({ metric }) => metric),
    rows.map(({ kind }) => kind),
    rows.map(({ subject }) => subject),
    rows.map(({ hour }) => hour),
    rows.map(({ num }) => num),
    rows.map(({ den }) => den),
    rows.map(({ n }) => n),
    rows.map(({ detail }) => (detail === undefined ? null : JSON.stringify(detail))),
  ];
}

function toChunks(rows: readonly FamilyRow[]): readonly (readonly FamilyRow[])[] {
  return Array.from({ length: Math.ceil(rows.length / ROWS) }, (_, index) =>
    rows.slice(index * ROWS, (index + 1) * ROWS),
  );
}

const ROWS = 5_000;

/** A day's rows together, as they are summed. */
function toDays(rows: readonly FamilyRow[]): readonly (readonly FamilyRow[])[] {
  const days = new Map<number, FamilyRow[]>();
  for (const row of rows) {
    const day = Math.floor(row.hour / HOURS_PER_DAY);
    const found = days.get(day);
    if (found) found.push(row);
    else days.set(day, [row]);
  }
  return [...days.values()];
}
