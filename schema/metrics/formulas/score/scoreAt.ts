import { poolSlots } from './availability.js';
import { boundComponents, findPriors } from './boundComponents.js';
import { collectEvidence, type Evidence } from './collectEvidence.js';
import { weighIncidents } from './componentBounds.js';
import { createContext, type ScoreContext } from './createContext.js';
import type { PreparedRecord } from './prepareRecord.js';
import type { Score } from './Score.js';
import { listSubjects, type Subject } from './subjects.js';
import { type ComponentBounds, toScore } from './toScore.js';

export interface ScoreOptions {
  /** Unix seconds: all that was known before counts. */
  readonly at: number;
  /** Ids of providers and operators; absent: all. */
  readonly subjects?: readonly string[];
}

/**
 * The scores of all providers known by `at`, then of operators with two of them or more, which bear the id of the provider that is known
 * longest. What `at` a record was scored as of before makes no difference.
 */
export function scoreAt(prepared: PreparedRecord, { at, subjects }: ScoreOptions): Score[] {
  return scoreContext(createContext(prepared, { at, scratch: prepared.scratch }), subjects);
}

/** The same where what all of them rest on is there already. */
export function scoreContext(context: ScoreContext, subjects?: readonly string[]): Score[] {
  const wanted = subjects === undefined ? undefined : new Set(subjects);
  return listSubjects(context)
    .filter(({ id }) => wanted === undefined || wanted.has(id))
    .map((subject) => {
      const evidence = collectEvidence(context, subject);
      return toScore(context, subject, { bounds: toBounds(context, subject, evidence), evidence });
    });
}

function toBounds(context: ScoreContext, subject: Subject, evidence: Evidence): ComponentBounds {
  const { prepared, at } = context;
  const known = { until: at, decayAt: at };
  return boundComponents(prepared.records, {
    evidence,
    slots: toPooled(context, subject),
    incidents: subject.providers.flatMap((provider) => weighIncidents(prepared.incidents[provider] ?? [], known)),
    priors: findPriors(context, subject),
  });
}

function toPooled({ slotsOf, prepared, at }: ScoreContext, { providers }: Subject) {
  const [only, ...others] = providers;
  if (others.length === 0) return slotsOf[only ?? -1] ?? null;
  return poolSlots(
    providers.flatMap((provider) => prepared.slots[provider] ?? []),
    at,
  );
}
