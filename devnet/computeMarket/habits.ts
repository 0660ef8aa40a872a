import { parseEther } from 'viem';

/** What the market holds everybody to, as it is deployed. */
export const rules = {
  feeBps: 250n,
  minimumStakeWei: parseEther('50'),
  slashBps: 5_000n,
  verdictS: 6 * 3600,
} as const;

/** The owner lowers the fee at this part of the history. */
export const feeChange = { at: 0.55, feeBps: 200n } as const;

/** Reasons of TaskFailed that a provider gives (docs/compute-market.md), as often as an honest one does. */
export const failures = { reasons: [16, 17, 18, 19, 20], weights: [2, 3, 2, 2, 4] } as const;
export const outOfMemory = 17;
export const networkLost = 19;

/** What becomes of a delivered task: who judges it, and how. */
export const verdicts = ['verified', 'acceptedByBuyer', 'unattended', 'rejected', 'disputed'] as const;
export type Verdict = (typeof verdicts)[number];

/** Everything the dice decide, and how fast things go. Weights of verdicts stand in their order above. */
export const habits = {
  jobsPerDay: 5.6,
  /** Demand at the start and at the end of the history, as a multiple of `jobsPerDay`. */
  growth: { from: 0.75, to: 1.25 },
  /** Tasks of a job, from one on. */
  volumeWeights: [42, 22, 13, 9, 6, 4, 2, 2],
  workHours: [0.5, 1, 2, 4, 8],
  workHourWeights: [25, 30, 25, 14, 6],
  /** What a buyer pays for in advance, beyond what the work usually takes, in percent. */
  marginPercent: 20,
  /** A provider takes no more jobs than so many at a time. */
  maxJobs: 4,
  /** However cheap an offer is, it draws no more than this multiple of its provider's share, squared. */
  maxCheapness: 2,
  declinedShare: 0.012,
  retriedShare: 0.6,
  honestVerdicts: [840, 90, 55, 8, 7],
  faultlessVerdicts: [900, 100, 0, 0, 0],
  overPromisingVerdicts: [60, 5, 0, 35, 0],
  slashedVerdicts: [25, 5, 0, 45, 25],
  appealShare: 0.7,
  honestWins: 0.7,
  slashedWins: 0.1,
  stallShare: 0.25,
  repriceDays: 7,
  /** Hours that the flapping node is there, and that it is away. */
  presentHours: [5, 26],
  awayHours: [1, 6],
  lostWorkShare: 0.8,
  /** Hours between two of the washing provider's jobs, around the clock. */
  washHours: [8, 18],
  /** Hours between two trades of the circle, whose tasks are as long as in each of its rounds the first. */
  circleHours: [12, 36],
  circleTasks: [2, 4],
  circleWorkS: [3_600, 9_000],
  /** From this part of the history on one buyer slanders, a small job at a time, so many hours after the last. */
  slanderFrom: 0.2,
  slanderHours: [20, 44],
  /** Hours between two jobs of buyers that are ever new, and how many jobs each of them buys. */
  freshHours: [10, 26],
  freshJobs: [3, 5],
  /** Tasks of those who buy for the record only take minutes. */
  stagedWorkS: [600, 1_800],
  /** Minimum stakes for each node, and for each provider as a whole. */
  stakeOfNode: 8,
  stakeOfProvider: 12,
  topUpBelow: 4,
  topUpBy: 10,
  treasuryDays: 30,
  /** Live: for so long after a start a job arrives every so many seconds, and later on every so many. */
  busyS: 2 * 3600,
  busyGapS: [20, 45],
  calmGapS: [180, 300],
  /** Of the live jobs, those that take hours, as in the history. */
  longShare: 0.15,
} as const;
