import { GraphQLError } from 'graphql';
import { UserError } from '../../schema/lib/errors.js';
import { assertVariables } from '../limits/assertRequest.js';
import { ENTRY, type Gate } from '../limits/createGate.js';
import { Refusal } from '../limits/Refusal.js';
import type { Client } from '../limits/throttle/Throttle.js';
import type { Hub } from './createHub.js';
import type { Sink } from './Hub.js';
import { RefusedDocument, type SubscriptionReader, type SubscriptionRequest } from './readSubscription.js';

export interface OperationsOptions {
  readonly hub: Hub;
  readonly read: SubscriptionReader;
  /** Takes what a subscription costs, once for each that begins. */
  readonly gate: Gate;
}

/** Starts what a client subscribes to; throws `RefusedSubscription` with what it learns, or the `Refusal` of the gate. Ends with what it returns. */
export function startOperation(
  { hub, read, gate }: OperationsOptions,
  client: Client,
  { request, sink, after }: { readonly request: unknown; readonly sink: Sink; readonly after?: string | undefined },
): () => void {
  try {
    // To find out that a document is none takes as long as anything here.
    gate.pay(client, ENTRY);
    const subscription = read(parseRequest(request));
    gate.throttle?.refund(client, ENTRY);
    gate.pay(client, subscription.cost);
    return hub.subscribe(subscription, sink, after);
  } catch (thrown) {
    // Each transport has its own way to say when to come again.
    if (thrown instanceof Refusal) throw thrown;
    throw new RefusedSubscription(toErrors(thrown));
  }
}

/** What a client asks for and does not get. */
export class RefusedSubscription extends Error {
  override readonly name = 'RefusedSubscription';
  constructor(readonly errors: readonly GraphQLError[]) {
    super(errors[0]?.message);
  }
}

/** Bugs are among them: whoever words them for the client keeps their text back. */
function toErrors(thrown: unknown): readonly GraphQLError[] {
  if (thrown instanceof RefusedDocument) return thrown.errors;
  if (thrown instanceof UserError)
    return [new GraphQLError(thrown.message, { extensions: { code: 'BAD_USER_INPUT' } })];
  if (thrown instanceof GraphQLError) return [thrown];
  return [new GraphQLError('Internal server error', { originalError: thrown instanceof Error ? thrown : null })];
}

function parseRequest(request: unknown): SubscriptionRequest {
  const { query, operationName, variables, extensions } = (request ?? {}) as Readonly<Record<string, unknown>>;
  const isObject = (value: unknown) => value == null || (typeof value === 'object' && !Array.isArray(value));
  if (typeof query !== 'string' || query === '' || query.length > MAX_CHARACTERS) {
    throw new UserError(`Expected query as a text of 1 to ${MAX_CHARACTERS} characters, got ${describe(query)}.`);
  }
  if (operationName != null && typeof operationName !== 'string') {
    throw new UserError(`Expected operationName as a text, got ${describe(operationName)}.`);
  }
  if (!isObject(variables)) throw new UserError(`Expected variables as an object, got ${describe(variables)}.`);
  assertVariables(variables);
  if (!isObject(extensions)) throw new UserError(`Expected extensions as an object, got ${describe(extensions)}.`);
  return { query, operationName, variables: variables as SubscriptionRequest['variables'] };
}

/** faults.md, B2. */
const MAX_CHARACTERS = 15_000;

function describe(value: unknown): string {
  if (typeof value === 'string') return `one of ${value.length}`;
  return value === undefined ? 'nothing' : Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}
