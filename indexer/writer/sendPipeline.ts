import type { Duplex } from 'node:stream';
import type pg from 'pg';
import type { CopyBuffer } from './CopyBuffer.js';

/** A statement, or rows that are copied into a table. */
export type Step =
  | { readonly kind: 'statement'; readonly text: string; readonly values: readonly Value[] }
  | { readonly kind: 'copy'; readonly rows: CopyBuffer };

/** As the server reads it in text; arrays as `toArray` writes them. */
export type Value = string | number | Buffer | null;

/**
 * Sends all steps at once and waits for the last answer only, so that the server never waits for us between two of
 * them. Returns the number of rows of each. The first one that fails ends it, and with it the transaction.
 */
export function sendPipeline(client: pg.ClientBase, steps: readonly Step[]): Promise<readonly number[]> {
  if (steps.length === 0) return Promise.resolve([]);
  return new Promise((resolve, reject) => {
    client.query(new Pipeline(steps, resolve, reject));
  });
}

/** What pg asks of a query of one's own; the names are its. */
class Pipeline implements pg.Submittable {
  private readonly counts: number[] = [];

  constructor(
    private readonly steps: readonly Step[],
    private readonly resolve: (counts: readonly number[]) => void,
    private readonly reject: (error: Error) => void,
  ) {}

  submit(given: pg.Connection): void {
    const connection = given as unknown as Wire;
    connection.stream.cork();
    for (const step of this.steps) {
      connection.parse({ text: step.kind === 'copy' ? step.rows.statement : step.text });
      connection.bind({ values: step.kind === 'copy' ? [] : step.values.map(toText) });
      connection.execute({});
      // The server reads what follows an execute as data by itself; nothing has to be waited for.
      if (step.kind === 'copy') writeCopy(connection.stream, step.rows.finish());
    }
    connection.sync();
    connection.stream.uncork();
  }

  handleCommandComplete({ text }: { readonly text: string }): void {
    this.counts.push(Number(/\d+$/.exec(text)?.[0] ?? 0));
  }

  handleError(error: Error): void {
    this.reject(error);
  }

  handleReadyForQuery(): void {
    this.resolve(this.counts);
  }

  handleCopyInResponse(): void {}
  handleRowDescription(): void {}
  handleDataRow(): void {}
  handlePortalSuspended(): void {}
  handleEmptyQuery(): void {}
}

/** The part of pg's connection that is used here; its published types are of an older form. */
interface Wire {
  readonly stream: Duplex;
  parse(statement: { readonly text: string }): void;
  bind(portal: { readonly values: readonly (string | Buffer | null)[] }): void;
  execute(portal: object): void;
  sync(): void;
}

function toText(value: Value): string | Buffer | null {
  return typeof value === 'number' ? String(value) : value;
}

function writeCopy(stream: Duplex, bytes: Buffer): void {
  for (let from = 0; from < bytes.length; from += CHUNK_BYTES) {
    const chunk = bytes.subarray(from, from + CHUNK_BYTES);
    const header = Buffer.allocUnsafe(5);
    header[0] = COPY_DATA;
    header.writeInt32BE(chunk.length + 4, 1);
    stream.write(header);
    stream.write(chunk);
  }
  stream.write(COPY_DONE);
}

/** Small enough for the server to take in one piece without a buffer as large as the batch. */
const CHUNK_BYTES = 64 * 1024;
const COPY_DATA = 0x64;
const COPY_DONE = Buffer.from([0x63, 0, 0, 0, 4]);

/** An array in the server's own notation. Times in ISO form; text is always quoted. */
export function toArray(values: Iterable<string | number | bigint | boolean | Date | null | undefined>): string {
  let literal = '';
  for (const value of values) literal += (literal === '' ? '{' : ',') + toElement(value);
  return literal === '' ? '{}' : `${literal}}`;
}

function toElement(value: string | number | bigint | boolean | Date | null | undefined): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'string') return `"${value.replace(/["\\]/g, '\\$&')}"`;
  return value instanceof Date ? `"${value.toISOString()}"` : String(value);
}
