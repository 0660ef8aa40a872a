import { cleanText } from './cleanText.js';
import { isPlainText } from './digest.js';
import type { Ref } from './states.js';

/** A text as Postgres will hold it, and the same as JSON. */
export function toRef(text: string): Ref {
  if (isPlainText(text)) return { id: text, json: `"${text}"` };
  const id = cleanText(text);
  return { id, json: JSON.stringify(id) };
}
