import type { initGraphQLTada } from 'gql.tada';
import type { introspection } from './graphql-env.js';

interface Scalars {
  BigInt: string;
  BigDecimal: string;
  Bytes: string;
  Timestamp: string;
  JSON: unknown;
}

type Graphql = ReturnType<
  typeof initGraphQLTada<{ introspection: introspection; scalars: Scalars; disableMasking: true }>
>;

/** An operation or fragment as text, with every fragment it uses, each once. */
interface Source {
  readonly parts: ReadonlySet<string>;
}

/**
 * Types come from the schema by gql.tada; at run time an operation is only its text, since the API parses it anyway.
 * The cast joins the two: the text below is exactly what those types were inferred from.
 */
export const graphql = ((text: string, fragments: readonly Source[] = []): Source => ({
  parts: new Set([text, ...fragments.flatMap((fragment) => [...fragment.parts])]),
})) as unknown as Graphql;

export function toText(document: unknown): string {
  return [...(document as Source).parts].join('\n');
}
