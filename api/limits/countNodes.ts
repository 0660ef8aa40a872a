import {
  type DocumentNode,
  GraphQLError,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  getVariableValues,
  isLeafType,
  isListType,
  type OperationDefinitionNode,
} from 'graphql';
// The other entry brings a second copy of graphql, which knows no type of this one.
import complexity from 'graphql-query-complexity/cjs';
import { DEFAULT_LENGTH } from '../list/readPage.js';

/** A list without `first` is short by nature: capabilities, terms, the chains of an instance. */
const SHORT_LIST = 20;

export interface Question {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * How many objects an answer may hold: a list counts its `first` times what each row holds. An argument that does not
 * fit throws: its field would otherwise count for nothing, and with it everything beside it.
 */
export function countNodes({ schema, document, operation, variables }: Question): number {
  // The execution refuses these before it asks for any row, in its own words.
  if (getVariableValues(schema, operation.variableDefinitions ?? [], variables).errors) return 0;
  try {
    return complexity.getComplexity({
      schema,
      query: document,
      variables: { ...variables },
      operationName: operation.name?.value,
      // What it would do beyond is an error like that of an argument; the plugin has counted the fields before.
      maxQueryNodes: Number.POSITIVE_INFINITY,
      estimators: [
        ({ type, field, args, childComplexity }) => {
          if (field.name.startsWith('__') || isLeafType(getNamedType(field.type))) return 0;
          const each = 1 + childComplexity;
          // A series has so many points beside what stands around them.
          if (isConnection(field.type)) return toPageLength(args) * each;
          if (typeof args.last === 'number') return Math.max(1, args.last) + each;
          return isListType(getNullableType(field.type)) && !isPart(type) ? toLength(args) * each : each;
        },
      ],
    });
  } catch (thrown) {
    if (!(thrown instanceof GraphQLError)) throw thrown;
    throw new GraphQLError(thrown.message, {
      nodes: thrown.nodes,
      extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
    });
  }
}

/** A page holds what is asked for by the field that leads to it: its own lists, `nodes` and `edges`, count as one row. */
function isConnection(type: GraphQLOutputType): boolean {
  return isPart(getNamedType(type));
}

function isPart(type: GraphQLNamedType): boolean {
  return type.name.endsWith('Connection');
}

function toPageLength({ first, last }: { readonly first?: unknown; readonly last?: unknown }): number {
  const length = first ?? last;
  return typeof length === 'number' ? Math.max(1, length) : DEFAULT_LENGTH;
}

/** What is out of range is worded by the resolver; here it only must not make the query look cheap. */
function toLength(args: { readonly first?: unknown; readonly days?: unknown }): number {
  const length = args.first ?? args.days;
  return typeof length === 'number' ? Math.max(1, length) : SHORT_LIST;
}
