import {
  type FieldNode,
  type GraphQLSchema,
  getArgumentValues,
  getVariableValues,
  type SelectionSetNode,
} from 'graphql';
import { listFields, type Question } from '../point/readPointRequest.js';
import type { ExportColumns } from './columns/ExportColumn.js';
import type { Exports } from './createExports.js';
import { type Format, formats, MAX_URL } from './request/readExportRequest.js';

/** Paths of the files of one root field; null: what is asked for fits no URL. */
export type ExportLinks = Readonly<Record<Format, string>> | null;

type Files = Pick<Exports, 'listFiles' | 'metricFiles'>;
type Values = Readonly<Record<string, unknown>>;

/**
 * For each list, connection and series that a query asks for, by its response key: where all of its rows are to be had as a file, by
 * the same arguments, with the leaves that it selects for columns.
 */
export function toExportLinks(
  { schema, document, operation, variables }: Question,
  files: Files,
): Readonly<Record<string, ExportLinks>> {
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], { ...variables });
  if (!coerced) return {};
  const list = (set: SelectionSetNode) => listFields(document, set, coerced);
  const links = [...list(operation.selectionSet)].flatMap((node) => {
    const args = readArguments(schema, node, coerced);
    const file = args && toFile(node, args, files);
    if (!file) return [];
    const fields = file.rowsOf(node, list).flatMap((row) => listPaths(row, file.columns, list));
    return [[node.alias?.value ?? node.name.value, toLinks(file, fields)] as const];
  });
  return Object.fromEntries(links);
}

function readArguments(schema: GraphQLSchema, node: FieldNode, variables: Values): Values | undefined {
  const field = schema.getQueryType()?.getFields()[node.name.value];
  try {
    return field && getArgumentValues(field, node, variables);
  } catch {
    // The execution has said what does not fit.
    return undefined;
  }
}

interface File {
  readonly path: string;
  readonly columns: ExportColumns;
  readonly parameters: Readonly<Record<string, string>>;
  /** The nodes whose selections are about one row. */
  readonly rowsOf: (node: FieldNode, list: List) => readonly FieldNode[];
}

type List = (set: SelectionSetNode) => Iterable<FieldNode>;

function toFile(
  { name: { value: name } }: FieldNode,
  args: Values,
  { listFiles, metricFiles }: Files,
): File | undefined {
  if (name === 'metricSeries') {
    const { metric, last: _, ...rest } = args;
    const path = `/export/metric/${encodeURIComponent(String(metric))}`;
    return { path, columns: metricFiles.columns, parameters: toParameters(rest), rowsOf: within(['points']) };
  }
  const field = name.replace(/Connection$/, '');
  const columns = listFiles.findColumns(field);
  if (!columns) return undefined;
  const { where, orderBy, orderDirection, block, finality } = args;
  const parameters = toParameters({ where, orderBy, orderDirection, block, finality });
  return {
    path: `/export/${field}`,
    columns,
    parameters,
    rowsOf: field === name ? (node) => [node] : rowsOfConnection,
  };
}

/** As they are read again: filters and blocks as JSON, all else as text. */
function toParameters(args: Values): Readonly<Record<string, string>> {
  const given = Object.entries(args).filter(
    ([name, value]) => value !== undefined && value !== null && !(name === 'finality' && value === 'LATEST'),
  );
  return Object.fromEntries(given.map(([name, value]) => [name, toParameter(value)]));
}

function toParameter(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function rowsOfConnection(node: FieldNode, list: List): readonly FieldNode[] {
  return [...within(['nodes'])(node, list), ...within(['edges', 'node'])(node, list)];
}

function within(path: readonly string[]): (node: FieldNode, list: List) => readonly FieldNode[] {
  return (node, list) =>
    path.reduce<readonly FieldNode[]>(
      (nodes, name) =>
        nodes.flatMap(({ selectionSet }) =>
          selectionSet ? [...list(selectionSet)].filter((inner) => inner.name.value === name) : [],
        ),
      [node],
    );
}

/** Leaves that a file can have; lists within a row have none. */
function listPaths({ selectionSet }: FieldNode, columns: ExportColumns, list: List, prefix = ''): readonly string[] {
  if (!selectionSet) return [];
  return [...list(selectionSet)].flatMap((node) => {
    const path = `${prefix}${node.name.value}`;
    if (columns.has(path)) return [path];
    const isDeep = prefix.split('.').length > MAX_DEPTH;
    return node.selectionSet && !isDeep ? listPaths(node, columns, list, `${path}.`) : [];
  });
}

/** `price.token.id` is the longest. */
const MAX_DEPTH = 3;

function toLinks({ path, parameters }: File, fields: readonly string[]): ExportLinks {
  const asked = new URLSearchParams({
    ...parameters,
    ...(fields.length > 0 ? { fields: [...new Set(fields)].join(',') } : {}),
  });
  const links = formats.map((format) => [format, `${path}.${format}${asked.size > 0 ? `?${asked}` : ''}`] as const);
  return links.some(([, link]) => link.length > MAX_URL) ? null : (Object.fromEntries(links) as ExportLinks);
}
