import type pg from 'pg';
import { HOURS_PER_DAY } from '../../../schema/heartbeat/slots.js';
import { assert } from '../../../schema/lib/assert.js';
import { type MetricDefinition, subjectKinds } from '../../../schema/metrics/MetricDefinition.js';
import { detailedKinds, toDetailHour } from './detail.js';
import type { RollContext } from './RollStep.js';
import { sql } from './sql.js';
import { takeFamilies } from './takeFamilies.js';
import { type FamilyTurn, type Part, toParts } from './toParts.js';

export interface Written {
  /** Rows that were made or changed. */
  readonly written: number;
  readonly gone: number;
}

export interface FamiliesOptions {
  readonly grain: 'hour' | 'day';
  readonly lot: number;
  /** Whose days are the sums of their hours. */
  readonly summed: readonly MetricDefinition[];
  /** Told of what was just done. */
  readonly onPart: (name: string) => void;
}

/** Makes the rows of families of one grain, of their hours or of the days they lie in, and writes those that differ from what is stored. */
export async function rollFamilies(
  context: RollContext,
  turns: readonly FamilyTurn[],
  options: FamiliesOptions,
): Promise<Written> {
  const { client, network, head, isRebuild } = context;
  const { grain, lot, summed, onPart } = options;
  // Of a rebuild all hours are written at once, with the days that are their sums.
  const isKept = isRebuild && grain === 'hour';
  if (isKept) await client.query('truncate rolled_hour, rolled_day');
  let sum: Written = { written: 0, gone: 0 };
  for (const part of toParts(turns, { lot, detailHour: toDetailHour(head.hour) })) {
    await empty(client, part, isKept ? ['rolled'] : ['rolled', 'rolled_hour', 'rolled_day']);
    await take(context, part, options);
    if (!isRebuild) sum = add(sum, await merge(context, part, options));
    else if (!isKept) sum = add(sum, await insertDays(client));
    onPart(`${grain}s`);
  }
  if (!isKept) return sum;
  sum = await count(client, sql.mergeAllHours, [network.id]);
  sum = add(sum, await count(client, sql.mergeSummedDays, [network.id, summed.map(({ id }) => id)]));
  onPart('hours');
  return sum;
}

export function add(one: Written, other: Written): Written {
  return { written: one.written + other.written, gone: one.gone + other.gone };
}

/** Rows that are deleted are scanned again until the transaction ends; to truncate makes new files each time. */
async function empty(client: pg.ClientBase, { range }: Part, tables: readonly string[]): Promise<void> {
  const isLarge = range.to - range.from > HOURS_PER_DAY;
  await client.query(
    isLarge ? `truncate ${tables.join(', ')}` : tables.map((table) => `delete from ${table}`).join('; '),
  );
}

async function take(
  { client, network }: RollContext,
  { families, range, isCoarse }: Part,
  { summed, onPart }: FamiliesOptions,
): Promise<void> {
  const given = { networkId: network.id, range, isCoarse, summed: new Set(summed) };
  await takeFamilies(client, { ...given, families, onTaken: ({ id }) => onPart(id) });
  const { rows } = await client.query<{ fault: string }>(sql.numberRolled, [network.id]);
  const names = families.map(({ family }) => family.id).join(', ');
  // A family that breaks the rules is a bug, told with the row that shows it.
  assert(rows.length === 0, `each row of ${names} keeps to the rules of families, got one that ${rows[0]?.fault}`);
}

async function merge(
  { client, network }: RollContext,
  { families, range, isCoarse }: Part,
  { grain, summed }: FamiliesOptions,
): Promise<Written> {
  const asked = [network.id, range.from, range.to];
  const metrics = families.flatMap((one) => one.metrics);
  const toIds = (all: readonly MetricDefinition[]) => all.map(({ id }) => id);
  if (grain === 'day') return count(client, sql.mergeDays, [...asked, toIds(metrics), subjectKinds]);
  const hours = await count(client, sql.mergeHours, [...asked, toIds(metrics)]);
  if (!isCoarse) return hours;
  const ofDays = toIds(metrics.filter((metric) => summed.includes(metric)));
  return add(hours, await count(client, sql.mergeDays, [...asked, ofDays, detailedKinds]));
}

/** Days that are no sums, of which a rebuild has dropped all. */
async function insertDays(client: pg.ClientBase): Promise<Written> {
  const { rowCount } = await client.query('insert into metric_day select * from rolled_day order by 1, 2, 3');
  return { written: rowCount ?? 0, gone: 0 };
}

/** A statement that writes, and returns one row that says how much. */
export async function count(
  client: pg.ClientBase,
  statement: string,
  parameters: readonly unknown[],
): Promise<Written> {
  const { rows } = await client.query<Written>(statement, [...parameters]);
  const [counts] = rows;
  assert(counts, 'a count is one row');
  return counts;
}
