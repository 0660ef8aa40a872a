/** The twin of schema/lib/errors.ts for what runs before the TypeScript is compiled; told apart by its name alone. */
export class UserError extends Error {
  name = 'UserError';
}
