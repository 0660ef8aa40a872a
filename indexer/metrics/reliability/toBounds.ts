import { effectiveSampleSize } from '../../../schema/metrics/formulas/reliability/effectiveSampleSize.js';
import { roundHalfEven } from '../../../schema/metrics/formulas/statistics/roundHalfEven.js';
import { wilsonInterval } from '../../../schema/metrics/formulas/statistics/wilsonInterval.js';

/** What a window of a subject adds up to, in slots; sums over its nodes. */
export interface WindowSums {
  readonly up: number;
  readonly known: number;
  readonly failures: number;
  readonly repairs: number;
  readonly outageDown: number;
}

/** Decimal text of six places; null: nothing is known. */
export interface WindowBounds {
  readonly effectiveN: string | null;
  readonly lower: string | null;
  readonly upper: string | null;
}

/** Wilson's 95 % interval of the uptime, over as many trials as slots that hang together are worth (`REL-08`). */
export function toBounds({ up, known, failures, repairs, outageDown }: WindowSums): WindowBounds {
  if (known === 0) return { effectiveN: null, lower: null, upper: null };
  const n = effectiveSampleSize({ slots: known, up, down: outageDown, failures, repairs });
  // All up stays all up, whatever the division does to the last bit.
  const successes = up === known ? n : Math.min(n, (up / known) * n);
  const { lower, upper } = wilsonInterval({ successes, n });
  return { effectiveN: roundHalfEven(n), lower: roundHalfEven(lower), upper: roundHalfEven(upper) };
}
