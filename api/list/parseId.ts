import { UserError } from '../../schema/lib/errors.js';

/** Ids, addresses and kinds are stored in lower case; people paste checksummed addresses. */
export function parseId(value: string): string {
  return assertText(value).toLowerCase();
}

/** Postgres knows no NUL. */
export function assertText(value: string): string {
  if (value.includes('\u0000'))
    throw new UserError('Expected an id or a filter in text, got a NUL character: leave it out.');
  return value;
}
