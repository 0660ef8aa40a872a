import { effectiveBuyers } from './buyerDiversity.js';
import type { Evidence } from './collectEvidence.js';
import type { ComponentBound } from './componentBounds.js';
import { compositeMicro } from './compositeScore.js';
import { costToMove } from './costToMove.js';
import type { ScoreContext } from './createContext.js';
import { evidenceGrade } from './evidenceGrade.js';
import { MICRO, toMicro, toMicroText, toSixPlaces } from './micro.js';
import { type ComponentName, componentNames, type Score, type ScoreComponent } from './Score.js';
import { METHOD_VERSION, scoreMethod } from './scoreMethod.js';
import type { Subject } from './subjects.js';

export type ComponentBounds = Readonly<Partial<Record<ComponentName, ComponentBound>>>;

/** Puts the recorded components together. What the network does not record has no weight: the others share it in proportion. */
export function toScore(
  context: ScoreContext,
  subject: Subject,
  { bounds, evidence }: { readonly bounds: ComponentBounds; readonly evidence: Evidence },
): Score {
  const weighed = weighBounds(bounds);
  const composite = compositeMicro(weighed);
  const components = weighed.map(
    ({ name, weight, micro, bound }, index): ScoreComponent => ({
      name,
      weight,
      value: toMicroText(micro),
      pointsLost: toMicroText(composite?.pointsLost[index] ?? 0),
      basis: bound.basis,
      inputs: bound.inputs,
    }),
  );
  const total = evidence.success + evidence.failure;
  const buyers = effectiveBuyers(evidence.byBuyer);
  const { success: allSuccess, ...removed } = evidence.removed;
  return {
    subject: subject.id,
    kind: subject.kind,
    at: context.at,
    methodVersion: METHOD_VERSION,
    score: composite === null ? null : toMicroText(composite.score),
    components,
    notRecorded: componentNames.filter((name) => bounds[name] === undefined),
    evidence: evidenceGrade(total),
    evidenceWeight: toSixPlaces(total),
    buyersEffective: buyers === null ? null : toSixPlaces(buyers),
    removed: {
      ...removed,
      share: allSuccess === 0 ? null : toSixPlaces(Math.max(0, allSuccess - evidence.success) / allSuccess),
    },
    costToMove: costToMove(context, { weighed, score: (composite?.score ?? 0) / MICRO }),
  };
}

export interface WeighedBound {
  readonly name: ComponentName;
  readonly weight: number;
  /** Rounded: a score can be made again from the components that are published. */
  readonly value: number;
  readonly micro: number;
  readonly bound: ComponentBound;
}

export function weighBounds(bounds: ComponentBounds): WeighedBound[] {
  const recorded = componentNames.flatMap((name) => {
    const bound = bounds[name];
    return bound === undefined ? [] : [{ name, bound, weight: scoreMethod.weights[name], micro: toMicro(bound.value) }];
  });
  const total = recorded.reduce((sum, { weight }) => sum + weight, 0);
  return recorded.map((entry) => ({ ...entry, weight: entry.weight / total, value: entry.micro / MICRO }));
}
