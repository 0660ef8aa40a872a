import fc from 'fast-check';
import { explainPrepared, type ScoreChange } from '../../schema/metrics/formulas/score/explainChange.js';
import type { NetworkRecord, OutcomeRecord } from '../../schema/metrics/formulas/score/NetworkRecord.js';
import { prepareRecord } from '../../schema/metrics/formulas/score/prepareRecord.js';
import type { Score } from '../../schema/metrics/formulas/score/Score.js';
import { scoreAt } from '../../schema/metrics/formulas/score/scoreAt.js';
import { DAY } from '../../schema/metrics/formulas/score/scoreMethod.js';
import { scoreNetwork } from '../../schema/metrics/formulas/score/scoreNetwork.js';
import { AT, arbitraryRecord } from './arbitraryRecord.js';

/** `npm run bench:metrics` counts these properties, and asks for 10,000. */
const cases = Number(process.env.PROPERTY_CASES ?? 1_000);
/** The same networks in every run, so that a change is what makes a run fail; `SCORE_SEED=2 npm test -- scoreProperties` tries others. */
const seed = Number(process.env.SCORE_SEED ?? 1);

/**
 * The same random networks for all properties, because to make one costs as much as to score it. Where one fails, fast-check looks for the
 * smallest that does.
 */
const networks = fc.sample(arbitraryRecord, { numRuns: cases, seed });

function forEachNetwork<E>(extra: fc.Arbitrary<E>, check: (record: NetworkRecord, extra: E) => void): void {
  const extras = fc.sample(extra, { numRuns: cases, seed });
  networks.forEach((record, index) => {
    const more = extras[index] as E;
    try {
      check(record, more);
    } catch (error) {
      fc.assert(fc.property(arbitraryRecord, extra, check), { numRuns: cases, seed });
      throw new Error(`Failed with seed ${seed} for ${fc.stringify([record, more])}`, { cause: error });
    }
  });
}

const nothing = fc.constant(null);
const order = fc.integer();
const base = new WeakMap<NetworkRecord, readonly Score[]>();

/** Scores as of `AT`; a network's own are asked for many times. */
function scoreOnce(record: NetworkRecord): readonly Score[] {
  const known = base.get(record) ?? scoreNetwork(record, { at: AT });
  base.set(record, known);
  return known;
}

