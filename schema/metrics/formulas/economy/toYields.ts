import { divide } from './divide.js';

export interface StakeUse {
  /** Stake, in base units, times the seconds that it was bonded: of the window, never the closing balance. */
  readonly stakeSeconds: bigint;
  readonly seconds: number;
  /** All that stake earned in the window, what buyers paid included. */
  readonly rewards: bigint;
  /** What of it buyers paid. */
  readonly feeRewards: bigint;
  readonly slashed: bigint;
}

export interface Yields {
  readonly apr: number | null;
  /** If the same were earned on what was earned, window after window; only true where rewards are added to the stake. */
  readonly apyCompounded: number | null;
  /** What buyers pay for, without what is newly made. */
  readonly realYieldApr: number | null;
  readonly annualSlashRate: number | null;
}

/** A year is 365 days, by definition. */
const YEAR_SECONDS = 365 * 86_400;

/** Yearly rates on time-weighted stake (`ECO-02`). Null without stake or time, and where a rate passes any number. */
export function toYields({ stakeSeconds, seconds, rewards, feeRewards, slashed }: StakeUse): Yields {
  const toRate = (amount: bigint) =>
    stakeSeconds > 0n && seconds > 0 ? divide(amount * BigInt(YEAR_SECONDS), stakeSeconds) : null;
  return {
    apr: toRate(rewards),
    apyCompounded: compound(
      stakeSeconds > 0n && seconds > 0 ? divide(rewards * BigInt(seconds), stakeSeconds) : null,
      seconds,
    ),
    realYieldApr: toRate(feeRewards),
    annualSlashRate: toRate(slashed),
  };
}

function compound(rate: number | null, seconds: number): number | null {
  if (rate === null || rate < -1) return null;
  const value = Math.expm1((YEAR_SECONDS / seconds) * Math.log1p(rate));
  return Number.isFinite(value) ? value : null;
}
