/** Raised whenever the same record would give another score. Part of every score. */
export const METHOD_VERSION = 1;

export const DAY = 86_400;

/** The constants of the score, each with its reason in docs/score.md. Times are seconds, shares are of one. */
export const scoreMethod = {
  weights: { availability: 0.3, jobSuccess: 0.35, promise: 0.15, integrity: 0.2 },
  /** No component is worth less: one of them alone cannot make a score zero for ever. */
  floor: 0.01,
  /** Lower bounds of Beta are at this quantile. */
  quantile: 0.05,
  /** Older than this is no evidence. */
  memory: 365 * DAY,
  successHalfLifeDays: 30,
  failureHalfLifeDays: 60,
  failureFactor: 2,
  /** What each buyer may count for without history elsewhere, and the share of its history that comes on top. */
  buyerCap: 10,
  buyerCapShare: 0.1,
  circulation: { window: 90 * DAY, step: 30 * DAY, windows: 10, netPosition: 0.2 },
  panel: { firstDays: 30 * DAY, minPeers: 3, minTrials: 5, mean: [0.01, 0.95], strength: [4, 50] },
  streak: {
    window: 90 * DAY,
    failureOdds: Math.log(0.5 / 0.05),
    successOdds: Math.log(0.5 / 0.95),
    slack: 4,
    cost: 0.15,
  },
  availability: { days: 30, withoutPeers: 0.5 },
  integrity: { clean: 9, faults: 1 },
  incidents: { slash: 3, equivocation: 3, clone: 3, counterReused: 3, hardware: 5, frozen: 1 },
  lostDispute: 1,
  evidence: { fair: 20, strong: 100 },
  marketDays: 90,
} as const;
