/** A few requests at a time. */
export interface Lanes {
  /** Runs it as soon as a lane is free: `fresh` work before what failed already, to which one lane is always closed. */
  run<T>(work: () => Promise<T>, isFresh: boolean): Promise<T>;
}

export function createLanes(count: number): Lanes {
  let running = 0;
  let again = 0;
  const waiting: { readonly isFresh: boolean; readonly begin: () => void }[] = [];

  const mayRun = (isFresh: boolean) => running < count && (isFresh || again < Math.max(1, count - 1));

  function next(): void {
    for (const isFresh of [true, false]) {
      const at = waiting.findIndex((one) => one.isFresh === isFresh);
      if (at >= 0 && mayRun(isFresh)) waiting.splice(at, 1)[0]?.begin();
    }
  }

  return {
    async run(work, isFresh) {
      if (!mayRun(isFresh)) await new Promise<void>((begin) => waiting.push({ isFresh, begin: () => begin(take()) }));
      else take();
      try {
        return await work();
      } finally {
        running -= 1;
        if (!isFresh) again -= 1;
        next();
      }

      function take(): void {
        running += 1;
        if (!isFresh) again += 1;
      }
    },
  };
}
