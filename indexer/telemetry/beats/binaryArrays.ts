/**
 * Arrays of integers as Postgres reads them in its binary form, for `unnest($1::int[])`: pg sends a Buffer as it is, and
 * neither side writes or reads a digit.
 */
export function toInt4Array<T>(rows: readonly T[], read: (row: T) => number): Buffer {
  const bytes = begin(rows.length, { oid: INT4_OID, size: 4 });
  let at = HEADER_BYTES;
  for (const row of rows) {
    at = bytes.writeInt32BE(4, at);
    at = bytes.writeInt32BE(read(row), at);
  }
  return bytes;
}

export function toInt8Array<T>(rows: readonly T[], read: (row: T) => bigint): Buffer {
  const bytes = begin(rows.length, { oid: INT8_OID, size: 8 });
  let at = HEADER_BYTES;
  for (const row of rows) {
    at = bytes.writeInt32BE(8, at);
    at = bytes.writeBigInt64BE(read(row), at);
  }
  return bytes;
}

/** One dimension that starts at 1, no nulls; an empty array has no dimension. */
function begin(length: number, { oid, size }: { readonly oid: number; readonly size: number }): Buffer {
  if (length === 0) return Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, oid]);
  const bytes = Buffer.allocUnsafe(HEADER_BYTES + length * (4 + size));
  for (const [position, field] of [1, 0, oid, length, 1].entries()) bytes.writeInt32BE(field, position * 4);
  return bytes;
}

const HEADER_BYTES = 20;
const INT4_OID = 23;
const INT8_OID = 20;
