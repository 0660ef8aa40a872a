import type { CanonicalEvent } from '../../events/CanonicalEvent.js';
import type { Arguments } from '../../events/logs.js';

/** What one log means, said by its arguments alone. */
export type Meaning = (args: Arguments) => readonly CanonicalEvent[];

/** An id or address as the canonical vocabulary has it. */
export function hex(value: unknown): string {
  return String(value).toLowerCase();
}
