import type { ApolloServerPlugin } from '@apollo/server';
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isLeafType,
  isListType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import complexity from 'graphql-query-complexity/cjs';
import type { Context } from '../createContext.js';

/** contracts.md, query budgets. */
const MAX_NODES = 10_000;
const MAX_DEPTH = 10;

/** A list without `first` is short by nature: capabilities, terms, the chains of an instance. */
const SHORT_LIST = 20;

/**
 * Refuses a query before it runs when it could return more than MAX_NODES objects, by the `first` of its lists, from
 * variables as well as literals, or is deeper than MAX_DEPTH. A list of a list of a list is a few bytes to ask and
 * minutes to answer. Questions about the schema alone pass.
 */
export function costPlugin(): ApolloServerPlugin<Context> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ schema, document, operation, request }) {
          if (!operation || asksSchemaOnly(operation)) return;
          assertDepth(document, operation);
          assertNodes(schema, document, request.variables ?? {}, request.operationName);
        },
      };
    },
  };
}

function assertNodes(
  schema: GraphQLSchema,
  query: DocumentNode,
  variables: Readonly<Record<string, unknown>>,
  operationName: string | undefined,
): void {
  const nodes = countNodes(schema, query, variables, operationName);
  if (nodes > MAX_NODES) {
    throw new GraphQLError(
      `Expected a query of at most ${MAX_NODES} nodes, got one of up to ${nodes}: ask for fewer with \`first\`, or in several queries.`,
      { extensions: { code: 'QUERY_TOO_COSTLY', nodes, limit: MAX_NODES, http: { status: 400 } } },
    );
  }
}

/** Variables that do not fit their types count for nothing: the execution refuses them, in its own words. */
function countNodes(
  schema: GraphQLSchema,
  query: DocumentNode,
  variables: Readonly<Record<string, unknown>>,
  operationName: string | undefined,
): number {
  try {
    return complexity.getComplexity({
      schema,
      query,
      variables: { ...variables },
      operationName,
      estimators: [
        ({ field, args, childComplexity }) => {
          if (isLeafType(getNamedType(field.type))) return 0;
          const each = 1 + childComplexity;
          return isListType(getNullableType(field.type)) ? toCount(args.first) * each : each;
        },
      ],
    });
  } catch (thrown) {
    if (thrown instanceof GraphQLError) return 0;
    throw thrown;
  }
}

/** What is out of range is worded by the resolver; here it only must not make the query look cheap. */
function toCount(first: unknown): number {
  return typeof first === 'number' ? Math.max(1, first) : SHORT_LIST;
}

function assertDepth(document: DocumentNode, operation: OperationDefinitionNode): void {
  const fragments = new Map(
    document.definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node.selectionSet] as const] : [],
    ),
  );
  const depths = new Map<SelectionSetNode, number>();
  const toDepth = (set: SelectionSetNode | undefined): number => {
    if (!set) return 0;
    const known = depths.get(set);
    if (known !== undefined) return known;
    const depth = Math.max(
      ...set.selections.map((selection) => {
        if (selection.kind === Kind.FIELD) return 1 + toDepth(selection.selectionSet);
        return toDepth(
          selection.kind === Kind.INLINE_FRAGMENT ? selection.selectionSet : fragments.get(selection.name.value),
        );
      }),
    );
    depths.set(set, depth);
    return depth;
  };
  const depth = toDepth(operation.selectionSet);
  if (depth > MAX_DEPTH) {
    throw new GraphQLError(
      `Expected a query at most ${MAX_DEPTH} levels deep, got one of ${depth}: ask in several queries.`,
      {
        extensions: { code: 'QUERY_TOO_DEEP', depth, limit: MAX_DEPTH, http: { status: 400 } },
      },
    );
  }
}

function asksSchemaOnly(operation: OperationDefinitionNode): boolean {
  return operation.selectionSet.selections.every(
    (selection) => selection.kind === Kind.FIELD && selection.name.value.startsWith('__'),
  );
}
