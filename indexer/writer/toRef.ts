import { isPlainText } from './digest.js';
import type { Ref } from './states.js';
import { toStorable } from './toStorable.js';

/** A text as Postgres will hold it, and the same as JSON. */
export function toRef(text: string): Ref {
  if (isPlainText(text)) return { id: text, json: `"${text}"` };
  const id = toStorable(text);
  return { id, json: JSON.stringify(id) };
}
