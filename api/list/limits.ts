import { UserError } from '../../schema/lib/errors.js';

/** contracts.md, query budgets. */
export const FIRST_MAX = 1_000;
const SKIP_MAX = 5_000;

export function assertPage(page: { readonly first: number; readonly skip: number }): void {
  assertFirst(page.first);
  if (page.skip > SKIP_MAX) {
    throw new UserError(
      `Expected skip to be from 0 to ${SKIP_MAX}, got ${page.skip}: go further with \`after\` of the connection beside the list.`,
    );
  }
  assertRange('skip', page.skip, { min: 0, max: SKIP_MAX });
}

export function assertFirst(first: number): void {
  assertRange('first', first, { min: 1, max: FIRST_MAX });
}

export function assertDays(days: number): void {
  assertRange('days', days, { min: 1, max: FIRST_MAX });
}

export function assertRange(name: string, value: number, range: { readonly min: number; readonly max: number }): void {
  if (value < range.min || value > range.max) {
    throw new UserError(`Expected ${name} to be from ${range.min} to ${range.max}, got ${value}.`);
  }
}
