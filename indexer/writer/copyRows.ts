import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

/** How a column travels in COPY's text format. */
export type ColumnType = 'text' | 'number' | 'bytea' | 'bytea[]' | 'json' | 'time';

export type Columns = Readonly<Record<string, ColumnType>>;

/** Appends the rows by COPY; the columns named must be the rows' own properties. */
export async function copyRows<Row extends object>(
  client: pg.ClientBase,
  table: string,
  columns: Columns,
  rows: readonly Row[],
): Promise<void> {
  if (rows.length === 0) return;
  const names = Object.keys(columns);
  const stream = client.query(copyFrom(`copy ${table} (${names.join(', ')}) from stdin`));
  await pipeline(Readable.from(toChunks(columns, rows)), stream);
}

const CHUNK_ROWS = 500;

function* toChunks<Row extends object>(columns: Columns, rows: readonly Row[]): Iterable<string> {
  const entries = Object.entries(columns);
  for (let start = 0; start < rows.length; start += CHUNK_ROWS) {
    let chunk = '';
    for (const row of rows.slice(start, start + CHUNK_ROWS)) {
      const fields = entries.map(([name, type]) => toField((row as Record<string, unknown>)[name], type));
      chunk += `${fields.join('\t')}\n`;
    }
    yield chunk;
  }
}

function toField(value: unknown, type: ColumnType): string {
  if (value === null || value === undefined) return '\\N';
  switch (type) {
    case 'number':
      return String(value);
    case 'time':
      return (value as Date).toISOString();
    case 'bytea':
      return `\\\\x${String(value).slice(2)}`;
    case 'bytea[]':
      return `{${(value as readonly string[]).map((hex) => `"\\\\\\\\x${hex.slice(2)}"`).join(',')}}`;
    case 'json':
      return escapeField(toJson(value));
    case 'text':
      return escapeField(cleanText(String(value)));
  }
}

/** Bigints as decimal strings; what Postgres cannot store in text or jsonb is replaced. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_, entry: unknown) => {
    if (typeof entry === 'bigint') return String(entry);
    return typeof entry === 'string' ? cleanText(entry) : entry;
  });
}

/** NUL and lone surrogates come from the chain and are refused by Postgres; the raw bytes stay in `event.data`. */
export function cleanText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: NUL is the character to be replaced
  return text.replace(/\u0000|\p{Surrogate}/gu, '\uFFFD');
}

function escapeField(text: string): string {
  return text.replace(/[\\\t\n\r]/g, (character) => escapes[character] ?? character);
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
