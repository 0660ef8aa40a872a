import { assert } from '../../../lib/assert.js';
import { boundComponents, findPriors, type SubjectPriors } from './boundComponents.js';
import { compositeMicro, compositeScore } from './compositeScore.js';
import { createContext, type ScoreContext } from './createContext.js';
import { createOwnState, type OwnState } from './createOwnState.js';
import { listChanges, type OwnChange } from './listChanges.js';
import { toMicroText } from './micro.js';
import type { NetworkRecord } from './NetworkRecord.js';
import { type PreparedRecord, prepareRecord } from './prepareRecord.js';
import { type ComponentName, componentNames } from './Score.js';
import { sharePoints } from './sharePoints.js';
import { listSubjects, type Subject } from './subjects.js';
import { weighBounds } from './toScore.js';

export interface ScoreCause {
  readonly component: ComponentName;
  /**
   * `aging`: what was known counts less, or is out of its window. `outcome`, `overdue`, `slots`, `incident`: something new of its own.
   * `prior`: what its peers did. `removal`: who is linked, what goes round, and what its buyers did elsewhere.
   */
  readonly kind: 'aging' | OwnChange['kind'] | 'prior' | 'removal';
  /** Unix seconds; null of what is no single thing. */
  readonly at: number | null;
  /** Points of a hundred, six places, with its sign. */
  readonly points: string;
  /** Ids of events, `<node>/<day>` of flags, `<provider>/<day>` of slots, ids of tasks where a deadline says it. */
  readonly evidenceIds: readonly string[];
  readonly taskId: string | null;
  /** What an outcome or incident was. */
  readonly what: string | null;
}

export interface ScoreChange {
  readonly subject: string;
  readonly kind: Subject['kind'];
  readonly from: number;
  readonly to: number;
  readonly before: string | null;
  readonly after: string | null;
  /** `after` less `before`; null where one of them is. */
  readonly points: string | null;
  /** They add up to `points` exactly, and those of a component to its share. */
  readonly components: readonly { readonly name: ComponentName; readonly points: string }[];
  readonly causes: readonly ScoreCause[];
}

export interface ChangeOptions {
  readonly subject: string;
  readonly kind?: Subject['kind'];
  /** Day boundaries, or the last hour of the record: of a day that is over, slots are known as a whole only. */
  readonly from: number;
  readonly to: number;
}

/**
 * Why a score is another one than before, as causes that add up exactly. The evidence of `from` is first weighed as of `to`, then what is
 * new comes in one by one in the order of time, then what others did. Each step's share is by the logarithm of the component (the
 * logarithmic mean divides a product's change without a rest; Ang 2005), rounded by largest remainder.
 */
export function explainChange(record: NetworkRecord, options: ChangeOptions): ScoreChange {
  return explainPrepared(prepareRecord(record), options);
}

/** The same of a record that was prepared with its sources. */
export function explainPrepared(prepared: PreparedRecord, options: ChangeOptions): ScoreChange {
  const { from, to, kind = 'provider' } = options;
  assert(from <= to, `a time and a later one, got ${from} and ${to}`);
  const contexts = { before: createContext(prepared, { at: from }), after: createContext(prepared, { at: to }) };
  const after = findSubject(contexts.after, { id: options.subject, kind });
  assert(after !== undefined, `a ${kind} known by ${to}, got ${options.subject}`);
  const before =
    findSubject(contexts.before, { id: options.subject, kind }) ??
    findSubject(contexts.before, { id: options.subject, kind: 'provider' });
  const head = { subject: options.subject, kind, from, to };
  const last = toStep(contexts.after, {
    own: createOwnState(contexts.after, after),
    priors: findPriors(contexts.after, after),
  });
  if (before === undefined)
    return { ...head, before: null, after: toText(last), points: null, components: [], causes: [] };
  const steps = listSteps(contexts, { before, after });
  return { ...head, ...toChange([...steps, { ...last, cause: blank('removal') }]) };
}

type Cause = Omit<ScoreCause, 'component' | 'points'>;

interface Step {
  /** What led to it; the first has none. */
  readonly cause?: Cause;
  readonly values: ReadonlyMap<ComponentName, { readonly weight: number; readonly value: number }>;
}