describe(`properties of the score (A6.4), each on ${cases} random networks`, () => {
  it('property 1: the order of arrival makes no difference', () => {
    forEachNetwork(order, (record, by) => {
      same(scores(shuffleRecord(record, by)), scores(record));
    });
  });

  it('property 2: what is said twice counts once', () => {
    forEachNetwork(nothing, (record) => {
      const twice = {
        ...record,
        ...{ providers: repeat(record.providers), buyers: repeat(record.buyers), running: repeat(record.running) },
        ...{ slots: repeat(record.slots), incidents: repeat(record.incidents) },
        outcomes: record.outcomes.flatMap((outcome) => [outcome, outcome]),
      };
      same(scores(twice), scores(record));
    });
  });

  it('property 3: one more failure raises no score of its provider', () => {
    forEachNetwork(oneMore('failed', 'timedOut', 'rejected', 'disputeLost', 'slashed'), (record, more) => {
      for (const [before, now] of compareWith(record, more)) if (now > before) same(now, before);
    });
  });

  it('property 3: one more success lowers no score of its provider', () => {
    forEachNetwork(oneMore('completed', 'disputeWon'), (record, more) => {
      for (const [before, now] of compareWith(record, more)) if (now < before) same(now, before);
    });
  });

  it('property 4 and property 5: every score lies between 0 and 100, no figure is NaN or Infinity, and points lost add up to 100 less the score exactly', () => {
    forEachNetwork(nothing, (record) => {
      for (const score of scoreOnce(record)) checkScore(score);
    });
  });

  it('property 6: splitting a provider into linked ones leaves the score of the operator as it was', () => {
    const parts = fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 50, maxLength: 50 });
    forEachNetwork(parts, (record, deal) => {
      const whole = toOne(record);
      const [before] = scoreNetwork(whole, { at: AT, subjects: ['p0'] });
      if (before === undefined) return;
      const after = scoreNetwork(splitProvider(whole, deal), { at: AT }).find(({ kind }) => kind === 'operator');
      same(JSON.stringify({ ...after, kind: 'provider' }), JSON.stringify({ ...before, kind: 'provider' }));
    });
  });

  it('property 7: moving everything by whole days moves nothing', () => {
    forEachNetwork(fc.integer({ min: -5000, max: 5000 }), (record, days) => {
      const moved = scoreNetwork(moveRecord(record, days), { at: AT + days * DAY });
      same(JSON.stringify(moved.map((score) => ({ ...score, at: AT }))), scores(record));
    });
  });

  it('property 9: jobs of its own change no score', () => {
    forEachNetwork(
      fc.array(oneMore('completed', 'failed', 'disputeLost'), { minLength: 1, maxLength: 5 }),
      (record, own) => {
        const [provider] = record.providers;
        if (provider === undefined) return;
        const buyer = { id: '0xself', accounts: [{ account: provider.id, from: 0, reason: 'payer' as const }] };
        const after = {
          ...record,
          buyers: [...record.buyers, buyer],
          outcomes: [
            ...record.outcomes,
            ...own.map((more, index) => ({
              ...toNewOutcome(record, more, `own${index}`),
              ...{ provider: provider.id, buyer: '0xself' },
            })),
          ],
        };
        // That it is there may link others; its jobs may not change anything.
        const before = { ...record, buyers: after.buyers };
        same(pointsOf(scoreOnce(after)), pointsOf(scoreOnce(before)));
      },
    );
  });

  it('property 10: other names for providers give the same scores under the other names', () => {
    forEachNetwork(order, (record, by) => {
      const names = record.providers.map(({ id }) => id);
      const others = shuffle(names, by).map((name) => `new ${name}`);
      const renamed = new Map(names.map((id, index) => [id, others[index] ?? id]));
      const after = scoreNetwork(renameProviders(record, renamed), { at: AT });
      const expected = scoreOnce(record).map((score) => ({ ...score, subject: renamed.get(score.subject) ?? '' }));
      same(sortScores(after), sortScores(expected));
    });
  });

  it('property 5: what a change of a score is laid to adds up to it exactly, and to the shares of the components', () => {
    const times = fc.record({
      pick: fc.nat(),
      end: fc.integer({ min: -2, max: 60 }),
      days: fc.integer({ min: 0, max: 30 }),
    });
    forEachNetwork(times, (record, { pick, end, days }) => {
      const [from, to] = [AT - (end + days) * DAY, AT - end * DAY];
      const prepared = prepareRecord(record);
      const all = scoreAt(prepared, { at: to });
      const after = all[pick % Math.max(1, all.length)];
      if (after === undefined) return;
      const { subject, kind } = after;
      const known = scoreAt(prepared, { at: from, subjects: [subject] });
      const before = known.find((score) => score.kind === kind) ?? known[0];
      checkChange(explainPrepared(prepared, { subject, kind, from, to }), { before, after });
    });
  });

  it('property 15: what came later, and what was asked before, leave a score bit for bit as it was', () => {
    forEachNetwork(fc.integer({ min: 0, max: 400 }), (record, days) => {
      const prepared = prepareRecord(record);
      scoreAt(prepared, { at: AT + DAY });
      const at = AT - days * DAY;
      const alone = JSON.stringify(scoreNetwork(cutRecord(record, at), { at }));
      same(JSON.stringify(scoreAt(prepared, { at })), alone);
    });
  });
});

function scores(record: NetworkRecord): string {
  return JSON.stringify(scoreOnce(record));
}

function pointsOf(all: readonly Score[]): string {
  return JSON.stringify(all.map(({ subject, kind, score, components }) => ({ subject, kind, score, components })));
}

/** Compares before it expects: an expectation costs more than a score. */
function same<V extends string | number>(got: V, wanted: V): void {
  if (got !== wanted) expect(got).toBe(wanted);
}

type More = Pick<OutcomeRecord, 'kind' | 'buyer' | 'knownFrom' | 'fee'> & {
  readonly pick: number;
  readonly hasDeadline: boolean;
};

function oneMore(...kinds: OutcomeRecord['kind'][]): fc.Arbitrary<More> {
  return fc.record({
    kind: fc.constantFrom(...kinds),
    pick: fc.nat(),
    hasDeadline: fc.boolean(),
    buyer: fc.constantFrom('0xb0', '0xb1', '0xb2', '0xb3', '0xnew', null),
    knownFrom: fc.integer({ min: AT - 370 * DAY, max: AT + DAY }),
    fee: fc.constantFrom(null, 0n, 50n, 100n),
  });
}

