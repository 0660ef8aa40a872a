import type { CanonicalEvent } from '../../events/CanonicalEvent.js';
import type { Arguments } from '../../events/logs.js';

/** What one log means, said by its arguments alone. */
export type Meaning = (args: Arguments) => readonly CanonicalEvent[];
