import {
  BREAK,
  type DocumentNode,
  type FieldNode,
  GraphQLIncludeDirective,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getArgumentValues,
  getDirectiveValues,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionSetNode,
  visit,
} from 'graphql';
import { type BlockRequest, createPointError, type PointRequest } from './PointRequest.js';
import { type FinalityName, pointArguments, presentFields, timelessFields } from './pointArguments.js';

export interface Question {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

type Values = Readonly<Record<string, unknown>>;

/**
 * The moment that all root fields of a query name, by literals or variables. Null: that of now. Arguments that do not fit
 * are left to the execution, which says so in its own words.
 */
export function readPointRequest({ schema, document, operation, variables }: Question): PointRequest | null {
  const query = schema.getQueryType();
  if (operation.operation !== OperationTypeNode.QUERY || !query || !namesMoment(document)) return null;
  const { coerced, errors } = getVariableValues(schema, operation.variableDefinitions ?? [], { ...variables });
  if (errors) return null;
  const asked: { readonly name: string; readonly args: Values }[] = [];
  for (const node of listFields(document, operation.selectionSet, coerced)) {
    const field = query.getFields()[node.name.value];
    if (!field || timelessFields.has(field.name)) continue;
    try {
      asked.push({ name: field.name, args: getArgumentValues(field, node, coerced) });
    } catch {
      return null;
    }
  }
  return toPointRequest(asked);
}

/** As long as Apollo keeps the documents: a query that comes again need not be read again for what it does not say. */
const known = new WeakMap<DocumentNode, boolean>();

/** Whether an argument of that name stands anywhere in it. */
function namesMoment(document: DocumentNode): boolean {
  let found = known.get(document);
  if (found !== undefined) return found;
  found = false;
  visit(document, {
    Argument({ name }) {
      if (!(name.value in pointArguments)) return undefined;
      found = true;
      return BREAK;
    },
  });
  known.set(document, found);
  return found;
}

/** What is selected, fragments and directives regarded. */
export function* listFields(document: DocumentNode, set: SelectionSetNode, variables: Values): Generator<FieldNode> {
  const seen = new Set<string>();
  yield* list(set);

  function* list({ selections }: SelectionSetNode): Generator<FieldNode> {
    for (const selection of selections) {
      if (getDirectiveValues(GraphQLSkipDirective, selection, variables)?.if === true) continue;
      if (getDirectiveValues(GraphQLIncludeDirective, selection, variables)?.if === false) continue;
      if (selection.kind === Kind.FIELD) yield selection;
      else if (selection.kind === Kind.INLINE_FRAGMENT) yield* list(selection.selectionSet);
      else {
        const name = selection.name.value;
        if (seen.has(name)) continue;
        seen.add(name);
        const fragment = document.definitions.find(
          (node) => node.kind === Kind.FRAGMENT_DEFINITION && node.name.value === name,
        );
        if (fragment?.kind === Kind.FRAGMENT_DEFINITION) yield* list(fragment.selectionSet);
      }
    }
  }
}

/** The same of arguments that were read already, by the names of their fields. */
export function toPointRequest(
  asked: readonly { readonly name: string; readonly args: Values }[],
): PointRequest | null {
  const points = asked.map(({ name, args }) => ({
    name,
    block: toBlock((args.block ?? null) as Values | null),
    finality: (args.finality ?? 'LATEST') as FinalityName,
  }));
  const [first] = points;
  if (!first) return null;
  const other = points.find((point) => toKey(point) !== toKey(first));
  if (other) {
    const present = [first, other].find(({ name }) => presentFields.has(name));
    const advice = present
      ? `\`${present.name}\` is known of now only: ask for it in a query of its own`
      : 'give them the same `block` and `finality`, or ask in two queries';
    throw createPointError(
      'BLOCK_MIXED',
      `Expected all fields of a query to be of one moment, got \`${first.name}\` and \`${other.name}\` of two: ${advice}.`,
    );
  }
  if (!first.block && first.finality === 'LATEST') return null;
  return { block: first.block, finality: first.finality, ...listPlaces(asked.map(({ args }) => args)) };
}

function toKey({ block, finality }: { readonly block: BlockRequest | null; readonly finality: string }): string {
  return JSON.stringify([block, finality]);
}

function toBlock(input: Values | null): BlockRequest | null {
  if (!input) return null;
  const given = Object.entries(input).filter(([, value]) => value !== null && value !== undefined);
  const [only] = given;
  if (!only || given.length > 1) {
    throw createPointError(
      'BAD_USER_INPUT',
      `Expected \`block\` to have one of number, hash, number_gte and timestamp, got ${given.map(([name]) => name).join(' and ') || 'none'}.`,
    );
  }
  const [kind, value] = only;
  switch (kind) {
    case 'number':
    case 'number_gte':
      return { kind, number: String(value) };
    case 'hash':
      return { kind, hash: String(value) };
    default:
      return { kind: 'timestamp', time: value as Date };
  }
}

/** Arguments that name a network, or something of one by an id that begins with it. */
const naming = ['network', 'network_in', 'networks', 'id', 'id_in', 'ids', 'provider', 'job', 'subject'];

function listPlaces(args: readonly Values[]): Pick<PointRequest, 'networks' | 'chains'> {
  const networks = new Set<string>();
  const chains = new Set<string>();
  for (const values of args.flatMap((one) => [one, (one.where ?? {}) as Values, (one.workload ?? {}) as Values])) {
    for (const id of naming.flatMap((name) => values[name] ?? [])) {
      if (typeof id === 'string') networks.add(id.toLowerCase().split(':', 1).join());
    }
    if (typeof values.chain === 'string') chains.add(values.chain);
  }
  return { networks: [...networks], chains: [...chains] };
}
