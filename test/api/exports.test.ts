import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type GraphQLObjectType, type GraphQLSchema, getNamedType, isLeafType, isObjectType } from 'graphql';
import { createExportColumns } from '../../api/export/columns/createExportColumns.js';
import { formats } from '../../api/export/request/readExportRequest.js';
import type { List } from '../../api/list/List.js';
import { lists } from '../../api/lists.js';
import { type OpenApi, openApi } from './openApi.js';
import {
  type Cell,
  type ExportServer,
  type Rows,
  readCsv,
  readNdjson,
  readParquet,
  serveExports,
  toCell,
} from './readExport.js';
import { everyList } from './seedExports.js';

/** Less than most lists have. */
const PAGE = 2;

const byName = new Map(lists.map((list) => [list.name, list]));

describe('files', () => {
  let open: OpenApi;
  let server: ExportServer;
  beforeAll(async () => {
    open = await openApi(everyList);
    server = await serveExports(open.api);
  });
  afterAll(async () => {
    await server.close();
    await open.close();
  });

  /** All pages of a list, by the paths of the file's columns. */
  async function page(field: string, paths: readonly string[]): Promise<Rows> {
    const rows: Readonly<Record<string, Cell>>[] = [];
    for (let skip = 0; ; skip += PAGE) {
      const answer = await open.read<Record<string, Record<string, unknown>[]>>(
        `{ ${field}(first: ${PAGE}, skip: ${skip}) ${toSelection(paths)} }`,
      );
      const found = answer[field] ?? [];
      rows.push(...found.map((row) => toRow(row, paths)));
      if (found.length < PAGE) return rows;
    }
  }

  async function readRows(path: string): Promise<Rows> {
    const read = await server.read(path);
    if (path.includes('.csv')) return readCsv(read);
    return path.includes('.ndjson') ? readNdjson(read).rows : (await readParquet(read)).rows;
  }

  const listPaths = (list: List) =>
    [...createExportColumns(open.api.schema, list, byName).keys()].filter((path) =>
      isAnswered(open.api.schema, list.name, path),
    );

  it.each(lists.map((list) => [list.field, list] as const))('of %s are what the list answers', async (field, list) => {
    const paths = listPaths(list);
    const answered = await page(field, paths);
    expect(answered.length).toBeGreaterThan(0);
    for (const format of formats) {
      const rows = await readRows(`/export/${field}.${format}?fields=${paths.join(',')}`);
      expect({ format, rows: rows.map(toPlain) }).toEqual({ format, rows: answered.map(toPlain) });
    }
  });

  it.each(lists.map((list) => [list.field, list] as const))('of %s have any order of the list', async (field, list) => {
    const paths = listPaths(list).slice(0, 8);
    const orders = Object.entries(list.by).filter(([, { only }]) => only !== 'filter');
    for (const [at, [order]] of orders.entries()) {
      const direction = at % 2 === 0 ? 'desc' : 'asc';
      const answer = await open.read<Record<string, object[]>>(
        `{ ${field}(first: 100, orderBy: ${order}, orderDirection: ${direction}) ${toSelection(paths)} }`,
      );
      const expected = answer[field]?.map((row) => toPlain(toRow(row, paths)));
      const query = `orderBy=${order}&orderDirection=${direction}&fields=${paths.join(',')}`;
      const rows = await readRows(`/export/${field}.csv?${query}`);
      expect({ order, rows: rows.map(toPlain) }).toEqual({ order, rows: expected });
    }
  });

  it('have a column for every leaf of every list, and an id for what a row refers to', () => {
    const missing = lists.flatMap((list) => {
      const columns = createExportColumns(open.api.schema, list, byName);
      const { [list.name]: type } = open.api.schema.getTypeMap();
      return Object.values((type as GraphQLObjectType).getFields())
        .filter((field) => {
          const inner = getNamedType(field.type);
          if (isLeafType(inner)) return !columns.has(field.name);
          const isOne = isObjectType(inner) && 'id' in inner.getFields() && !String(field.type).startsWith('[');
          return isOne && !columns.has(`${field.name}.id`);
        })
        .map((field) => `${list.name}.${field.name}`);
    });
    // Looked up in ways of their own.
    expect(missing).toEqual(['Job.runsOutAt', 'Network.sendsHeartbeats', 'Network.regions', 'Provider.operator']);
  });

  it('can have any column', async () => {
    for (const list of lists) {
      const columns = [...createExportColumns(open.api.schema, list, byName).keys()];
      for (const format of formats) {
        await server.read(`/export/${list.field}.${format}?fields=${columns.join(',')}`);
      }
    }
  });
});

/** Whether a query reaches a leaf by this path. */
function isAnswered(schema: GraphQLSchema, typeName: string, path: string): boolean {
  let type = schema.getType(typeName);
  for (const name of path.split('.')) {
    const field = isObjectType(type) ? type.getFields()[name] : undefined;
    if (!field) return false;
    type = getNamedType(field.type);
  }
  return isLeafType(type);
}

function toSelection(paths: readonly string[]): string {
  const heads = new Map<string, string[]>();
  for (const path of paths) {
    const [head = '', ...rest] = path.split('.');
    heads.set(head, [...(heads.get(head) ?? []), ...(rest.length > 0 ? [rest.join('.')] : [])]);
  }
  return `{ ${[...heads].map(([head, rest]) => (rest.length > 0 ? `${head} ${toSelection(rest)}` : head)).join(' ')} }`;
}

function toRow(row: object, paths: readonly string[]): Readonly<Record<string, Cell>> {
  return Object.fromEntries(paths.map((path) => [path, toCell(follow(row, path))]));
}

function follow(row: unknown, path: string): unknown {
  return path.split('.').reduce((value, name) => (value as Record<string, unknown> | null)?.[name], row);
}

/** JSON has no order of its keys, and no spaces that count. */
function toPlain(row: Readonly<Record<string, Cell>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(row).map(([name, cell]) => [name, cell?.match(/^[[{]/) ? JSON.parse(cell) : cell]),
  );
}
