/** Values of a group of rows, by column, in UTF-8. */
export type ColumnValues = readonly (readonly (Uint8Array | null)[])[];

/**
 * Rows that COPY sends in its text form (PostgreSQL manual, COPY, file formats): lines, with tabs between values, `\N` for null and
 * a backslash before what would be one of these. In groups of at most so many rows. Values are parts of what came, not copies.
 */
export async function* parseCopyRows(
  chunks: AsyncIterable<Buffer>,
  { columns, most }: { readonly columns: number; readonly most: number },
): AsyncGenerator<ColumnValues> {
  let rest: Buffer = Buffer.alloc(0);
  let group = createGroup(columns);
  for await (const chunk of chunks) {
    const bytes: Buffer = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    const end = bytes.lastIndexOf(LINE_FEED) + 1;
    let column = 0;
    let from = 0;
    let isEscaped = false;
    for (let at = 0; at < end; at++) {
      const byte = bytes[at];
      if (byte === BACKSLASH) isEscaped = true;
      if (byte !== TAB && byte !== LINE_FEED) continue;
      const value = bytes.subarray(from, at);
      group[column]?.push(isEscaped ? decode(value) : value);
      from = at + 1;
      isEscaped = false;
      column = byte === TAB ? column + 1 : 0;
      if (byte === LINE_FEED && group[0]?.length === most) {
        yield group;
        group = createGroup(columns);
      }
    }
    rest = bytes.subarray(end);
  }
  if (rest.length > 0) throw new Error('Expected the rows of COPY to end with a line feed, got half a row.');
  if (group[0]?.length) yield group;
}

const TAB = 0x09;
const LINE_FEED = 0x0a;
const BACKSLASH = 0x5c;

function createGroup(columns: number): (Uint8Array | null)[][] {
  return Array.from({ length: columns }, () => []);
}

function decode(value: Buffer): Uint8Array | null {
  const text = value.toString('utf8');
  if (text === '\\N') return null;
  return Buffer.from(text.replace(/\\(.)/gs, (_, escaped: string) => names[escaped] ?? escaped));
}

/** The only ones that are sent; what else follows a backslash stands for itself. */
const names: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };
