import { type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import {
  type DocumentNode,
  type ExecutionResult,
  type FragmentDefinitionNode,
  GraphQLScalarType,
  GraphQLSchema,
  getOperationAST,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionSetNode,
  type TypeNode,
  type ValueNode,
  type VariableDefinitionNode,
  visit,
} from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';
import type { Context } from '../createContext.js';

/** Undefined: not with these variables. */
type Run = (
  context: Context,
  variables: Readonly<Record<string, unknown>>,
) => ExecutionResult | Promise<ExecutionResult> | undefined;

/**
 * Runs a query that comes again as compiled code, a third of the cost. What goes wrong is not answered from here: the query is
 * executed once more in the ordinary way, which words it.
 *
 * graphql-jit compiles forever where the type of a variable names itself, as `where: { and: … }` does (its issue 81). So
 * variables are coerced as ever, and the compiler sees them as of a type that passes anything on.
 */
export function jitPlugin(
  schema: GraphQLSchema,
  { compileAfter = 2 }: { readonly compileAfter?: number } = {},
): ApolloServerPlugin<Context> {
  const compile = createCompiler(schema);
  // As long as Apollo keeps the documents, whose store is bounded.
  const known = new WeakMap<DocumentNode, Map<string, { seen: number; run?: Run | null }>>();
  return {
    async requestDidStart() {
      return {
        async responseForOperation({ document, operationName, contextValue, request }) {
          const operations = known.get(document) ?? new Map<string, { seen: number; run?: Run | null }>();
          known.set(document, operations);
          const name = operationName ?? '';
          const entry = operations.get(name) ?? { seen: 0 };
          operations.set(name, entry);
          entry.seen += 1;
          if (entry.seen < compileAfter) return null;
          if (entry.run === undefined) entry.run = compile(document, name);
          const result = await entry.run?.(contextValue, request.variables ?? {});
          if (!result || result.errors?.length) return null;
          return {
            http: { status: undefined, headers: new HeaderMap() },
            body: { kind: 'single', singleResult: { data: result.data } },
          };
        },
      };
    },
  };
}

/** Null for what is left to the ordinary way: what asks about the schema, and whatever the compiler does not take. */
function createCompiler(schema: GraphQLSchema): (document: DocumentNode, operationName: string) => Run | null {
  const config = schema.toConfig();
  const anything = new GraphQLScalarType({ name: 'JitAnything', serialize: (value) => value });
  const widened = new GraphQLSchema({ ...config, types: [...config.types, anything] });
  return (document, operationName) => {
    const operation = getOperationAST(document, operationName || undefined);
    if (!operation || operation.operation !== OperationTypeNode.QUERY || introspects(document, operation)) return null;
    const definitions = operation.variableDefinitions ?? [];
    const compiled = compileOrNull(widened, widenVariables(document, anything.name), operationName);
    if (!compiled) return null;
    const inner = listInnerVariables(document);
    return (context, variables) => {
      const { coerced } = getVariableValues(schema, definitions, { ...variables });
      // Left out of an object, a field is not there; the compiler would say that it is null.
      if (!coerced || inner.some((name) => !Object.hasOwn(coerced, name))) return undefined;
      return compiled.query(undefined, context, coerced);
    };
  };
}

function compileOrNull(schema: GraphQLSchema, document: DocumentNode, operationName: string) {
  try {
    const compiled = compileQuery(schema, document, operationName, { disablingCapturingStackErrors: true });
    return isCompiledQuery(compiled) ? compiled : null;
  } catch {
    return null;
  }
}

/** Whether it asks about the schema: at its root, be it within fragments. */
function introspects(document: DocumentNode, operation: OperationDefinitionNode): boolean {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const one of document.definitions) if (one.kind === Kind.FRAGMENT_DEFINITION) fragments.set(one.name.value, one);
  const isAsked = ({ selections }: SelectionSetNode): boolean =>
    selections.some((one) => {
      if (one.kind === Kind.FIELD) return one.name.value.startsWith('__');
      const within = one.kind === Kind.FRAGMENT_SPREAD ? fragments.get(one.name.value) : one;
      return within !== undefined && isAsked(within.selectionSet);
    });
  return isAsked(operation.selectionSet);
}

/** Variables that stand within objects and lists. */
function listInnerVariables(document: DocumentNode): readonly string[] {
  const names = new Set<string>();
  const collect = (value: ValueNode) => {
    visit(value, {
      enter(node) {
        if (node.kind === Kind.VARIABLE) names.add(node.name.value);
      },
    });
  };
  visit(document, { ObjectValue: collect, ListValue: collect });
  return [...names];
}

/** Variables of directives stay Boolean, and are there once they are coerced where they have a default. */
function widenVariables(document: DocumentNode, name: string): DocumentNode {
  return visit(document, {
    VariableDefinition(node): VariableDefinitionNode {
      const { defaultValue, ...rest } = node;
      if (!isBoolean(node.type)) {
        return { ...rest, type: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: name } } };
      }
      const isThere = defaultValue !== undefined && node.type.kind !== Kind.NON_NULL_TYPE;
      return { ...rest, type: isThere ? toNonNull(node.type) : node.type };
    },
  });
}

function toNonNull(type: TypeNode): TypeNode {
  return type.kind === Kind.NON_NULL_TYPE ? type : { kind: Kind.NON_NULL_TYPE, type };
}

function isBoolean(type: TypeNode): boolean {
  if (type.kind === Kind.NON_NULL_TYPE) return isBoolean(type.type);
  return type.kind === Kind.NAMED_TYPE && type.name.value === 'Boolean';
}
