/**
 * Livepeer's leaderboard (livepeer/leaderboard-serverless, `score/stats_scorer.go`; `REP-02`). One tester, no confidence, and the median
 * moves with the crowd. A median of 0 makes theirs NaN: here there is no round trip score, so no score, null.
 */
export function livepeerRoundTripScore(input: { readonly rtt: number; readonly medianRtt: number }): number | null {
  if (!(input.medianRtt > 0)) return null;
  return Math.exp((Math.log(0.8) * input.rtt) / input.medianRtt);
}

/** `0.65 success + 0.35 round trip`; 0 of whoever never succeeded. */
export function livepeerAiScore(input: {
  readonly successRate: number;
  readonly roundTripScore: number | null;
}): number | null {
  if (input.successRate === 0) return 0;
  return input.roundTripScore === null ? null : 0.65 * input.successRate + 0.35 * input.roundTripScore;
}

/** `success (1 - e^(-segment / round trip))`. A round trip of no time is as fast as can be. */
export function livepeerTranscodingScore(input: {
  readonly successRate: number;
  readonly segDuration: number;
  readonly rtt: number;
}): number {
  const latency = input.rtt > 0 ? 1 - Math.exp(-input.segDuration / input.rtt) : 1;
  return input.successRate * latency;
}
