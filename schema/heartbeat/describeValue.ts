/**
 * What came where something else was expected, for a message: short texts and numbers as they are, all else by its type. To
 * write out a list of lists of lists is what a stranger may have sent it for.
 */
export function describeValue(value: unknown): string {
  if (value === undefined) return 'none';
  if (value === null) return 'null';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object') return 'an object';
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 80)) : String(value).slice(0, 80);
}
