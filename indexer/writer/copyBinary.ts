import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { CopyBuffer } from './CopyBuffer.js';

/** Sends the rows of one table, if there are any. */
export async function copyBinary(client: pg.ClientBase, rows: CopyBuffer): Promise<void> {
  if (rows.rows === 0) return;
  const stream = client.query(copyFrom(rows.statement));
  await pipeline(Readable.from(toChunks(rows.finish())), stream);
}

/** Small enough for the server to take in one piece without a buffer as large as the batch. */
const CHUNK_BYTES = 64 * 1024;

function* toChunks(bytes: Buffer): Iterable<Buffer> {
  for (let from = 0; from < bytes.length; from += CHUNK_BYTES) yield bytes.subarray(from, from + CHUNK_BYTES);
}
