/** So many keep one thread busy while their statements run. */
export const DEFAULT_AT_ONCE = 8;

/** Whose turn it is to be worked on. */
export interface Turns {
  /** Waits for a turn, which ends when what it returns is called. */
  take(): Promise<() => void>;
}

/**
 * So many requests are worked on at once, and the others wait in the order in which they came: a process that begins with all of them at once
 * takes longer for each (docs/decisions/0024-turns.md). A turn ends after `longestMs` at the latest, though not the work: what waits for the
 * database keeps nobody from the processor.
 */
export function createTurns({
  atOnce,
  longestMs = 100,
}: {
  readonly atOnce: number;
  readonly longestMs?: number;
}): Turns {
  let free = atOnce;
  const waiting: (() => void)[] = [];

  function begin(): () => void {
    let isOver = false;
    const timer = setTimeout(end, longestMs).unref();
    return end;

    function end(): void {
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  }

  return {
    async take() {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      return begin();
    },
  };
}
