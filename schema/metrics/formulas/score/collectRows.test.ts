import type { NetworkRecord, OutcomeRecord } from './NetworkRecord.js';
import { createPreparation, prepareRecord } from './prepareRecord.js';
import { scoreAt } from './scoreAt.js';
import { scoreNetwork } from './scoreNetwork.js';

const HOUR = 3_600;
const DAY = 24 * HOUR;
const start = 20_000 * DAY;

function toOutcome(index: number, more: Partial<OutcomeRecord> = {}): OutcomeRecord {
  return {
    ...{ taskId: `t${index}`, part: 0, provider: index % 3 === 0 ? 'p' : `q${index % 3}`, buyer: `b${index % 4}` },
    ...{ kind: 'completed', knownFrom: start + index * HOUR, knownTo: null, eventId: `1-${index}-0` },
    ...{ deadline: start + index * HOUR + 60, fee: 50n },
    ...more,
  };
}

function toRecord(outcomes: readonly OutcomeRecord[], feeReference: bigint | null): NetworkRecord {
  return {
    ...{ networkId: 'n', records: { jobs: true, deadlines: true, heartbeats: false }, feeReference },
    providers: ['p', 'q1', 'q2'].map((id) => ({ id, bornAt: start, accounts: [], hardware: [] })),
    buyers: ['b0', 'b1', 'b2', 'b3'].map((id) => ({ id, accounts: [] })),
    ...{ outcomes, running: [], payments: [], slots: [], incidents: [] },
  };
}

const places = Array.from({ length: 90 }, (_, index) => index);
const isFailed = (index: number) => index % 11 === 4;
const late = places.map((index) =>
  toOutcome(index, {
    ...(isFailed(index) ? { kind: 'failed' } : {}),
    feeFrom: start + index * HOUR + ((index * 7) % 40) * HOUR,
  }),
);

describe('a fee that is known later than the work', () => {
  it.each([null, 100n])('changes nothing of what was known before it (reference %s)', (feeReference) => {
    for (let at = start + HOUR; at < start + 140 * HOUR; at += 5 * HOUR) {
      const seen = late.map((outcome) => ((outcome.feeFrom ?? 0) < at ? outcome : { ...outcome, fee: null }));
      const whole = scoreNetwork(toRecord(late, feeReference), { at });
      expect([at, whole]).toEqual([at, scoreNetwork(toRecord(seen, feeReference), { at })]);
    }
  });

  it('counts from then on as any other', () => {
    const at = start + 60 * DAY;
    const evidence = (outcomes: readonly OutcomeRecord[], feeReference: bigint | null) =>
      Number(scoreNetwork(toRecord(outcomes, feeReference), { at })[0]?.evidenceWeight);
    const half = evidence(late, 100n) / evidence(late, null);
    expect(half).toBeGreaterThan(0.5);
    expect(half).toBeLessThan(0.65);
  });
});

it('a promise that was kept too late is missed before the work is paid', () => {
  const work = toOutcome(0, { deadline: start - 60, feeFrom: start + 10 * DAY });
  const missed = (at: number) =>
    scoreNetwork(toRecord([work], 100n), { at })[0]?.components.find(({ name }) => name === 'promise')?.basis;
  expect([missed(start), missed(start + DAY), missed(start + 20 * DAY)]).toEqual([undefined, 'evidence', 'evidence']);
});

it('of two words on one attempt in progress the same one counts, whichever comes first', () => {
  const running = [null, start + DAY].map((endedAt) => ({
    ...{ taskId: 'r', provider: 'p', buyer: endedAt === null ? 'b0' : null, endedAt },
    ...{ assignedAt: start, deadline: start + HOUR },
  }));
  const at = start + 3 * DAY;
  const [one, other] = [running, [...running].reverse()].map((given) =>
    scoreNetwork({ ...toRecord(late.slice(0, 30), null), running: given }, { at }),
  );
  expect(one).toEqual(other);
  expect(one).toEqual(scoreNetwork({ ...toRecord(late.slice(0, 30), null), running: running.slice(1) }, { at }));
});

describe('outcomes that are taken back from an hour on, and given anew', () => {
  /** Some are disputed after they were completed, and the provider wins. */
  const disputed = late.flatMap((outcome, index): OutcomeRecord[] => {
    if (index % 7 !== 2) return [outcome];
    const knownTo = outcome.knownFrom + (1 + (index % 5)) * HOUR;
    const won = { ...outcome, part: 1, kind: 'disputeWon', knownFrom: knownTo, eventId: `1-${900 + index}-0` } as const;
    return [{ ...outcome, knownTo }, won];
  });
  const ordered = [...disputed].sort((one, other) => one.knownFrom - other.knownFrom || one.part - other.part);

  it.each([null, 100n])('come to what they come to when they are given once (reference %s)', (feeReference) => {
    const record = toRecord(ordered, feeReference);
    for (const hours of [0, 1, 17, 45, 88, 300]) {
      const from = start + hours * HOUR;
      const preparation = createPreparation({ ...record, keepSources: false });
      // What is given first is another past from there on.
      for (const outcome of ordered) {
        const isOther = outcome.knownFrom >= from;
        preparation.take(isOther ? { ...outcome, provider: 'q2', buyer: 'b9', kind: 'failed' } : outcome);
      }
      const other = preparation.finish(record);
      scoreAt(other, { at: start + 200 * DAY });
      preparation.cut(from);
      for (const outcome of ordered) if (outcome.knownFrom >= from) preparation.take(outcome);
      const [kept, fresh] = [preparation.finish(record), prepareRecord(record)];
      for (const days of [1, 3, 4.5, 40])
        expect([hours, days, scoreAt(kept, { at: start + days * DAY })]).toEqual([
          ...[hours, days],
          scoreAt(fresh, { at: start + days * DAY }),
        ]);
    }
  });
});
