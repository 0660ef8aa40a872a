import { type PooledSlots, poolSlots } from './availability.js';
import { collectEvidence, type Evidence } from './collectEvidence.js';
import { type WeighedIncident, weighIncidents } from './componentBounds.js';
import type { ScoreContext } from './createContext.js';
import type { OwnChange } from './listChanges.js';
import type { SlotsRecord } from './NetworkRecord.js';
import { createPairSums, type KnownRows, sumPairs } from './pairSums.js';
import { DAY } from './scoreMethod.js';
import type { Subject } from './subjects.js';
import { createTimeline, type Timeline } from './Timeline.js';

/** What is known of a subject's own at some point between two times, read in the context of the first. */
export interface OwnState {
  readonly read: () => {
    readonly evidence: Evidence;
    readonly slots: PooledSlots | null;
    readonly incidents: readonly WeighedIncident[];
  };
  /** From here on everything is as old as it is at that time. */
  readonly weighAt: (at: number) => void;
  /** The next of the changes. */
  readonly add: (change: OwnChange) => void;
}

/**
 * Starts with what was known at the context's time. Rows bear the number of the change that they appear and end with instead of times,
 * so that what is known after so many changes is a comparison, as it is with times.
 */
export function createOwnState(context: ScoreContext, subject: Subject, changes: readonly OwnChange[] = []): OwnState {
  const { prepared, at } = context;
  const ranks = toRanks(context, subject, changes);
  const sums = new Map(
    subject.providers.map((provider) => [provider, createPairSums(prepared.timelines[provider]?.pairs ?? 0)]),
  );
  const none = createPairSums(0);
  const sumsOf = (provider: number) => sums.get(provider) ?? none;
  const slots: SlotsRecord[] = subject.providers.flatMap((provider) =>
    (prepared.slots[provider] ?? []).filter(({ day }) => day * DAY < at),
  );
  const incidents = subject.providers.flatMap((provider) =>
    (prepared.incidents[provider] ?? []).filter((incident) => incident.at < at),
  );
  let known: KnownRows = { ranks, limit: 1, decayAt: at };
  const sum = (provider: number) => {
    const [timeline, of] = [prepared.timelines[provider], ranks.get(provider)];
    if (timeline === undefined || of === undefined) return;
    const { limit, decayAt } = known;
    sumPairs(sumsOf(provider), {
      ...{ timeline, known: { ...of, limit, decayAt } },
      ...{ circulation: context.circulation[provider], circulationAt: at },
    });
  };
  const sumAll = () => {
    for (const provider of subject.providers) sum(provider);
  };
  sumAll();
  return {
    read: () => ({
      evidence: collectEvidence(context, subject, { sumsOf, known }),
      slots: poolSlots(slots, known.decayAt),
      incidents: weighIncidents(incidents, { until: Number.POSITIVE_INFINITY, decayAt: known.decayAt }),
    }),
    weighAt: (decayAt) => {
      known = { ...known, decayAt };
      sumAll();
    },
    add: (change) => {
      known = { ...known, limit: known.limit + 1 };
      const providers = new Set([...change.appears, ...change.ends].map(({ provider }) => provider));
      for (const provider of providers) sum(provider);
      if (change.slots !== null) slots.push(change.slots);
      if (change.incident !== null) incidents.push(change.incident);
    },
  };
}

function toRanks(
  { prepared, at }: ScoreContext,
  subject: Subject,
  changes: readonly OwnChange[],
): Map<number, Pick<Timeline, 'appear' | 'vanish'>> {
  const ranks = new Map<number, Pick<Timeline, 'appear' | 'vanish'>>();
  const toRank = (time: number) => (time < at ? 0 : Number.POSITIVE_INFINITY);
  for (const provider of subject.providers) {
    const { appear, vanish, count } = prepared.timelines[provider] ?? createTimeline(0);
    ranks.set(provider, {
      appear: appear.slice(0, count).map(toRank),
      vanish: vanish.slice(0, count).map(toRank),
    });
  }
  changes.forEach(({ appears, ends }, index) => {
    for (const { provider, row } of appears) set(ranks.get(provider)?.appear, row, index + 1);
    for (const { provider, row } of ends) set(ranks.get(provider)?.vanish, row, index + 1);
  });
  return ranks;
}

function set(column: Float64Array | undefined, row: number, rank: number): void {
  if (column !== undefined) column[row] = rank;
}
