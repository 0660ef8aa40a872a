import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import type { Api } from '../../api/createApi.js';
import { createServer } from '../../api/createServer.js';

export interface ExportServer {
  readonly url: string;
  /** The file of a path, which must be one. */
  read(path: string): Promise<ReadFile>;
  /** The refusal of a path, which must be none. */
  fail(path: string): Promise<{ readonly status: number; readonly code: string; readonly message: string }>;
  close(): Promise<void>;
}

export interface ReadFile {
  readonly headers: Headers;
  readonly bytes: Buffer;
  readonly text: string;
}

/** A value of a file as text; null: it is not known. */
export type Cell = string | null;
export type Rows = readonly Readonly<Record<string, Cell>>[];

export async function serveExports(api: Api): Promise<ExportServer> {
  const app = createServer();
  await api.mount(app);
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    url,
    async read(path) {
      const response = await fetch(url + path);
      const bytes = Buffer.from(await response.arrayBuffer());
      const text = bytes.toString('utf8');
      if (response.status !== 200) throw new Error(`Expected a file at ${path}, got ${response.status} ${text}`);
      return { headers: response.headers, bytes, text };
    },
    async fail(path) {
      const response = await fetch(url + path);
      const text = await response.text();
      if (response.status === 200) throw new Error(`Expected a refusal of ${path}, got ${text.slice(0, 500)}`);
      const [error] = (JSON.parse(text) as { errors: { message: string; extensions: { code: string } }[] }).errors;
      return { status: response.status, code: error?.extensions.code ?? '', message: error?.message ?? '' };
    },
    close: () => app.close(),
  };
}

/** RFC 4180, by which what is in quotes is told from what is not there. */
export function parseCsv(text: string): { readonly comments: readonly string[]; readonly cells: readonly Cell[][] } {
  const comments: string[] = [];
  let rest = text;
  while (rest.startsWith('#')) {
    const end = rest.indexOf('\n');
    comments.push(rest.slice(0, end));
    rest = rest.slice(end + 1);
  }
  const cells: Cell[][] = [[]];
  const pattern = /(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n)/y;
  while (pattern.lastIndex < rest.length) {
    const match = pattern.exec(rest);
    if (!match) throw new Error(`Expected cells, got ${rest.slice(0, 200)}`);
    const [, quoted, plain, end] = match;
    cells.at(-1)?.push(quoted === undefined ? plain || null : quoted.replaceAll('""', '"'));
    if (end === '\n') cells.push([]);
  }
  cells.pop();
  return { comments, cells };
}

export function readCsv({ text }: ReadFile): Rows {
  const [names = [], ...rows] = parseCsv(text).cells;
  return rows.map((row) => Object.fromEntries(names.map((name, at) => [name, row[at] ?? null])));
}

export function readNdjson({ text }: ReadFile): { readonly meta: Record<string, unknown>; readonly rows: Rows } {
  const [first, ...rows] = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  return { meta: first._meta, rows: rows.map(toCells) };
}

export async function readParquet({ bytes }: ReadFile): Promise<{ meta: Record<string, unknown>; rows: Rows }> {
  const file = new Uint8Array(bytes).buffer;
  const { key_value_metadata: pairs } = parquetMetadata(file);
  const text = pairs?.find(({ key }) => key === 'computescan')?.value;
  return { meta: JSON.parse(text ?? 'null'), rows: (await parquetReadObjects({ file })).map(toCells) };
}

/** Values as text, as CSV has them. */
export function toCells(row: Readonly<Record<string, unknown>>): Readonly<Record<string, Cell>> {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, toCell(value)]));
}

export function toCell(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
