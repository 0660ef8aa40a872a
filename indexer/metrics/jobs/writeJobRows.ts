import { assert } from '../../../schema/lib/assert.js';
import { CopyBuffer } from '../../writer/CopyBuffer.js';
import { copyBinary } from '../../writer/copyBinary.js';
import type { RollContext } from '../roll/RollStep.js';
import type { JobColumn, JobTable } from './jobTables.js';

/** A row as text, column by column: two rows are the same where their texts are. */
export type RowText = readonly (string | null)[];

/**
 * Makes what a table holds of these jobs what it is to hold, and touches only rows that differ. Returns the rows that came, went or
 * changed, as they were and as they are. Where everything is made from nothing there is nothing to compare, and none is returned.
 */
export async function writeJobRows<Row>(
  context: RollContext,
  table: JobTable<Row>,
  { jobIds, rows }: { readonly jobIds: readonly string[]; readonly rows: readonly Row[] },
): Promise<readonly RowText[]> {
  if (context.isRebuild) {
    await copyRows(context, table, rows);
    return [];
  }
  const toKey = (text: RowText) => text.slice(0, table.keys).join(' ');
  const stored = new Map((await listStored(context, table, jobIds)).map((text) => [toKey(text), text]));
  const changed: RowText[] = [];
  const before: RowText[] = [];
  for (const row of rows) {
    const text = toText(table, row);
    const key = toKey(text);
    const known = stored.get(key);
    stored.delete(key);
    if (known && text.every((field, at) => field === known[at])) continue;
    changed.push(text);
    if (known) before.push(known);
  }
  const gone = [...stored.values()];
  await deleteRows(context, table, gone);
  await upsertRows(context, table, changed);
  return [...before, ...gone, ...changed];
}

function toText<Row>({ columns }: JobTable<Row>, row: Row): RowText {
  return columns.map(({ of }) => {
    const value = of(row);
    return value === null ? null : String(value);
  });
}

async function listStored<Row>(
  { client }: RollContext,
  { name, columns }: JobTable<Row>,
  jobIds: readonly string[],
): Promise<readonly RowText[]> {
  const fields = columns.map((column) =>
    column.type === 'time' ? `extract(epoch from ${column.name})::int8::text` : `${column.name}::text`,
  );
  const text = `select ${fields.join(', ')} from ${name} where job_id = any($1)`;
  const { rows } = await client.query({ text, values: [jobIds], rowMode: 'array' });
  return rows as unknown as readonly RowText[];
}

async function deleteRows<Row>({ client }: RollContext, table: JobTable<Row>, rows: readonly RowText[]): Promise<void> {
  if (rows.length === 0) return;
  const keys = table.columns.slice(0, table.keys);
  await client.query(
    `delete from ${table.name} stored using unnest(${toArrays(keys)}) as gone (${toNames(keys)})
     where ${keys.map(({ name }) => `stored.${name} = gone.${name}`).join(' and ')}`,
    keys.map((_, at) => rows.map((text) => text[at])),
  );
}

async function upsertRows<Row>(
  { client, network }: RollContext,
  { name, columns, keys }: JobTable<Row>,
  rows: readonly RowText[],
): Promise<void> {
  if (rows.length === 0) return;
  const count = columns.length;
  const values = columns.map((column) => (column.type === 'time' ? `to_timestamp(${column.name})` : column.name));
  const sets = columns.slice(keys).map((column) => `${column.name} = excluded.${column.name}`);
  await client.query(
    `insert into ${name} (network_id, chain_id, ${toNames(columns)})
     select $${count + 1}, $${count + 2}::bigint, ${values.join(', ')}
     from unnest(${toArrays(columns)}) as given (${toNames(columns)})
     on conflict (${toNames(columns.slice(0, keys))}) do update set ${sets.join(', ')}`,
    [...columns.map((_, at) => rows.map((text) => text[at])), network.id, network.chainId],
  );
}

function toNames<Row>(columns: readonly JobColumn<Row>[]): string {
  return columns.map(({ name }) => name).join(', ');
}

function toArrays<Row>(columns: readonly JobColumn<Row>[]): string {
  return columns.map(({ type }, at) => `$${at + 1}::${type === 'time' ? 'bigint' : type}[]`).join(', ');
}

/** Into a table that holds nothing of the network. */
async function copyRows<Row>(
  { client, network }: RollContext,
  { name, columns }: JobTable<Row>,
  rows: readonly Row[],
): Promise<void> {
  const statement = `copy ${name} (network_id, chain_id, ${toNames(columns)}) from stdin with (format binary)`;
  const buffer = new CopyBuffer(statement, columns.length + 2);
  for (const row of rows) {
    buffer.startRow();
    buffer.text(network.id);
    buffer.int64(network.chainId);
    for (const column of columns) encode(buffer, column, row);
  }
  await copyBinary(client, buffer);
}

function encode<Row>(buffer: CopyBuffer, { name, type, of }: JobColumn<Row>, row: Row): void {
  const value = of(row);
  if (value === null) buffer.null();
  else if (type === 'text' && typeof value === 'string') buffer.text(value);
  else if (type === 'boolean' && typeof value === 'boolean') buffer.boolean(value);
  else if (type === 'numeric' && typeof value === 'bigint') buffer.numeric(String(value));
  else {
    assert(typeof value === 'number', `${name} is a ${type}, got a ${typeof value}`);
    if (type === 'smallint') buffer.int16(value);
    else if (type === 'integer') buffer.int32(value);
    else if (type === 'bigint') buffer.int64(value);
    else buffer.time(new Date(value * 1000));
  }
}
