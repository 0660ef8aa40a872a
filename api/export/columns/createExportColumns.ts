import {
  type GraphQLField,
  GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isEnumType,
  isLeafType,
  isListType,
} from 'graphql';
import { assert } from '../../../schema/lib/assert.js';
import type { Kind, ListColumn } from '../../list/columns.js';
import type { List, Relation } from '../../list/List.js';
import type { Lists } from '../../list/listRows.js';
import { toSelected } from '../../list/toSelected.js';
import { type ComputedColumns, computedColumns, type PriceColumns } from './computedColumns.js';
import { type ExportColumn, type ExportColumns, type Join, PLACE, type ValueKind } from './ExportColumn.js';

type Field = GraphQLField<unknown, unknown>;

interface Source {
  readonly schema: GraphQLSchema;
  readonly lists: Lists;
  readonly list: List;
  readonly selected: ReadonlyMap<string, string>;
  readonly computed: ComputedColumns;
}

/**
 * All that a file of a list may have for columns: what its rows say of themselves and of what they refer to, by the names that a query
 * has for it, and what else the list can be filtered by.
 */
export function createExportColumns(schema: GraphQLSchema, list: List, lists: Lists): ExportColumns {
  const computed = computedColumns[list.name] ?? {};
  const source = { schema, lists, list, computed, selected: toSelected(list.columns) };
  const fields = Object.values(getObjectType(schema, list.name).getFields());
  const columns = fields.flatMap((field) => toColumns(source, field));
  const named = new Set(columns.flatMap(({ name }) => [name, name.split('.', 1).join()]));
  const others = Object.entries(list.by).filter(([name, { only }]) => only !== 'sort' && !named.has(name));
  return toMap([...columns, ...others.map(([name, column]) => ofFilter(name, column))]);
}

/** Of a type whose rows one statement selects by the names of its fields. */
export function createPlainColumns(schema: GraphQLSchema, type: string): ExportColumns {
  const fields = Object.values(getObjectType(schema, type).getFields());
  return toMap(fields.map((field) => ofLeaf(field.name, field)));
}

function toMap(columns: readonly ExportColumn[]): ExportColumns {
  return new Map(columns.map((column) => [column.name, column]));
}

function getObjectType(schema: GraphQLSchema, name: string): GraphQLObjectType {
  const type = schema.getType(name);
  assert(type instanceof GraphQLObjectType, `${name} is an object of the schema`);
  return type;
}

function toColumns(source: Source, field: Field): readonly ExportColumn[] {
  const { list, lists, selected, computed } = source;
  const { name } = field;
  const columns = ofComputed(computed, field);
  if (columns.length > 0) return columns;
  if (isLeaf(field)) {
    const column = list.by[name];
    if (selected.has(name)) return [ofLeaf(name, field, { stored: column?.type })];
    if (column) return [ofLeaf(name, field, { sql: toValueSql(column), stored: storedAs(column) })];
    return [];
  }
  // What a row has several of is in a list of its own.
  if (isListType(getNullableType(field.type))) return [];
  const price = computed.prices?.[name];
  if (price) return ofPrice(source, field, price);
  const token = computed.tokens?.[name] ?? (name === 'token' ? list.by.token?.sql : undefined);
  if (token !== undefined) return ofToken(source, { path: name, field, id: token, joins: [] });
  const relation = list.relations?.[name];
  const other = relation && lists.get(relation.to);
  const reference = list.by[name];
  // What a list is sorted by may bear the name of an object that is nobody's id, such as a score.
  if (!reference || !hasId(field)) return [];
  return relation && other ? ofRelation(source, { field, relation, other, reference }) : ofReference(field, reference);
}

/** An id alone. */
function ofReference(field: Field, { sql, type }: ListColumn): readonly ExportColumn[] {
  const leaf = getLeaf(getNamedType(field.type), 'id');
  const column = ofLeaf(`${field.name}.id`, leaf, { sql, stored: type });
  return [{ ...column, description: describe(field, leaf) }];
}

function hasId({ type }: Field): boolean {
  const named = getNamedType(type);
  return named instanceof GraphQLObjectType && named.getFields().id !== undefined;
}

function isLeaf({ type }: Field): boolean {
  return isLeafType(getNamedType(type)) && !isListType(getNullableType(type));
}

function ofComputed({ values = {} }: ComputedColumns, field: Field): readonly ExportColumn[] {
  return Object.entries(values)
    .filter(([path]) => path === field.name)
    .map(([path, { sql, joins = [], description, isExtra = false }]) => {
      if (description === undefined) return ofLeaf(path, field, { sql, joins, isExtra });
      const text = `${field.description ?? ''} Here ${description}.`;
      return { name: path, kind: 'json', type: 'JSON', description: text, sql, joins, isExtra };
    });
}

function getLeaf(type: unknown, name: string): Field {
  const leaf = type instanceof GraphQLObjectType ? type.getFields()[name] : undefined;
  assert(leaf !== undefined, `field ${name} is in the schema`);
  return leaf;
}

function ofLeaf(
  name: string,
  field: Pick<Field, 'type' | 'description'>,
  rest: Pick<ExportColumn, 'sql' | 'joins' | 'stored' | 'isExtra'> = {},
): ExportColumn {
  return { name, kind: toKind(field.type), type: String(field.type), description: field.description ?? '', ...rest };
}

function toKind(type: GraphQLOutputType): ValueKind {
  const named = getNamedType(type);
  if (isEnumType(named)) return 'choice';
  const kind = kinds[named.name];
  assert(kind !== undefined, `${named.name} is a scalar that files know`);
  return kind;
}

