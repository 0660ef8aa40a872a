import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';

/** `{ block, receipts }` of every block of a recorded chain, from its genesis on. */
export async function* readRecording(folder) {
  const file = createReadStream(join(folder, 'chain.ndjson.gz'));
  const lines = createInterface({ input: file.pipe(createGunzip()), crlfDelay: Number.POSITIVE_INFINITY });
  for await (const line of lines) yield JSON.parse(line);
}
