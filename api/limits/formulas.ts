import {
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLOutputType,
  getNamedType,
  getNullableType,
  isLeafType,
  isListType,
} from 'graphql';
import { DEFAULT_LENGTH } from '../list/readPage.js';
import type { Formula, Values, Weight } from './createCounter.js';

/** A list without `first` is short by nature: capabilities, terms, the chains of an instance. */
const SHORT_LIST = 20;

/** faults.md: the schema may be asked for, at a fixed price. */
const INTROSPECTION_POINTS = 100;

/** How many objects an answer may hold: a list holds its `first` times what each row holds. */
export const nodes: Formula = {
  lengthArguments: ['first', 'last', 'days'],
  weigh(field, parent, lengths) {
    if (isQuiet(field)) return NOTHING;
    if (isPart(parent)) return weighPart(field);
    if (isRow(field, parent)) return { base: 0, times: 1, own: 0 };
    if (isConnection(field.type)) return { base: 0, times: toPageLength(lengths), own: 1 };
    // A series has so many points beside what stands around them.
    if (typeof lengths.last === 'number') return { base: Math.max(1, lengths.last), times: 1, own: 1 };
    return { base: 0, times: isList(field.type) ? toLength(lengths) : 1, own: 1 };
  },
};

/** What is paid for beside nodes: a list is a statement, however many rows it gives. */
export const points: Formula = {
  lengthArguments: [],
  weigh(field, parent) {
    if (field.name === '__schema' || field.name === '__type') return { base: INTROSPECTION_POINTS, times: 0, own: 0 };
    if (isQuiet(field)) return NOTHING;
    const isStatement = !isPart(parent) && (isConnection(field.type) || isList(field.type));
    return { base: isStatement ? 1 : 0, times: 1, own: 0 };
  },
};

const NOTHING: Weight = { base: 0, times: 0, own: 0 };

/** A page holds what the field that leads to it asks for, which has counted its rows: edges come on top of them. */
function weighPart(field: GraphQLField<unknown, unknown>): Weight {
  if (field.name === 'edges') return { base: 0, times: 1, own: 1 };
  return field.name === 'nodes' ? { base: 0, times: 1, own: 0 } : NOTHING;
}

/** What an edge leads to. */
function isRow(field: GraphQLField<unknown, unknown>, parent: GraphQLNamedType): boolean {
  return field.name === 'node' && parent.name.endsWith('Edge');
}

function isQuiet(field: GraphQLField<unknown, unknown>): boolean {
  return field.name.startsWith('__') || isLeafType(getNamedType(field.type));
}

function isList(type: GraphQLOutputType): boolean {
  return isListType(getNullableType(type));
}

function isConnection(type: GraphQLOutputType): boolean {
  return isPart(getNamedType(type));
}

function isPart(type: GraphQLNamedType): boolean {
  return type.name.endsWith('Connection');
}

function toPageLength({ first, last }: Values): number {
  const length = first ?? last;
  return typeof length === 'number' ? Math.max(1, length) : DEFAULT_LENGTH;
}

/** What is out of range is worded by the resolver; here it only must not make the query look cheap. */
function toLength({ first, days }: Values): number {
  const length = first ?? days;
  return typeof length === 'number' ? Math.max(1, length) : SHORT_LIST;
}
