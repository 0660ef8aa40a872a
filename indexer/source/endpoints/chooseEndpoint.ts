/** What the choice depends on. */
export interface Choice {
  /** Of an answer, in milliseconds; the lower the better. */
  readonly expectedMs: number;
}

/** Mostly the best; now and then another, or nothing would be learned of those that were slow once. */
export function chooseEndpoint<T extends Choice>(ready: readonly T[], random: () => number): T | undefined {
  const [best, ...others] = [...ready].sort((one, other) => one.expectedMs - other.expectedMs);
  if (others.length === 0 || random() >= EXPLORATION) return best;
  return others[Math.floor(random() * others.length)];
}

const EXPLORATION = 0.1;
