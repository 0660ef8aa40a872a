/** Values of a group of rows, by column. */
export type ColumnValues = readonly (readonly (string | null)[])[];

/**
 * Rows that COPY sends in its text form (PostgreSQL manual, COPY, file formats): lines, with tabs between values, `\N` for null and
 * a backslash before what would be one of these. In groups of at most so many rows.
 */
export async function* parseCopyRows(
  chunks: AsyncIterable<Buffer>,
  { columns, most }: { readonly columns: number; readonly most: number },
): AsyncGenerator<ColumnValues> {
  let rest: Buffer = Buffer.alloc(0);
  let group: (string | null)[][] = createGroup(columns);
  for await (const chunk of chunks) {
    const bytes: Buffer = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    const end = bytes.lastIndexOf(LINE_FEED) + 1;
    rest = bytes.subarray(end);
    if (end === 0) continue;
    for (const line of bytes.toString('utf8', 0, end - 1).split('\n')) {
      const values = line.split('\t');
      for (let at = 0; at < columns; at++) group[at]?.push(toValue(values[at] ?? ''));
      if (group[0]?.length === most) {
        yield group;
        group = createGroup(columns);
      }
    }
  }
  if (rest.length > 0) throw new Error('Expected the rows of COPY to end with a line feed, got half a row.');
  if (group[0]?.length) yield group;
}

const LINE_FEED = 0x0a;

function createGroup(columns: number): (string | null)[][] {
  return Array.from({ length: columns }, () => []);
}

function toValue(text: string): string | null {
  if (!text.includes('\\')) return text;
  return text === '\\N' ? null : text.replace(/\\(.)/gs, (_, escaped: string) => names[escaped] ?? escaped);
}

/** The only ones that are sent; what else follows a backslash stands for itself. */
const names: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };
