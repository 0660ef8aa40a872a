/** JSON with sorted keys and hex in lower case: two ways to ask the same are one text. */
export function toCanonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(toCanonical).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
    const sorted = entries.sort(([one], [other]) => (one < other ? -1 : 1));
    return `{${sorted.map(([key, entry]) => `${JSON.stringify(key)}:${toCanonical(entry)}`).join(',')}}`;
  }
  if (typeof value === 'string' && /^0x/i.test(value)) return JSON.stringify(value.toLowerCase());
  return JSON.stringify(value) ?? 'null';
}
