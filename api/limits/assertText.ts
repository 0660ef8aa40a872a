import type { FastifyRequest } from 'fastify';
import { Refusal } from './Refusal.js';

/** faults.md: a query of as many tokens as are allowed has fewer characters; long values belong into variables. */
const MAX_CHARACTERS = 15_000;

/** Before anything is parsed. What is no text is refused by GraphQL over HTTP itself. */
export function assertText({ method, body, query: parameters }: FastifyRequest): void {
  const asked = (method === 'GET' ? parameters : body) as { readonly query?: unknown } | null | undefined;
  const text = asked?.query;
  if (typeof text !== 'string' || text.length <= MAX_CHARACTERS) return;
  throw new Refusal(
    `Expected a query of at most ${MAX_CHARACTERS} characters, got ${text.length}: ask in several queries, and give long values as variables.`,
    { status: 400, code: 'QUERY_TOO_LONG', details: { characters: text.length, limit: MAX_CHARACTERS } },
  );
}
