import { type ComponentName, componentNames, type Score } from '../../../schema/metrics/formulas/score/Score.js';

/** A row of table `score` without its key: columns for what is sorted and drawn by, everything else in `detail`. */
export interface ScoreRow {
  readonly methodVersion: number;
  readonly score: string | null;
  /** By component; null: the network does not record it. */
  readonly values: Readonly<Record<ComponentName, string | null>>;
  readonly pointsLost: Readonly<Record<ComponentName, string | null>>;
  readonly evidence: string;
  readonly evidenceWeight: string;
  readonly buyersEffective: string | null;
  readonly detail: ScoreDetail;
}

export type ScoreDetail = Pick<Score, 'notRecorded' | 'removed' | 'costToMove'> & {
  readonly components: readonly Pick<Score['components'][number], 'name' | 'weight' | 'basis' | 'inputs'>[];
};

export function toScoreRow(score: Score): ScoreRow {
  const pick = (value: (component: Score['components'][number]) => string) =>
    Object.fromEntries(
      componentNames.map((name) => {
        const component = score.components.find((one) => one.name === name);
        return [name, component ? value(component) : null];
      }),
    ) as Record<ComponentName, string | null>;
  return {
    methodVersion: score.methodVersion,
    score: score.score,
    values: pick(({ value }) => value),
    pointsLost: pick(({ pointsLost }) => pointsLost),
    evidence: score.evidence,
    evidenceWeight: score.evidenceWeight,
    buyersEffective: score.buyersEffective,
    detail: {
      components: score.components.map(({ name, weight, basis, inputs }) => ({ name, weight, basis, inputs })),
      ...{ notRecorded: score.notRecorded, removed: score.removed, costToMove: score.costToMove },
    },
  };
}
