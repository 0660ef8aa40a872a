import { setImmediate as nextTurn } from 'node:timers/promises';
import { ByteWriter, type ColumnSource, ParquetWriter } from 'hyparquet-writer';
import type { ExportColumn } from '../columns/ExportColumn.js';
import type { FileHeader } from './FileHeader.js';
import { parseCopyRows } from './parseCopyRows.js';

type Element = ConstructorParameters<typeof ParquetWriter>[0]['schema'][number];

/**
 * A Parquet file of the rows that COPY sends as text, a group of rows after the other, so that memory stays flat. Between two
 * groups others have their turn: to encode one takes tens of milliseconds.
 */
export async function* writeParquet(
  rows: AsyncIterable<Buffer>,
  { columns, header }: { readonly columns: readonly ExportColumn[]; readonly header: FileHeader },
): AsyncGenerator<Buffer> {
  const bytes = new ByteWriter(INITIAL_BYTES);
  const writer = new ParquetWriter({
    writer: bytes,
    schema: [{ name: 'root', num_children: columns.length }, ...columns.map(toElement)],
    kvMetadata: [{ key: 'computescan', value: JSON.stringify(header) }],
    createdBy: header.generator,
  });
  for await (const group of parseCopyRows(rows, { columns: columns.length, most: GROUP_ROWS })) {
    const columnData = columns.map(({ name, ...column }, at): ColumnSource => {
      const parse = toParser(column);
      return {
        name,
        statistics: isOrdered(column.kind),
        data: group[at]?.map((text) => (text === null ? null : parse(text))) ?? [],
      };
    });
    writer.write({ columnData, rowGroupSize: GROUP_ROWS });
    yield take(bytes);
    await nextTurn();
  }
  writer.finish();
  yield take(bytes);
}

const INITIAL_BYTES = 2 ** 20;
const GROUP_ROWS = 5_000;

/** What is written so far leaves the buffer, which counts on. */
function take(bytes: ByteWriter): Buffer {
  const taken = Buffer.from(bytes.getBytes());
  bytes.index = 0;
  return taken;
}

/** Whole numbers that fit 64 bits are numbers; larger ones and decimals are their digits, of which none may be lost. */
function toElement({ name, kind, stored }: ExportColumn): Element {
  // Of a row that was looked up, and is not there, even what is never unknown is.
  const repetition_type = 'OPTIONAL';
  switch (kind) {
    case 'int':
      return { name, repetition_type, type: 'INT32' };
    case 'bigint':
      return fitsInt64(stored)
        ? { name, repetition_type, type: 'INT64' }
        : { name, repetition_type, type: 'BYTE_ARRAY', converted_type: 'UTF8' };
    case 'float':
      return { name, repetition_type, type: 'DOUBLE' };
    case 'boolean':
      return { name, repetition_type, type: 'BOOLEAN' };
    case 'time':
      return {
        ...{ name, repetition_type, type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' },
        logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
      };
    default:
      return { name, repetition_type, type: 'BYTE_ARRAY', converted_type: 'UTF8' };
  }
}

/** By the bounds of numbers and times readers leave out groups of rows; those of texts cost more than they save. */
function isOrdered(kind: ExportColumn['kind']): boolean {
  return kind === 'time' || kind === 'int' || kind === 'bigint';
}

function fitsInt64(stored: string | undefined): boolean {
  return stored === 'bigint' || stored === 'integer' || stored === 'smallint';
}

/** Text is written as the bytes that came. */
function toParser({ kind, stored }: Pick<ExportColumn, 'kind' | 'stored'>): (value: Uint8Array) => unknown {
  switch (kind) {
    case 'int':
    case 'float':
      return (value) => Number(toAscii(value));
    case 'time':
      return (value) => BigInt(toAscii(value));
    case 'boolean':
      return (value) => value[0] === TRUE;
    case 'bigint':
      return fitsInt64(stored) ? (value) => BigInt(toAscii(value)) : (value) => value;
    default:
      return (value) => value;
  }
}

const TRUE = 't'.charCodeAt(0);

function toAscii(value: Uint8Array): string {
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('latin1');
}
