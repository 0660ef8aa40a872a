import { GraphQLError } from 'graphql';
import { type Cost, measureCost, measureOperation, type Question } from './measureCost.js';

/** contracts.md, query budgets; what it does not name is in faults.md. */
const MAX_NODES = 10_000;
const MAX_COST = 1_000;
const MAX_DEPTH = 10;
const MAX_ALIASES = 15;
const MAX_DIRECTIVES = 20;
const MAX_ROOT_FIELDS = 10;
const MAX_SCHEMAS = 1;
/** A type's fields with their types' names, as every tool asks; not the fields of these as well. */
const MAX_SCHEMA_LISTS = 1;

/**
 * Refuses a query before it runs when it is too deep, asks too much side by side or could return too many objects, by
 * the `first` of its lists; else says what it costs. A list of a list of a list is a few bytes to ask and minutes to answer.
 */
export function assertCost(question: Question): Cost {
  const { depth, aliases, fields, directives, rootFields, schemas, schemaLists } = measureOperation(question);
  if (depth > MAX_DEPTH) {
    throw refuse(`at most ${MAX_DEPTH} levels deep, got one of ${depth}: ask in several queries`, {
      code: 'QUERY_TOO_DEEP',
      depth,
      limit: MAX_DEPTH,
    });
  }
  if (schemaLists > MAX_SCHEMA_LISTS) {
    throw refuse(
      'that asks for the fields of types, not for those of their types in turn: take these from where `types` lists them',
      { code: 'QUERY_TOO_DEEP', limit: MAX_SCHEMA_LISTS },
    );
  }
  assertCount('aliases', aliases, MAX_ALIASES);
  assertCount('directives', directives, MAX_DIRECTIVES);
  assertCount('rootFields', rootFields, MAX_ROOT_FIELDS);
  assertCount('schemas', schemas, MAX_SCHEMAS);
  // Fields are counted first: what the answer holds is looked through by them.
  if (fields > MAX_NODES) throw refuseNodes(fields);
  const cost = measureCost(question);
  if (cost.nodes > MAX_NODES) throw refuseNodes(cost.nodes);
  if (cost.requested > MAX_COST) {
    throw refuse(
      `that costs at most ${MAX_COST}, got one of ${cost.requested} (a tenth of its ${cost.nodes} nodes, and ${cost.points} of its lists): ask for fewer with \`first\`, or in several queries`,
      { code: 'MAX_COST_EXCEEDED', cost: cost.requested, limit: MAX_COST },
    );
  }
  return cost;
}

const counted = {
  aliases: 'aliases',
  directives: 'directives',
  rootFields: 'fields side by side at its root',
  schemas: '`__schema`',
} as const;

function assertCount(name: keyof typeof counted, count: number, limit: number): void {
  if (count <= limit) return;
  throw refuse(`with at most ${limit} ${counted[name]}, got ${count}: ask in several queries`, {
    code: 'QUERY_TOO_COSTLY',
    [name]: count,
    limit,
  });
}

function refuseNodes(nodes: number): GraphQLError {
  return refuse(
    `of at most ${MAX_NODES} nodes, got one of up to ${nodes}: ask for fewer with \`first\`, or in several queries`,
    { code: 'QUERY_TOO_COSTLY', nodes, limit: MAX_NODES },
  );
}

function refuse(difference: string, extensions: Readonly<Record<string, unknown>>): GraphQLError {
  return new GraphQLError(`Expected a query ${difference}.`, { extensions: { ...extensions, http: { status: 400 } } });
}
