import type pg from 'pg';
import { HOURS_PER_DAY, SLOTS_PER_DAY } from '../../../schema/heartbeat/slots.js';

/** A part of a table from one slot or hour up to, not including, another. */
export interface Partition {
  readonly table: PartitionedTable;
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

export type PartitionedTable = 'heartbeat' | 'node_hour' | 'node_verdict';

/** Makes the days of raw beats from one slot to another, both included, that are not there. */
export async function ensureSlots(
  client: pg.Pool | pg.ClientBase,
  from: number,
  to: number,
): Promise<readonly string[]> {
  return ensure(client, listDays(Math.floor(from / SLOTS_PER_DAY), Math.floor(to / SLOTS_PER_DAY)));
}

/**
 * Makes the months of `node_hour` and `node_verdict` from one hour to another, both included, that are not there. Whoever
 * writes hours of the past calls it before, in its transaction or out of it; where all are there it costs one look.
 */
export async function ensureHours(
  client: pg.Pool | pg.ClientBase,
  from: number,
  to: number,
): Promise<readonly string[]> {
  return ensure(client, listMonths(from, to));
}

function listDays(from: number, to: number): readonly Partition[] {
  return Array.from({ length: to - from + 1 }, (_, index) => {
    const day = from + index;
    const name = `heartbeat_${toIsoDate(day).replaceAll('-', '')}`;
    return { table: 'heartbeat', name, from: day * SLOTS_PER_DAY, to: (day + 1) * SLOTS_PER_DAY };
  });
}

function listMonths(from: number, to: number): readonly Partition[] {
  const months: Partition[] = [];
  const first = new Date(from * MS_PER_HOUR);
  let start = Date.UTC(first.getUTCFullYear(), first.getUTCMonth());
  while (start <= to * MS_PER_HOUR) {
    const month = new Date(start);
    const end = Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + 1);
    const suffix = month.toISOString().slice(0, 7).replace('-', '');
    const bounds = { from: start / MS_PER_HOUR, to: end / MS_PER_HOUR };
    for (const table of ['node_hour', 'node_verdict'] as const)
      months.push({ table, name: `${table}_${suffix}`, ...bounds });
    start = end;
  }
  return months;
}

async function ensure(client: pg.Pool | pg.ClientBase, wanted: readonly Partition[]): Promise<readonly string[]> {
  const attached = await listAttached(client, wanted);
  const missing = wanted.filter(({ name }) => !attached.has(name));
  // One statement, so that it is all or nothing and its lock ends with it, in a transaction of the caller's or without one.
  if (missing.length > 0) await client.query(`do $do$ begin ${toStatements(missing)} end $do$`);
  return missing.map(({ name }) => name);
}

async function listAttached(
  client: pg.Pool | pg.ClientBase,
  wanted: readonly Partition[],
): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_inherits join pg_class on pg_class.oid = inhrelid
     where inhparent = any ($1::regclass[]) and relname = any ($2)`,
    [[...new Set(wanted.map(({ table }) => table))], wanted.map(({ name }) => name)],
  );
  return new Set(rows.map(({ name }) => name));
}

/**
 * A table is made alone and then attached: unlike `partition of`, that holds up neither writers nor readers. Beats that stand there
 * unattached are what was left of dropping them. A month that does was taken out by somebody: it is attached again with all that
 * it holds, and nothing is ever lost by it. Names and numbers are our own.
 */
function toStatements(missing: readonly Partition[]): string {
  const makes = missing.map(
    ({ table, name, from, to }) => `
      if not exists (select from pg_inherits where inhrelid = to_regclass('${name}') and inhparent = '${table}'::regclass) then
        ${table === 'heartbeat' ? `drop table if exists ${name};` : ''}
        create table if not exists ${name} (like ${table} including defaults);
        alter table ${table} attach partition ${name} for values from (${from}) to (${to});
      end if;`,
  );
  return `perform pg_advisory_xact_lock(${MAKE_LOCK}); ${makes.join('')}`;
}

/** The day of raw beats that a partition's name says. */
export function toPartitionDay(name: string): number {
  const [, year, month, day] = /_(\d{4})(\d{2})(\d{2})$/.exec(name) ?? [];
  return Date.UTC(Number(year), Number(month) - 1, Number(day)) / (HOURS_PER_DAY * MS_PER_HOUR);
}

/** `2026-01-31` */
function toIsoDate(day: number): string {
  return new Date(day * HOURS_PER_DAY * MS_PER_HOUR).toISOString().slice(0, 10);
}

const MS_PER_HOUR = 3_600_000;
/** Any constant will do, so long as every process takes the same. */
const MAKE_LOCK = 7_264_031;
