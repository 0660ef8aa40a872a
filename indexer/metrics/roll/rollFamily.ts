import { assert } from '../../../schema/lib/assert.js';
import type { MetricDefinition } from '../../../schema/metrics/MetricDefinition.js';
import type { FamilyRow } from '../families.js';
import { detailedKinds, toDetailHour, toWholeDays } from './detail.js';
import type { RollFamily } from './RollPlan.js';
import type { RollContext } from './RollStep.js';
import { sql } from './sql.js';
import { fill, type Range, toRanges } from './toRanges.js';

export interface Written {
  /** Rows that were made or changed. */
  readonly written: number;
  readonly gone: number;
}

export interface FamilyTurn {
  readonly family: RollFamily;
  readonly metrics: readonly MetricDefinition[];
  /** Those of them whose days are the sums of their hours. */
  readonly summed: readonly MetricDefinition[];
  /** As many hours as are made at a time, whole days. */
  readonly lot: number;
  readonly since: Since;
}

/** By what a family carries on, the hour from which on all of its buckets are made. */
export type Since = Readonly<Record<NonNullable<RollFamily['carries']>, number>>;

/** Makes a family's rows of these hours, or of the days they lie in, and writes those that differ from what is stored. */
export async function rollFamily(
  { client, network, head, hours }: Pick<RollContext, 'client' | 'network' | 'head' | 'hours'>,
  { family, metrics, summed, lot, since }: FamilyTurn,
): Promise<Written> {
  const detailHour = toDetailHour(head.hour);
  let sum: Written = { written: 0, gone: 0 };
  for (const range of toFamilyRanges(family, hours, { lot, since, detailHour })) {
    // Rows that are deleted are scanned again until the transaction ends; to truncate makes a new file each time.
    await client.query(range.to - range.from > HOURS_PER_DAY ? 'truncate rolled' : 'delete from rolled');
    if (family.compute) await compute(client, family, { networkId: network.id, range });
    else await client.query(toInsert(family), [network.id, range.from, range.to]);
    await assertRows(client, { family, metrics, networkId: network.id, range });
    await client.query(sql.addSubjects, [network.id]);
    if (family.grain === 'hour' && range.to <= detailHour) {
      sum = add(sum, await sumRolledDays(client, { networkId: network.id, range, summed }));
    }
    sum = add(sum, await merge(client, { family, metrics, networkId: network.id, range }));
  }
  return sum;
}

export function add(one: Written, other: Written): Written {
  return { written: one.written + other.written, gone: one.gone + other.gone };
}

function toFamilyRanges(
  { grain, carries, longestDays = Number.POSITIVE_INFINITY }: RollFamily,
  hours: readonly number[],
  { lot, since, detailHour }: Pick<FamilyTurn, 'lot' | 'since'> & { readonly detailHour: number },
): readonly Range[] {
  const from = carries ? since[carries] : Number.POSITIVE_INFINITY;
  const all = [...hours.filter((hour) => hour < from), ...fill(hours.filter((hour) => hour >= from))];
  if (grain === 'hour') {
    const whole = toWholeDays(all, detailHour);
    const [coarse, detailed] = [whole.filter((hour) => hour < detailHour), whole.filter((hour) => hour >= detailHour)];
    return [coarse, detailed].flatMap((part) =>
      toRanges(part, { longest: toWholeLot(Math.min(lot, longestDays * HOURS_PER_DAY)) }),
    );
  }
  const days = [...new Set(all.map((hour) => Math.floor(hour / HOURS_PER_DAY)))];
  const ranges = toRanges(days, { longest: Math.min(Math.ceil(lot / HOURS_PER_DAY), longestDays) });
  return ranges.map(({ from, to }) => ({ from: from * HOURS_PER_DAY, to: to * HOURS_PER_DAY }));
}

const HOURS_PER_DAY = 24;

