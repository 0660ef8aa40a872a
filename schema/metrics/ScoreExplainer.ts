import type { ScoreChange } from './formulas/score/explainChange.js';

/** Whose score is asked about, and between which two. */
export interface ScoreQuestion {
  readonly networkId: string;
  readonly providerId: string;
  /** Hours of unix time as of which there are scores; `to` is not before `from`. */
  readonly from: number;
  readonly to: number;
}

/**
 * Tells why a score is another one than before. Whoever puts an instance together hands it to the API, which knows no roller.
 * @throws UserError where it would take too much reading, RetryableError while the database is out of reach.
 */
export type ScoreExplainer = (question: ScoreQuestion) => Promise<ScoreChange>;
