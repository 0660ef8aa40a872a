import { QueryTimeout } from './QueryTimeout.js';

export interface Allowance {
  /** Waits for its turn; throws `QueryTimeout` without running anything once the time is used up. */
  spend<Result>(sql: string, run: () => Promise<Result>): Promise<Result>;
}

/**
 * What one answer may ask of the database: so many statements at once, so that others come in between, and so much of its
 * time in all. A query of many lists is within its nodes, and might let each of them run until its limit.
 */
export function createAllowance({ atOnce, totalMs }: { readonly atOnce: number; readonly totalMs: number }): Allowance {
  let free = atOnce;
  let leftMs = totalMs;
  const waiting: (() => void)[] = [];
  return {
    async spend(sql, run) {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      const begunAt = performance.now();
      try {
        if (leftMs <= 0) throw new QueryTimeout(totalMs, sql);
        return await run();
      } finally {
        leftMs -= performance.now() - begunAt;
        const next = waiting.shift();
        if (next) next();
        else free += 1;
      }
    },
  };
}