/** Ranges of whole days end with one, as their sums ask for. */
function toWholeLot(lot: number): number {
  return Math.ceil(lot / HOURS_PER_DAY) * HOURS_PER_DAY;
}

/** Without trailing zeros, so that the same number is the same letters. */
function toInsert({ sql: statement }: RollFamily): string {
  return `insert into rolled (metric, kind, subject, hour, num, den, n, detail)
    select metric, kind, subject, hour, trim_scale(num::numeric), trim_scale(den::numeric), n, detail::jsonb
    from (
${withoutEnd(statement)}
    ) given`;
}

function withoutEnd(statement: string): string {
  return statement.trimEnd().replace(/;$/, '');
}

interface Part {
  readonly networkId: string;
  readonly range: Range;
}

async function compute(
  client: RollContext['client'],
  { compute, sql: statement }: RollFamily,
  { networkId, range }: Part,
): Promise<void> {
  const { rows } = await client.query<Record<string, unknown>>(withoutEnd(statement), [
    ...[networkId, range.from, range.to],
  ]);
  const made = compute?.(rows) ?? [];
  for (let at = 0; at < made.length; at += ROWS) await insertRows(client, made.slice(at, at + ROWS));
}

const ROWS = 5_000;

async function insertRows(client: RollContext['client'], rows: readonly FamilyRow[]): Promise<void> {
  await client.query(
    `insert into rolled (metric, kind, subject, hour, num, den, n, detail)
     select metric, kind, subject, hour, trim_scale(num), trim_scale(den), n, detail
     from unnest($1::text[], $2::text[], $3::text[], $4::int4[], $5::numeric[], $6::numeric[], $7::int8[], $8::jsonb[])
       as given (metric, kind, subject, hour, num, den, n, detail)`,
    [
      rows.map(({ metric }) => metric),
      rows.map(({ kind }) => kind),
      rows.map(({ subject }) => subject),
      rows.map(({ hour }) => hour),
      rows.map(({ num }) => num),
      rows.map(({ den }) => den),
      rows.map(({ n }) => n),
      rows.map(({ detail }) => (detail === undefined ? null : JSON.stringify(detail))),
    ],
  );
}

/** Of a range whose hours are kept of networks, hardware and regions alone: the days of all others. */
async function sumRolledDays(
  client: RollContext['client'],
  { networkId, range, summed }: Part & Pick<FamilyTurn, 'summed'>,
): Promise<Written> {
  const { rows } = await client.query<Written>(sql.sumRolledDays, [
    ...[networkId, range.from, range.to],
    summed.map(({ id }) => id),
    detailedKinds,
  ]);
  return rows[0] ?? { written: 0, gone: 0 };
}

type Merge = Part & Pick<FamilyTurn, 'family' | 'metrics'>;

/** A family that breaks the rules is a bug, told with the row that shows it. */
async function assertRows(client: RollContext['client'], { family, metrics, networkId, range }: Merge): Promise<void> {
  const { rows } = await client.query<{ reason: string }>(sql.findBadRow, [
    ...[networkId, range.from, range.to],
    metrics.map(({ id }) => id),
    metrics.map(({ value }) => value),
    metrics.map(({ subjects }) => subjects.join(',')),
  ]);
  const [bad] = rows;
  assert(!bad, `each row of ${family.id} keeps to the rules of families, got one that ${bad?.reason}: ${toText(bad)}`);
}

function toText(row: { readonly reason: string } | undefined): string {
  return JSON.stringify({ ...row, reason: undefined });
}

async function merge(client: RollContext['client'], { family, metrics, networkId, range }: Merge): Promise<Written> {
  const { rows } = await client.query<Written>(family.grain === 'hour' ? sql.mergeHours : sql.mergeDays, [
    ...[networkId, range.from, range.to],
    metrics.map(({ id }) => id),
  ]);
  const [counts] = rows;
  assert(counts, 'a count is one row');
  return counts;
}
