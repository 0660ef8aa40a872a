import {
  type DocumentNode,
  type FieldNode,
  GraphQLError,
  type GraphQLSchema,
  getArgumentValues,
  getOperationAST,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  validate,
  visit,
} from 'graphql';
import { assert } from '../../schema/lib/assert.js';
import { assertCost } from '../limits/assertCost.js';
import { listFields } from '../point/readPointRequest.js';

/** As the GraphQL protocols over WebSocket and SSE have it. */
export interface SubscriptionRequest {
  readonly query: string;
  readonly operationName?: string | null;
  readonly variables?: Readonly<Record<string, unknown>> | null;
}

/** What is subscribed to, held against every budget. */
export interface Subscription {
  /** The text of the document. */
  readonly query: string;
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Of the root field. */
  readonly field: string;
  readonly args: Readonly<Record<string, unknown>>;
  /** The same for all who ask the same, wherever they begin. */
  readonly key: string;
  /** What a query for one message would cost, in points. */
  readonly cost: number;
}

export type SubscriptionReader = (request: SubscriptionRequest) => Subscription;

/**
 * Reads requests for subscriptions, and refuses everything else with an error that has a code: both transports lead past Apollo and
 * what it guards. Documents are parsed and validated once, as long as they are among the last that were asked for.
 */
export function createSubscriptionReader(schema: GraphQLSchema): SubscriptionReader {
  const documents = new Map<string, Checked>();

  function check(query: string): Checked {
    const known = documents.get(query);
    if (known) {
      documents.delete(query);
      documents.set(query, known);
      return known;
    }
    const checked = checkDocument(schema, query);
    documents.set(query, checked);
    const [oldest] = documents.keys();
    if (documents.size > MAX_DOCUMENTS && oldest !== undefined) documents.delete(oldest);
    return checked;
  }

  return ({ query, operationName, variables }) => {
    const checked = check(query);
    if ('errors' in checked) throw new RefusedDocument(checked.errors);
    const operation = getSubscription(checked.document, operationName ?? undefined);
    const given = variables ?? {};
    const question = { schema, document: checked.document, operation, variables: given };
    const { requested: cost } = assertCost(question);
    const { coerced, errors } = getVariableValues(schema, operation.variableDefinitions ?? [], given);
    if (errors) throw new RefusedDocument(errors.map((error) => withCode(error, 'BAD_USER_INPUT')));
    const node = getField(checked.document, operation, coerced);
    const field = schema.getSubscriptionType()?.getFields()[node.name.value];
    assert(field, 'what is valid is in the schema');
    return {
      ...{
        query,
        document: checked.document,
        operationName: operation.name?.value,
        variables: given,
        field: field.name,
      },
      args: getArgumentValues(field, node, coerced),
      key: toKey(query, { document: checked.document, operation, node }, coerced),
      cost,
    };
  };
}

/** contracts.md, query budgets. */
const MAX_TOKENS = 1_000;
const MAX_DOCUMENTS = 500;
/** As over HTTP: to word more, or what a name is like, takes longer than all else. */
const MAX_VALIDATION_ERRORS = 10;

type Checked = { readonly document: DocumentNode } | { readonly errors: readonly GraphQLError[] };

/** A document that is none, with all that is wrong with it. */
export class RefusedDocument extends Error {
  override readonly name = 'RefusedDocument';
  constructor(readonly errors: readonly GraphQLError[]) {
    super(errors[0]?.message ?? 'The document is not valid.');
  }
}

function checkDocument(schema: GraphQLSchema, query: string): Checked {
  try {
    const document = parse(query, { maxTokens: MAX_TOKENS });
    const errors = validate(schema, document, undefined, { maxErrors: MAX_VALIDATION_ERRORS, hideSuggestions: true });
    if (errors.length > 0) return { errors: errors.map((error) => withCode(error, 'GRAPHQL_VALIDATION_FAILED')) };
    return { document };
  } catch (thrown) {
    if (thrown instanceof GraphQLError) return { errors: [withCode(thrown, 'GRAPHQL_PARSE_FAILED')] };
    // Levels without end exhaust the stack of the parser.
    if (thrown instanceof RangeError) return { errors: [createRefusal('QUERY_TOO_DEEP', 'a document of few levels')] };
    throw thrown;
  }
}

function withCode(error: GraphQLError, code: string): GraphQLError {
  return new GraphQLError(error.message, {
    nodes: error.nodes,
    source: error.source,
    positions: error.positions,
    extensions: { code },
  });
}

function createRefusal(code: string, expected: string, got = 'another one'): GraphQLError {
  return new GraphQLError(`Expected ${expected}, got ${got}.`, { extensions: { code } });
}

function getSubscription(document: DocumentNode, name: string | undefined): OperationDefinitionNode {
  const operation = getOperationAST(document, name);
  if (!operation) {
    throw createRefusal('OPERATION_RESOLUTION_FAILURE', 'operationName to name one operation of the document', 'none');
  }
  if (operation.operation === OperationTypeNode.SUBSCRIPTION) return operation;
  throw createRefusal('SUBSCRIPTION_REQUIRED', 'a subscription', `a ${operation.operation}: POST it to /graphql`);
}

/** Validation leaves one; `@skip` may leave none. */
function getField(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): FieldNode {
  const [node] = listFields(document, operation.selectionSet, variables);
  if (node) return node;
  throw createRefusal('BAD_USER_INPUT', 'a subscription of one field', 'none, as it is skipped');
}

/** Without the variable that says where to begin: who has come up with the others is told the same. */
function toKey(
  query: string,
  asked: { readonly document: DocumentNode; readonly operation: OperationDefinitionNode; readonly node: FieldNode },
  variables: Readonly<Record<string, unknown>>,
): string {
  const { document, operation, node } = asked;
  const { value } = node.arguments?.find(({ name }) => name.value === 'after') ?? {};
  const begin = value?.kind === Kind.VARIABLE ? value.name.value : undefined;
  const isOnlyThat = begin !== undefined && countUses(document, begin) === 1;
  const kept = Object.entries(variables).filter(([name]) => !isOnlyThat || name !== begin);
  return JSON.stringify([query, operation.name?.value, kept]);
}

/** Beside its definition. */
function countUses(document: DocumentNode, name: string): number {
  let uses = 0;
  visit(document, {
    enter(node) {
      if (node.kind === Kind.VARIABLE_DEFINITION) return false;
      if (node.kind === Kind.VARIABLE && node.name.value === name) uses += 1;
      return undefined;
    },
  });
  return uses;
}
