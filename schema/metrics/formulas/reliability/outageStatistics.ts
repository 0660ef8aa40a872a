import { assert } from '../../../lib/assert.js';
import { chiSquareQuantile } from '../statistics/chiSquareQuantile.js';

/** Any unit of time, the same for all; outages are cut at the edges of the time that is looked at. */
export interface OutageSums {
  readonly up: number;
  /** In outages, open ones too. */
  readonly down: number;
  /** Outages that began. */
  readonly failures: number;
  /** Outages that ended, and how long they were together. */
  readonly repairs: number;
  readonly repairedDown: number;
}

export interface OutageStatistics {
  /** Up time between failures; null without one, never Infinity: then `mtbfLower95` says how long it is at least. */
  readonly mtbf: number | null;
  /** Bounds of it, of 95 % from both sides. Null without a failure. */
  readonly mtbfLow: number | null;
  readonly mtbfHigh: number | null;
  readonly failureRateLow: number | null;
  readonly failureRateHigh: number | null;
  /** Without a failure, of 95 % from one side ("rule of three"); else null. */
  readonly mtbfLower95: number | null;
  readonly failureRateUpper95: number | null;
  /** Mean of outages that ended: too small while a long one is open. Null without one. */
  readonly mttrCompleted: number | null;
  /** All time down by what was repaired, the estimate that takes an open outage for one that is not over. Null without a repair. */
  readonly mttrExposure: number | null;
  /** Null: nothing is known. */
  readonly availability: number | null;
}

/**
 * Mean times between failures and to repair, an open outage being censored (`REL-09`): of exponential times the interval of the
 * rate is `chi2(.025, 2r) / 2T` to `chi2(.975, 2r + 2) / 2T` (Epstein & Sobel 1953), T being the time up.
 */
export function outageStatistics({ up, down, failures, repairs, repairedDown }: OutageSums): OutageStatistics {
  assert(
    up >= 0 && down >= 0 && repairedDown >= 0 && repairedDown <= down,
    `times of zero or more, got ${up} and ${down}`,
  );
  const isExposed = up > 0;
  const hasFailed = isExposed && failures > 0;
  const low = hasFailed ? chiSquareQuantile(0.025, 2 * failures) / (2 * up) : null;
  const high = hasFailed ? chiSquareQuantile(0.975, 2 * failures + 2) / (2 * up) : null;
  const isFlawless = isExposed && failures === 0;
  return {
    mtbf: hasFailed ? up / failures : null,
    mtbfLow: high === null ? null : 1 / high,
    mtbfHigh: low === null ? null : 1 / low,
    failureRateLow: low,
    failureRateHigh: high,
    mtbfLower95: isFlawless ? up / RULE_OF_THREE : null,
    failureRateUpper95: isFlawless ? RULE_OF_THREE / up : null,
    mttrCompleted: repairs > 0 ? repairedDown / repairs : null,
    mttrExposure: repairs > 0 ? down / repairs : null,
    availability: up + down > 0 ? up / (up + down) : null,
  };
}

/** `-ln .05`, about three. */
const RULE_OF_THREE = -Math.log(0.05);
