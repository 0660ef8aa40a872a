import type pg from 'pg';
import { HOURS_PER_DAY } from '../../../schema/heartbeat/slots.js';
import type { MetricDefinition } from '../../../schema/metrics/MetricDefinition.js';
import type { FamilyInput, FamilyRow } from '../families.js';
import { createWriter } from './createWriter.js';
import { detailedKinds } from './detail.js';
import type { RollFamily } from './RollPlan.js';
import { toTake } from './sql.js';
import type { Range } from './toRanges.js';

export interface Take {
  readonly networkId: string;
  readonly range: Range;
  readonly isCoarse: boolean;
  /** Metrics whose days are the sums of their hours. */
  readonly summed: ReadonlySet<MetricDefinition>;
}

interface TakenFamily {
  readonly family: RollFamily;
  readonly metrics: readonly MetricDefinition[];
}

/**
 * Makes families' rows of these hours, or of the days they lie in, and brings them to the table `rolled`. While one's figures are worked out
 * the server looks for what the next one is made of, and writes those of the one before: no family reads what another one wrote here.
 */
export async function takeFamilies(
  client: pg.ClientBase,
  options: Take & { readonly families: readonly TakenFamily[]; readonly onTaken: (family: RollFamily) => void },
): Promise<void> {
  const { families, isCoarse, onTaken } = options;
  const writer = createWriter();
  let reading = read(client, options, families[0]);
  for (const [index, taken] of families.entries()) {
    const rows = await reading;
    reading = read(client, options, families[index + 1]);
    if (rows === undefined) await writer.next(() => take(client, { ...options, ...taken }, toTyped(taken.family), []));
    else {
      const made = taken.family.compute?.(rows) ?? [];
      for (const chunk of isCoarse ? toDays(made) : toChunks(made)) {
        const values = toColumns(chunk);
        await writer.next(() => take(client, { ...options, ...taken }, toGiven(9), values));
      }
    }
    onTaken(taken.family);
  }
  await writer.end();
}

/** What a family computes from; undefined: of one whose statement gives the figures, or of none. */
function read(
  client: pg.ClientBase,
  { networkId, range }: Take,
  taken: TakenFamily | undefined,
): Promise<readonly FamilyInput[] | undefined> {
  if (!taken?.family.compute) return Promise.resolve(undefined);
  const values = [networkId, range.from, range.to];
  const reading = client.query<Record<string, unknown>>(toStatement(taken.family), values).then(({ rows }) => rows);
  // Nobody waits for it any more where something else went wrong before.
  reading.catch(() => undefined);
  return reading;
}

async function take(
  client: pg.ClientBase,
  { networkId, range, isCoarse, family, metrics, summed }: Take & TakenFamily,
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

function toTyped(family: RollFamily): string {
  return `select metric, kind, subject, hour, num::numeric as num, den::numeric as den, n, detail::jsonb as detail
    from (\n${toStatement(family)}\n) as typed`;
}

function toStatement({ sql }: RollFamily): string {
  return sql.trimEnd().replace(/;$/, '');
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