const kinds: Readonly<Record<string, ValueKind>> = {
  ID: 'id',
  String: 'text',
  Int: 'int',
  Float: 'float',
  Boolean: 'boolean',
  BigInt: 'bigint',
  BigDecimal: 'decimal',
  Bytes: 'bytes',
  Timestamp: 'time',
  JSON: 'json',
};

/** An id of the chain's order is made of its parts, as `toEventId` does. */
function toValueSql({ sql, place }: ListColumn): string {
  if (!place) return sql;
  const [chain, height, log, part] = place.map((column) => column.sql);
  const parts = [chain, height, ...(log ? [log] : [])].join(", '-', ");
  // Half the cost of as many ||.
  return `concat(${parts}${part ? `, case when ${part} <> 0 then '-' || ${part} end` : ''})`;
}

/** What a row refers to stands in it by its id; the rest of it is looked up. */
function ofRelation(
  { schema, selected: _, ...source }: Source,
  {
    field,
    relation,
    other,
    reference,
  }: { readonly field: Field; readonly relation: Relation; readonly other: List; readonly reference: ListColumn },
): readonly ExportColumn[] {
  const alias = `${field.name}_row`;
  const selected = toSelected(other.columns);
  const joins: readonly Join[] = [{ alias, sql: `select ${other.columns} ${other.from} where ${relation.on}` }];
  return Object.values(getObjectType(schema, source.lists.get(relation.to)?.name ?? '').getFields())
    .filter((leaf) => isLeaf(leaf) && selected.has(leaf.name))
    .map((leaf) => {
      const path = `${field.name}.${leaf.name}`;
      const column =
        leaf.name === 'id'
          ? ofLeaf(path, leaf, { sql: reference.sql, stored: reference.type })
          : ofLeaf(path, leaf, {
              ...{ sql: `${alias}."${leaf.name}"`, joins },
              ...ofColumn(other, leaf),
              isExtra: true,
            });
      return { ...column, description: describe(field, leaf) };
    });
}

function ofColumn(list: List, { name }: Field): Pick<ExportColumn, 'stored'> {
  const column = list.by[name];
  return column ? { stored: storedAs(column) } : {};
}

function storedAs({ place, type }: ListColumn): string {
  return place ? PLACE : type;
}

function describe(field: Field, leaf: Field): string {
  return `${field.description ?? ''} ${leaf.description ?? ''}`.trim();
}

function ofPrice({ schema }: Source, field: Field, price: PriceColumns): readonly ExportColumn[] {
  const { amount, unit, scale, token, joins = [] } = price;
  const type = getObjectType(schema, 'Price');
  const inToken = toTokenJoin(field.name, token);
  const of = (name: string, rest: Pick<ExportColumn, 'sql' | 'joins' | 'isExtra'>): ExportColumn => {
    const leaf = getLeaf(type, name);
    return { ...ofLeaf(`${field.name}.${name}`, leaf, rest), description: describe(field, leaf) };
  };
  return [
    of('amount', { sql: amount, joins }),
    of('unit', { sql: unit, joins }),
    of('decimals', {
      sql: `coalesce(${scale}, ${inToken.alias}.decimals)`,
      joins: [...joins, inToken],
      isExtra: true,
    }),
    ...ofToken({ schema }, { path: `${field.name}.token`, field: getLeaf(type, 'token'), id: token, joins }),
  ];
}

function ofToken(
  { schema }: Pick<Source, 'schema'>,
  {
    path,
    field,
    id,
    joins,
  }: { readonly path: string; readonly field: Field; readonly id: string; readonly joins: readonly Join[] },
): readonly ExportColumn[] {
  const join = toTokenJoin(path.replace(/\.token$/, ''), id);
  return Object.values(getObjectType(schema, 'Token').getFields())
    .filter((leaf) => isLeaf(leaf) && tokenColumns.has(leaf.name))
    .map((leaf) => {
      const rest =
        leaf.name === 'id'
          ? { sql: id, joins, stored: 'text' }
          : { sql: `${join.alias}.${leaf.name}`, joins: [...joins, join], isExtra: true };
      return { ...ofLeaf(`${path}.${leaf.name}`, leaf, rest), description: describe(field, leaf) };
    });
}

/** Columns of table token under the names of the API. */
const tokenColumns = new Set(['id', 'symbol', 'decimals', 'address']);

function toTokenJoin(field: string, id: string): Join {
  return { alias: `${field.toLowerCase()}_token`, sql: `select known.* from token known where known.id = ${id}` };
}

/** What a list is filtered by and its rows do not say: by request. */
function ofFilter(name: string, column: ListColumn): ExportColumn {
  return {
    name,
    kind: filterKinds[column.kind],
    type: `${typeNames[filterKinds[column.kind]]}${column.nullable ? '' : '!'}`,
    description: `${column.meaning}.`,
    sql: toValueSql(column),
    stored: storedAs(column),
    isExtra: true,
  };
}

const filterKinds: Readonly<Record<Kind, ValueKind>> = {
  id: 'id',
  place: 'id',
  word: 'text',
  text: 'text',
  bytes: 'bytes',
  int: 'int',
  bigint: 'bigint',
  decimal: 'decimal',
  time: 'time',
  boolean: 'boolean',
  choice: 'choice',
};

const typeNames: Readonly<Record<ValueKind, string>> = {
  ...{ id: 'ID', text: 'String', choice: 'String', bytes: 'Bytes', int: 'Int', bigint: 'BigInt' },
  ...{ decimal: 'BigDecimal', float: 'Float', boolean: 'Boolean', time: 'Timestamp', json: 'JSON' },
};
