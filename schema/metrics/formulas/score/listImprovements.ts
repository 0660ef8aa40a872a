import { compositeMicro } from './compositeScore.js';
import { evidenceGrade } from './evidenceGrade.js';
import { MICRO, toMicro, toMicroText } from './micro.js';
import { posteriorLower } from './prior.js';
import type { ComponentName, ScoreComponent } from './Score.js';
import { scoreMethod } from './scoreMethod.js';
import { streakFactor } from './streak.js';

/** What a score is made of, as it is published. */
export interface PublishedScore {
  readonly components: readonly Omit<ScoreComponent, 'pointsLost'>[];
  readonly evidenceWeight: string;
}

export type ImprovementKind = 'whole' | 'deliveries' | 'streak' | 'evidence' | 'heartbeats';

/** One thing that would raise a score, all else being as it is. */
export interface Improvement {
  readonly kind: ImprovementKind;
  /** The part that it is about; null: of several. */
  readonly component: ComponentName | null;
  /** Points of a hundred, six places; null: by how much is not to be said. */
  readonly points: string | null;
  /** How many tasks of full weight, or how much weight, rounded up. */
  readonly count: number | null;
}

/** So many more tasks are asked about: as many as one buyer without a history elsewhere may count for. */
export const DELIVERIES = scoreMethod.buyerCap;

/**
 * What follows of a published score alone: what each part costs and could give at most, what delivering would, how many tasks in a row end a
 * streak of failures, and what is missing to the next grade of evidence. The heaviest first, those without points last.
 */
export function listImprovements({ components, evidenceWeight }: PublishedScore): Improvement[] {
  const now = toScore(components, {});
  if (now === null) return [];
  const gain = (values: Values) => Math.max(0, (toScore(components, values) ?? now) - now);
  const found = [
    ...components.map(
      ({ name }) => ({ kind: 'whole', component: name, micro: gain({ [name]: 1 }), count: null }) as const,
    ),
    ...toDeliveries(components, gain),
    ...toStreak(components, gain),
  ];
  return [
    ...found
      .filter(({ micro }) => micro > 0)
      .toSorted((one, other) => other.micro - one.micro)
      .map(({ kind, component, micro, count }) => ({ kind, component, points: toMicroText(micro), count })),
    ...toHeartbeats(components),
    ...toEvidence(Number(evidenceWeight)),
  ];
}

type Values = Partial<Record<ComponentName, number>>;
type Gain = (values: Values) => number;
type Components = PublishedScore['components'];

interface Found {
  readonly kind: ImprovementKind;
  readonly component: ComponentName | null;
  readonly micro: number;
  readonly count: number | null;
}

/** In millionths of a point, with some parts as they are given. */
function toScore(components: Components, values: Values): number | null {
  const bounds = components.map(({ name, weight, value }) => ({ weight, value: values[name] ?? Number(value) }));
  return compositeMicro(bounds)?.score ?? null;
}

/** More tasks delivered in time, each of full weight: they speak for every part that is made of tasks. */
function toDeliveries(components: Components, gain: Gain): Found[] {
  const values: Values = {};
  for (const { name, inputs } of components) {
    const value = boundAfter(name, inputs, DELIVERIES);
    if (value !== null) values[name] = value;
  }
  if (values.jobSuccess === undefined) return [];
  return [{ kind: 'deliveries', component: null, micro: gain(values), count: DELIVERIES }];
}

/** As `componentBounds` makes it; null of what is not made of tasks. */
function boundAfter(name: ComponentName, inputs: ScoreComponent['inputs'], tasks: number): number | null {
  const of = (input: string) => Number(inputs[input] ?? 0);
  if (name === 'availability') return null;
  if (name === 'integrity') {
    const { clean, faults } = scoreMethod.integrity;
    const evidence = { successes: of('clean') + tasks, failures: of('incidents') };
    return toBound(posteriorLower({ alpha: clean, beta: faults, peers: 0 }, evidence));
  }
  const prior = { alpha: of('priorAlpha'), beta: of('priorBeta'), peers: of('priorPeers') };
  const evidence = { successes: of('successes') + tasks, failures: of('failures') * scoreMethod.failureFactor };
  const factor = name === 'jobSuccess' ? streakFactor(excessAfter(of('streakExcess'), tasks)) : 1;
  return toBound(posteriorLower(prior, evidence) * factor);
}

/** Each success takes as much off the sum; what is below the slack costs nothing. */
function excessAfter(excess: number, tasks: number): number {
  return Math.max(0, excess + tasks * scoreMethod.streak.successOdds);
}

function toStreak(components: Components, gain: Gain): Found[] {
  const job = components.find(({ name }) => name === 'jobSuccess');
  const excess = Number(job?.inputs.streakExcess ?? 0);
  if (!job || excess <= 0) return [];
  const count = Math.ceil(excess / -scoreMethod.streak.successOdds);
  return [
    { kind: 'streak', component: 'jobSuccess', micro: gain({ jobSuccess: toBound(Number(job.inputs.lower)) }), count },
  ];
}

/** Who is judged by its peers, because nothing is heard of its machines. */
function toHeartbeats(components: Components): Improvement[] {
  const availability = components.find(({ name }) => name === 'availability');
  if (availability?.basis !== 'prior') return [];
  return [{ kind: 'heartbeats', component: 'availability', points: null, count: null }];
}

function toEvidence(weight: number): Improvement[] {
  const grade = evidenceGrade(weight);
  if (grade === 'strong') return [];
  const { fair, strong } = scoreMethod.evidence;
  const missing = (grade === 'fair' ? strong : fair) - weight;
  return [{ kind: 'evidence', component: null, points: null, count: Math.ceil(missing) }];
}

/** Six places, as it would be published. */
function toBound(value: number): number {
  return toMicro(Math.min(1, Math.max(scoreMethod.floor, value))) / MICRO;
}
