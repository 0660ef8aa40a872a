import { type ExportColumn, toAlias } from '../columns/ExportColumn.js';
import type { Format } from '../request/readExportRequest.js';
import { type FileHeader, toComments } from './FileHeader.js';
import { toCellSql, toJsonSql, toTextSql } from './valueSql.js';
import { writeParquet } from './writeParquet.js';

export interface Writer {
  readonly contentType: string;
  /** A select of rows, by the aliases of the file's columns, as a select of what COPY sends. */
  toSelect(rows: string, columns: readonly ExportColumn[]): string;
  /** Options of COPY. */
  readonly copyFormat: string;
  /** The file of what COPY sends. */
  write(chunks: AsyncIterable<Buffer>, options: WriteOptions): AsyncIterable<Buffer>;
}

export interface WriteOptions {
  readonly columns: readonly ExportColumn[];
  readonly header: FileHeader;
  readonly hasHeader: boolean;
}

/**
 * Lines of CSV and of JSON are made by Postgres, and go out as they come: COPY of them is several times as fast as rows that are
 * read and written here (docs/export.md).
 */
export const writers: Readonly<Record<Format, Writer>> = {
  csv: {
    contentType: 'text/csv; charset=utf-8',
    toSelect: (rows, columns) => select(columns, rows, toCellSql),
    // Null is an empty cell, and a text without letters one in quotes.
    copyFormat: 'format csv, header, force_quote *',
    write: (chunks, { header, hasHeader }) => after(hasHeader ? toComments(header) : '', chunks),
  },
  ndjson: {
    contentType: 'application/x-ndjson; charset=utf-8',
    toSelect: (rows, columns) => `select row_to_json(line) from (${select(columns, rows, toJsonSql)}) as line`,
    // With signs for quotes and commas that JSON never has within a line, the line is sent as it stands.
    copyFormat: "format csv, quote e'\\x01', delimiter e'\\x02'",
    write: (chunks, { header, hasHeader }) => after(hasHeader ? `${JSON.stringify({ _meta: header })}\n` : '', chunks),
  },
  parquet: {
    contentType: 'application/vnd.apache.parquet',
    toSelect: (rows, columns) => select(columns, rows, toPlainSql),
    copyFormat: 'format text',
    write: writeParquet,
  },
};

function select(
  columns: readonly ExportColumn[],
  rows: string,
  toSql: (column: ExportColumn, value: string) => string,
): string {
  const values = columns.map((column) => `${toSql(column, `"row".${toAlias(column)}`)} as "${column.name}"`);
  return `select ${values.join(', ')} from (${rows}) as "row"`;
}

/** Times as milliseconds since 1970, all else as the API writes it. */
function toPlainSql(column: ExportColumn, value: string): string {
  return column.kind === 'time' ? `floor(extract(epoch from ${value}) * 1000)::int8` : toTextSql(column, value);
}

async function* after(beginning: string, chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  if (beginning !== '') yield Buffer.from(beginning);
  yield* chunks;
}
