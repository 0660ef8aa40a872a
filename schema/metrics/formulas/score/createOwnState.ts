import { type PooledSlots, poolSlots } from './availability.js';
import { collectEvidence, type Evidence } from './collectEvidence.js';
import { type WeighedIncident, weighIncidents } from './componentBounds.js';
import type { ScoreContext } from './createContext.js';
import type { OwnChange } from './listChanges.js';
import type { SlotsRecord } from './NetworkRecord.js';
import { createPairSums, sumPair } from './pairSums.js';
import { DAY } from './scoreMethod.js';
import type { Subject } from './subjects.js';

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
  const sums = createPairSums(prepared.pairs.count);
  const slots: SlotsRecord[] = subject.providers.flatMap((provider) =>
    (prepared.slots[provider] ?? []).filter(({ day }) => day * DAY < at),
  );
  const incidents = subject.providers.flatMap((provider) =>
    (prepared.incidents[provider] ?? []).filter((incident) => incident.at < at),
  );
  let known = { ...ranks, limit: 1, decayAt: at };
  const sum = (pair: number) =>
    sumPair(prepared, pair, { sums, known, circulation: context.circulation, circulationAt: at });
  const sumAll = () => {
    for (const provider of subject.providers) {
      const end = prepared.pairs.first[provider + 1] ?? 0;
      for (let pair = prepared.pairs.first[provider] ?? 0; pair < end; pair += 1) sum(pair);
    }
  };
  sumAll();
  return {
    read: () => ({
      evidence: collectEvidence(context, subject, { sums, known }),
      slots: poolSlots(slots, known.decayAt),
      incidents: weighIncidents(incidents, { until: Number.POSITIVE_INFINITY, decayAt: known.decayAt }),
    }),
    weighAt: (decayAt) => {
      known = { ...known, decayAt };
      sumAll();
    },
    add: (change) => {
      known = { ...known, limit: known.limit + 1 };
      for (const row of [...change.appears, ...change.ends]) sum(prepared.rows.pair[row] ?? 0);
      if (change.slots !== null) slots.push(change.slots);
      if (change.incident !== null) incidents.push(change.incident);
    },
  };
}

function toRanks({ prepared, at }: ScoreContext, subject: Subject, changes: readonly OwnChange[]) {
  const { rows, pairs } = prepared;
  const appear = new Float64Array(rows.appear.length).fill(Number.POSITIVE_INFINITY);
  const vanish = new Float64Array(rows.appear.length).fill(Number.POSITIVE_INFINITY);
  for (const provider of subject.providers) {
    const end = pairs.start[pairs.first[provider + 1] ?? 0] ?? 0;
    for (let row = pairs.start[pairs.first[provider] ?? 0] ?? 0; row < end; row += 1) {
      if ((rows.appear[row] ?? 0) < at) appear[row] = 0;
      if ((rows.vanish[row] ?? 0) < at) vanish[row] = 0;
    }
  }
  changes.forEach(({ appears, ends }, index) => {
    for (const row of appears) appear[row] = index + 1;
    for (const row of ends) vanish[row] = index + 1;
  });
  return { appear, vanish };
}
