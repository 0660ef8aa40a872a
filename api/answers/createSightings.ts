/** Tells whether a text was there before, lately; now and then of one that was not, which its user must not mind. */
export interface Sightings {
  /** Notes it, and says whether it had been noted. */
  note(text: string): boolean;
}

/** Remembers from `size` to twice as many texts, each by a number of 32 bits. */
export function createSightings(size: number): Sightings {
  let recent = new Set<number>();
  let older = new Set<number>();
  return {
    note(text) {
      const number = toNumber(text);
      const isKnown = recent.has(number) || older.has(number);
      recent.add(number);
      if (recent.size >= size) {
        older = recent;
        recent = new Set();
      }
      return isKnown;
    },
  };
}

/** FNV-1a over UTF-16 units (its authors' constants for 32 bits). */
function toNumber(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