function toNewOutcome(record: NetworkRecord, more: More, taskId: string): OutcomeRecord {
  const { pick, hasDeadline, ...outcome } = more;
  return {
    ...outcome,
    ...{ taskId, part: 0, eventId: null, knownTo: null },
    provider: record.providers[pick % record.providers.length]?.id ?? '',
    deadline: hasDeadline ? more.knownFrom + 60 : null,
  };
}

/** Before and after, of the provider of one more outcome, and of the operator that bears its name. */
function compareWith(record: NetworkRecord, more: More): [number, number][] {
  const outcome = toNewOutcome(record, more, 'more');
  const after = { ...record, outcomes: [...record.outcomes, outcome] };
  const before = scoreOnce(record).filter(({ subject }) => subject === outcome.provider);
  const now = scoreNetwork(after, { at: AT, subjects: [outcome.provider] });
  return before.map((score, index) => {
    same(now[index]?.kind ?? '', score.kind);
    return [Number(score.score), Number(now[index]?.score)];
  });
}

function checkScore(score: Score): void {
  same(/NaN|Infinity|undefined/.exec(JSON.stringify(score))?.[0] ?? '', '');
  same(String(score.score === null), String(score.components.length === 0));
  if (score.score === null) return;
  const points = toMicro(score.score);
  const lost = score.components.map(({ pointsLost }) => toMicro(pointsLost));
  same(points + lost.reduce((sum, loss) => sum + loss, 0), 100_000_000);
  const values = score.components.map(({ value }) => toMicro(value));
  const isWithin =
    points > 0 && lost.every((loss) => loss >= 0) && values.every((value) => value >= 10_000 && value <= 1_000_000);
  if (!isWithin) expect(score).toBe('within its bounds');
}

function checkChange(
  change: ScoreChange,
  { before, after }: { readonly before: Score | undefined; readonly after: Score },
): void {
  same(change.after ?? '', after.score ?? '');
  same(change.before ?? '', before?.score ?? '');
  if (before?.score == null || after.score === null) return;
  const points = toMicro(after.score) - toMicro(before.score);
  same(sumPoints(change.causes), points);
  same(sumPoints(change.components), points);
  if (change.from === change.to) same(change.causes.length, 0);
}

function sumPoints(parts: readonly { readonly points: string }[]): number {
  return parts.reduce((sum, { points }) => sum + Math.sign(Number(points)) * toMicro(points.replace('-', '')), 0);
}

function toMicro(text: string): number {
  same(String(/^\d+\.\d{6}$/.test(text)), 'true');
  return Number(text.replace('.', ''));
}

/** The record in which p0 has no neighbour that its parts would lose or win. */
function toOne(record: NetworkRecord): NetworkRecord {
  const providers = record.providers.map((provider) =>
    provider.id === 'p0'
      ? provider
      : { ...provider, accounts: [{ account: provider.id, from: 0, reason: 'self' as const }] },
  );
  const own = record.providers[0]?.accounts.map(({ account }) => account) ?? [];
  return {
    ...record,
    providers: providers.map((provider) =>
      own.includes(provider.id) && provider.id !== 'p0'
        ? { ...provider, accounts: [{ account: 'elsewhere', from: 0, reason: 'self' as const }] }
        : provider,
    ),
  };
}

/** p0's outcomes, days and incidents dealt out among p0 and two others with p0's accounts. */
function splitProvider(record: NetworkRecord, parts: readonly number[]): NetworkRecord {
  const [first, ...others] = record.providers;
  if (first === undefined) return record;
  const ids = ['p0', 'q1', 'q2'];
  const dealt = new Map<string, string>();
  // A task stays with one part.
  const deal = <R extends { readonly provider: string; readonly taskId?: string }>(rows: readonly R[]): R[] =>
    rows.map((row, index) => {
      if (row.provider !== 'p0') return row;
      const key = row.taskId ?? `${index}`;
      const provider = dealt.get(key) ?? ids[parts[dealt.size] ?? 0] ?? 'p0';
      dealt.set(key, provider);
      return { ...row, provider };
    });
  return {
    ...record,
    providers: [first, ...ids.slice(1).map((id) => ({ ...first, id })), ...others],
    ...{ outcomes: deal(record.outcomes), slots: deal(record.slots), incidents: deal(record.incidents) },
    ...{ running: deal(record.running), payments: deal(record.payments) },
  };
}