function findSubject(
  context: ScoreContext,
  { id, kind }: { readonly id: string; readonly kind: Subject['kind'] },
): Subject | undefined {
  return listSubjects(context).find((subject) => subject.id === id && subject.kind === kind);
}

/** From the score before up to the one that lacks only what others did. */
function listSteps(
  contexts: { readonly before: ScoreContext; readonly after: ScoreContext },
  subjects: { readonly before: Subject; readonly after: Subject },
): Step[] {
  const { before, after } = contexts;
  const priors = findPriors(before, subjects.before);
  const changes = listChanges(before.prepared, { providers: subjects.before.providers, from: before.at, to: after.at });
  const own = createOwnState(before, subjects.before, changes);
  const steps: Step[] = [toStep(before, { own, priors })];
  own.weighAt(after.at);
  steps.push({ ...toStep(before, { own, priors }), cause: blank('aging') });
  for (const change of changes) {
    own.add(change);
    const { kind, at, evidenceIds, taskId, what } = change;
    steps.push({ ...toStep(before, { own, priors }), cause: { kind, at, evidenceIds, taskId, what } });
  }
  steps.push({ ...toStep(before, { own, priors: findPriors(after, subjects.after) }), cause: blank('prior') });
  return steps;
}

function blank(kind: 'aging' | 'prior' | 'removal'): Cause {
  return { kind, at: null, evidenceIds: [], taskId: null, what: null };
}

function toStep(
  context: ScoreContext,
  { own, priors }: { readonly own: OwnState; readonly priors: SubjectPriors },
): Step {
  const { evidence, slots, incidents } = own.read();
  const bounds = boundComponents(context.prepared.records, { evidence, slots, incidents, priors });
  return { values: new Map(weighBounds(bounds).map(({ name, weight, value }) => [name, { weight, value }])) };
}

function toText({ values }: Step): string | null {
  const composite = compositeMicro([...values.values()]);
  return composite === null ? null : toMicroText(composite.score);
}

function toChange(steps: readonly Step[]): Pick<ScoreChange, 'before' | 'after' | 'points' | 'components' | 'causes'> {
  const [first, last] = [steps[0], steps.at(-1)];
  assert(first !== undefined && last !== undefined, 'a first step and a last one');
  const [before, after] = [first, last].map(({ values }) => compositeMicro([...values.values()])?.score ?? null);
  if (before == null || after == null) return { before: null, after: null, points: null, components: [], causes: [] };
  const mean = logarithmicMean(toExact(first), toExact(last));
  const parts = steps
    .flatMap((step, index) => toParts(steps[index - 1], step))
    .map((part) => ({ ...part, share: part.share * mean }));
  const points = sharePoints(
    after - before,
    parts.map(({ share }) => share),
  );
  const causes = parts.map(({ component, cause }, index) => ({ component, micro: points[index] ?? 0, ...cause }));
  return {
    before: toMicroText(before),
    after: toMicroText(after),
    points: toMicroText(after - before),
    components: componentNames
      .filter((name) => first.values.has(name))
      .map((name) => ({ name, points: toMicroText(sumMicro(causes.filter(({ component }) => component === name))) })),
    causes: causes.map(({ micro, ...cause }) => ({ ...cause, points: toMicroText(micro) })),
  };
}

/** Which components a step moved, and by which part of the score's logarithm. */
function toParts(before: Step | undefined, { values, cause }: Step) {
  if (before === undefined || cause === undefined) return [];
  return [...values].flatMap(([component, { weight, value }]) => {
    const was = before.values.get(component)?.value ?? value;
    return was === value ? [] : [{ component, cause, share: weight * Math.log(value / was) }];
  });
}

function toExact({ values }: Step): number {
  return compositeScore([...values.values()])?.score ?? 0;
}

function logarithmicMean(one: number, other: number): number {
  return one === other ? one : (other - one) / Math.log(other / one);
}

function sumMicro(causes: readonly { readonly micro: number }[]): number {
  return causes.reduce((sum, { micro }) => sum + micro, 0);
}
