import type { FastifyRequest } from 'fastify';
import { assertPersisted } from './assertPersisted.js';
import { Refusal } from './Refusal.js';

/** faults.md: a query of as many tokens as are allowed has fewer characters; long values belong into variables. */
const MAX_CHARACTERS = 15_000;
/** A filter is three levels deep. What is deeper by thousands overflows the stack of whoever walks through it. */
const MAX_VARIABLE_DEPTH = 32;

/** Before anything is parsed. What is no text or no object is refused by GraphQL over HTTP itself. */
export function assertRequest({ method, body, query: parameters }: FastifyRequest): void {
  const { query, variables, extensions } = ((method === 'GET' ? parameters : body) ?? {}) as Asked;
  if (typeof query === 'string' && query.length > MAX_CHARACTERS) {
    throw new Refusal(
      `Expected a query of at most ${MAX_CHARACTERS} characters, got ${query.length}: ask in several queries, and give long values as variables.`,
      { status: 400, code: 'QUERY_TOO_LONG', details: { characters: query.length, limit: MAX_CHARACTERS } },
    );
  }
  assertPersisted(query, toObject(extensions));
  assertVariables(toObject(variables));
}

export function assertVariables(variables: unknown): void {
  if (!isDeeper(variables, MAX_VARIABLE_DEPTH)) return;
  throw new Refusal(
    `Expected variables at most ${MAX_VARIABLE_DEPTH} levels deep, got deeper ones: a filter has three levels.`,
    { status: 400, code: 'VARIABLES_TOO_DEEP', details: { limit: MAX_VARIABLE_DEPTH } },
  );
}

interface Asked {
  readonly query?: unknown;
  readonly variables?: unknown;
  readonly extensions?: unknown;
}

/** In a URL they are JSON. */
function toObject(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  for (const inner of Object.values(value)) if (isDeeper(inner, levels - 1)) return true;
  return false;
}
