import { createHash } from 'node:crypto';
import { Refusal } from './Refusal.js';

interface Persisted {
  readonly version?: unknown;
  readonly sha256Hash?: unknown;
}

/** A query that is to be found again by its hash: what does not fit is worded here, as Apollo gives it no code. */
export function assertPersisted(query: unknown, extensions: unknown): void {
  const persisted = (extensions as { readonly persistedQuery?: Persisted } | null | undefined)?.persistedQuery;
  if (typeof persisted !== 'object' || persisted === null) return;
  const { version, sha256Hash } = persisted;
  if (version !== 1 || typeof sha256Hash !== 'string') {
    throw refuse('version 1 with a `sha256Hash`', 'something else');
  }
  if (typeof query !== 'string') return;
  const hash = createHash('sha256').update(query).digest('hex');
  if (hash !== sha256Hash) throw refuse(`the hash of its text, ${hash}`, 'another one');
}

function refuse(expected: string, got: string): Refusal {
  return new Refusal(`Expected \`extensions.persistedQuery\` to be ${expected}, got ${got}.`, {
    status: 400,
    code: 'BAD_PERSISTED_QUERY',
  });
}
