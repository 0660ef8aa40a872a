export const componentNames = ['availability', 'jobSuccess', 'promise', 'integrity'] as const;
export type ComponentName = (typeof componentNames)[number];

export type EvidenceGrade = 'none' | 'thin' | 'fair' | 'strong';

/** One part of a score. Decimals are text of six places, rounded half to even. */
export interface ScoreComponent {
  readonly name: ComponentName;
  /** Shares that add up to one over the components that the network records. */
  readonly weight: number;
  /** A lower bound, from 0.01 to 1. */
  readonly value: string;
  /** Points of a hundred that it costs; those of all components and the score add up to 100 exactly. */
  readonly pointsLost: string;
  /** Whether there is evidence for this provider, or its prior stands for it. */
  readonly basis: 'evidence' | 'prior';
  /** What it was made of, by name: sums, counts, the prior. */
  readonly inputs: Readonly<Record<string, string | number | null>>;
}

export interface Score {
  readonly subject: string;
  readonly kind: 'provider' | 'operator';
  /** Unix seconds: all that was known before. */
  readonly at: number;
  readonly methodVersion: number;
  /** 0 to 100; null where the network records nothing that a score could be made of. */
  readonly score: string | null;
  readonly components: readonly ScoreComponent[];
  /** Components that the network does not record. */
  readonly notRecorded: readonly ComponentName[];
  readonly evidence: EvidenceGrade;
  readonly evidenceWeight: string;
  /** (sum n)^2 / sum n^2 over buyers; null without any. */
  readonly buyersEffective: string | null;
  /** What was left out, and why. */
  readonly removed: {
    readonly sameCluster: number;
    readonly circulation: number;
    readonly noHistory: number;
    /** Share of its successes by weight; null without any. */
    readonly share: string | null;
  };
  /** Base units of the work token for one more point, at the margin, by buying from itself; null: it cannot be bought, or no fee is known. */
  readonly costToMove: string | null;
}