function renameProviders(record: NetworkRecord, names: ReadonlyMap<string, string>): NetworkRecord {
  const rename = <R extends { readonly provider: string }>(rows: readonly R[]): R[] =>
    rows.map((row) => ({ ...row, provider: names.get(row.provider) ?? '' }));
  return {
    ...record,
    providers: record.providers.map((provider) => ({ ...provider, id: names.get(provider.id) ?? '' })),
    ...{ outcomes: rename(record.outcomes), slots: rename(record.slots), incidents: rename(record.incidents) },
    ...{ running: rename(record.running), payments: rename(record.payments) },
  };
}

/** An operator bears the name of its oldest provider, and of equally old ones the first by name: so without that name. */
function sortScores(all: readonly Score[]): string {
  const texts = all.map((score) => JSON.stringify(score.kind === 'operator' ? { ...score, subject: '' } : score));
  return texts.sort().join();
}

function moveRecord(record: NetworkRecord, days: number): NetworkRecord {
  const by = days * DAY;
  const move = <R extends { readonly at: number }>(rows: readonly R[]): R[] =>
    rows.map((row) => ({ ...row, at: row.at + by }));
  const moveFrom = <R extends { readonly from: number }>(rows: readonly R[]): R[] =>
    rows.map((row) => ({ ...row, from: row.from + by }));
  const plus = (time: number | null) => (time === null ? null : time + by);
  return {
    ...record,
    providers: record.providers.map((provider) => ({
      ...provider,
      bornAt: provider.bornAt + by,
      ...{ accounts: moveFrom(provider.accounts), hardware: moveFrom(provider.hardware) },
    })),
    buyers: record.buyers.map((buyer) => ({ ...buyer, accounts: moveFrom(buyer.accounts) })),
    outcomes: record.outcomes.map((outcome) => ({
      ...outcome,
      ...{ knownFrom: outcome.knownFrom + by, knownTo: plus(outcome.knownTo), deadline: plus(outcome.deadline) },
      feeFrom: plus(outcome.feeFrom ?? null),
    })),
    running: record.running.map((running) => ({
      ...running,
      ...{ assignedAt: running.assignedAt + by, deadline: running.deadline + by, endedAt: plus(running.endedAt) },
    })),
    ...{ payments: move(record.payments), incidents: move(record.incidents) },
    slots: record.slots.map((slots) => ({ ...slots, day: slots.day + days })),
  };
}

/** What was known of it before a day boundary. */
function cutRecord(record: NetworkRecord, at: number): NetworkRecord {
  const known = <R extends { readonly from: number }>(rows: readonly R[]): R[] => rows.filter(({ from }) => from < at);
  const end = (time: number | null) => (time !== null && time >= at ? null : time);
  return {
    ...record,
    providers: record.providers.map((provider) => ({
      ...provider,
      ...{ accounts: known(provider.accounts), hardware: known(provider.hardware) },
    })),
    buyers: record.buyers.map((buyer) => ({ ...buyer, accounts: known(buyer.accounts) })),
    outcomes: record.outcomes
      .filter(({ knownFrom }) => knownFrom < at)
      .map((outcome) => ({
        ...outcome,
        knownTo: end(outcome.knownTo),
        ...((outcome.feeFrom ?? 0) >= at && { fee: null, feeFrom: null }),
      })),
    running: record.running
      .filter(({ assignedAt }) => assignedAt < at)
      .map((running) => ({ ...running, endedAt: end(running.endedAt) })),
    payments: record.payments.filter((payment) => payment.at < at),
    slots: record.slots.filter(({ day }) => day * DAY < at),
    incidents: record.incidents.filter((incident) => incident.at < at),
  };
}

function shuffleRecord(record: NetworkRecord, order: number): NetworkRecord {
  return {
    ...record,
    ...{ providers: shuffle(record.providers, order), buyers: shuffle(record.buyers, order) },
    ...{ outcomes: shuffle(record.outcomes, order), running: shuffle(record.running, order) },
    ...{ payments: shuffle(record.payments, order), slots: shuffle(record.slots, order) },
    incidents: shuffle(record.incidents, order),
  };
}

function repeat<R>(rows: readonly R[]): R[] {
  return [...rows, ...rows];
}

/** Fisher and Yates with a small generator of its own. */
function shuffle<R>(rows: readonly R[], order: number): R[] {
  const shuffled = [...rows];
  let state = order | 0;
  for (let last = shuffled.length - 1; last > 0; last -= 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    const place = (state >>> 8) % (last + 1);
    const [one, other] = [shuffled[last], shuffled[place]];
    if (one !== undefined && other !== undefined) [shuffled[last], shuffled[place]] = [other, one];
  }
  return shuffled;
}
