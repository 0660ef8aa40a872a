import fc from 'fast-check';
import { foldJob } from './foldJob.js';
import { foldTask } from './foldTask.js';
import type { JobFacts, PaymentFact, SlashFact, StepFact } from './JobFacts.js';
import { type Outcome, outcomeValues } from './Outcome.js';
import { toOutcomes } from './toOutcomes.js';
import { toTaskEvents } from './toTaskEvents.js';

type Step = readonly [kind: StepFact['kind'], height: number, more?: Partial<StepFact>];

/** A block every 10 s; steps of one block in the order given. */
const toTime = (height: number) => height * 10;

function toSteps(steps: readonly Step[]): readonly StepFact[] {
  return steps.map(([kind, height, more], index) => ({
    ...{ kind, height, logIndex: index, part: 0, time: toTime(height) },
    taskId: kind === 'created' || kind === 'assigned' ? null : 't',
    ...{
      gpuModel: null,
      gpus: null,
      region: null,
      rejected: null,
      nodeId: kind === 'attempted' ? 'n' : null,
      providerId: kind === 'assigned' ? 'p' : null,
    },
    ...more,
  }));
}

function toJob(steps: readonly Step[], more: Partial<JobFacts> = {}): JobFacts {
  return {
    ...{
      id: 'j',
      buyer: 'b',
      deadline: null,
      promisedSeconds: null,
      price: 5n,
      priceScale: null,
      tasks: [{ id: 't', height: 0 }],
    },
    ...{ steps: toSteps(steps), slashes: [], payments: [] },
    ...more,
  };
}

/** `kind provider from-to` of each row; `*` where it is derived. */
function tell(job: JobFacts, now = 10_000): readonly string[] {
  return toOutcomes(job, now).map(
    ({ kind, providerId, knownFrom, knownTo, derived }) =>
      `${kind}${derived ? '*' : ''} ${providerId} ${knownFrom}-${knownTo ?? ''}`,
  );
}

const accepted: readonly Step[] = [
  ['created', 1],
  ['assigned', 2],
  ['attempted', 3],
  ['started', 4],
];
const delivered: readonly Step[] = [...accepted, ['completed', 5]];
const h100 = { gpuModel: 'H100', gpus: 8, region: 'eu' };
const byNode = { rejected: 'node' } as const;
const slashAt = (height: number, logIndex: number, more: object = {}) => ({
  ...{ taskId: 't', providerId: 'p', isProviders: true, height, logIndex, part: 0, time: toTime(height) },
  ...more,
});

describe('one attempt', () => {
  it('is open while nobody knows', () => {
    expect(tell(toJob(accepted))).toEqual([]);
    expect(tell(toJob([]))).toEqual([]);
  });

  it('is running from when a provider has it to the first word on it', () => {
    const { running } = foldJob(toJob(accepted, { deadline: 80 }), 60);
    expect(running).toEqual([
      {
        ...{ jobId: 'j', taskId: 't', providerId: 'p', nodeId: 'n', buyer: 'b', assignedAt: 20, startedAt: 40 },
        ...{ deadline: 80, gpuModel: null, gpus: null, region: null, lastAt: 40 },
      },
    ]);
    expect(foldJob(toJob(accepted, { deadline: 80 }), 80).running).toEqual([]);
    expect(foldJob(toJob([['created', 1]]), 80).running).toEqual([]);
    expect(foldJob(toJob(delivered), 80).running).toEqual([]);
    const again = foldJob(toJob([...accepted, ['failed', 5], ['attempted', 6]]), 80).running;
    expect(again).toMatchObject([{ assignedAt: 60, startedAt: null, lastAt: 60 }]);
  });

  it('completes or fails by what the chain says', () => {
    expect(tell(toJob(delivered))).toEqual(['completed p 50-']);
    expect(tell(toJob([...accepted, ['failed', 7]]))).toEqual(['failed p 70-']);
  });

  it('knows when it was given, when it began and on what', () => {
    const steps: readonly Step[] = delivered.map(([kind, height]) => [kind, height, kind === 'attempted' ? h100 : {}]);
    const [outcome] = toOutcomes(toJob(steps, { deadline: 80 }), 60);
    expect(outcome).toEqual({
      ...{ jobId: 'j', taskId: 't', part: 0, providerId: 'p', nodeId: 'n', buyer: 'b', kind: 'completed' },
      ...{ knownFrom: 50, knownTo: null, height: 5, logIndex: 4, derived: false },
      ...{ assignedAt: 20, startedAt: 40, deadline: 80, gpuModel: 'H100', gpus: 8, region: 'eu' },
      ...{ price: 5n, priceScale: null, paid: null, fee: null, paidAt: null },
    });
  });

  it('names no machine where several worked on it', () => {
    const [outcome] = toOutcomes(
      toJob([...accepted, ['attempted', 4, { nodeId: 'm', ...h100 }], ['completed', 5]]),
      60,
    );
    expect(outcome).toMatchObject({ nodeId: null, gpuModel: null, gpus: null });
  });

  it('is settled before it starts in the same block', () => {
    const job = toJob([
      ['created', 1],
      ['assigned', 1],
      ['completed', 2],
      ['attempted', 2],
      ['started', 2],
    ]);
    expect(toOutcomes(job, 99)).toMatchObject([{ kind: 'completed', startedAt: 20, nodeId: 'n', knownTo: null }]);
  });

  it('may take no time and cost nothing', () => {
    const steps: readonly Step[] = [
      ['created', 1],
      ['assigned', 1],
      ['started', 1],
      ['completed', 1],
    ];
    const payments = [{ taskId: 't', height: 1, time: 10, paid: 0n, fee: 0n }];
    expect(toOutcomes(toJob(steps, { price: 0n, payments }), 10)).toMatchObject([
      { kind: 'completed', price: 0n, paid: 0n, fee: 0n, paidAt: 10, assignedAt: 10, startedAt: 10, knownFrom: 10 },
    ]);
  });

  it('counts the first of two settlements', () => {
    const payments = [
      { taskId: 't', height: 6, time: 60, paid: 90n, fee: 10n },
      { taskId: 't', height: 8, time: 80, paid: 90n, fee: 10n },
    ];
    const job = toJob([...delivered, ['completed', 7], ['failed', 8]], { payments });
    expect(toOutcomes(job, 99)).toMatchObject([
      { kind: 'completed', knownFrom: 50, knownTo: null, paid: 90n, fee: 10n },
    ]);
  });

  it('is paid by what its outcome had brought by then, or brings next', () => {
    const partial = [
      { taskId: 't', height: 4, time: 40, paid: 30n, fee: 0n },
      { taskId: 't', height: 5, time: 50, paid: 20n, fee: 1n },
      { taskId: 't', height: 9, time: 90, paid: 7n, fee: 0n },
    ];
    expect(toOutcomes(toJob(delivered, { payments: partial }), 99)).toMatchObject([{ paid: 50n, fee: 1n, paidAt: 50 }]);
    const later = partial.slice(2);
    expect(toOutcomes(toJob(delivered, { payments: later }), 99)).toMatchObject([{ paid: 7n, fee: 0n, paidAt: 90 }]);
  });

  it('is nobody’s failure before anybody accepted it', () => {
    expect(
      tell(
        toJob([
          ['created', 1],
          ['failed', 2],
        ]),
      ),
    ).toEqual(['cancelled null 20-']);
  });

  it('fails for its provider where it was accepted and never begun', () => {
    expect(
      tell(
        toJob([
          ['created', 1],
          ['assigned', 2],
          ['failed', 3],
        ]),
      ),
    ).toEqual(['failed p 30-']);
  });
});

describe('a task that is announced after its job', () => {
  const tasks = [{ id: 't', height: 6 }];

  it('begins then, with whoever has the job', () => {
    const job = toJob([...accepted.slice(0, 2), ['created', 6, { providerId: null }], ['completed', 7]], { tasks });
    expect(toOutcomes(job, 99)).toMatchObject([{ kind: 'completed', providerId: 'p', assignedAt: 60 }]);
    expect(
      tell(
        toJob(
          [
            ['created', 1],
            ['created', 6],
          ],
          { tasks, deadline: 40 },
        ),
      ),
    ).toEqual([]);
  });
});

describe('a deadline', () => {
  const deadline = 100;

  it('is passed by the chain’s time, from its own on', () => {
    expect(tell(toJob(accepted, { deadline }), 99)).toEqual([]);
    expect(tell(toJob(accepted, { deadline }), 100)).toEqual(['timedOut* p 100-']);
    expect(tell(toJob([...accepted, ['completed', 10]], { deadline }))).toEqual(['completed p 100-']);
  });

  it('is the provider’s failure until the work comes late', () => {
    const late = toJob([...accepted, ['completed', 12]], { deadline });
    expect(tell(late)).toEqual(['timedOut* p 100-120', 'completed p 120-']);
  });

  it('is not told twice: a failure after it is no news', () => {
    expect(tell(toJob([...accepted, ['failed', 20]], { deadline }))).toEqual(['timedOut* p 100-']);
  });

  it('of a task that nobody accepted is nobody’s', () => {
    expect(tell(toJob([['created', 1]], { deadline }))).toEqual(['cancelled* null 100-']);
    const late = toJob(
      [
        ['created', 1],
        ['assigned', 11],
        ['completed', 12],
      ],
      { deadline },
    );
    expect(tell(late)).toEqual(['cancelled* null 100-110', 'completed p 120-']);
    expect(toOutcomes(late, 999)[1]?.deadline).toBeNull();
  });

  it('is three times the promise where there is none', () => {
    expect(tell(toJob(accepted, { promisedSeconds: 10 }), 50)).toEqual(['timedOut* p 50-']);
    expect(tell(toJob(accepted, { promisedSeconds: 10 }), 49)).toEqual([]);
  });
});

describe('a task that changes hands', () => {
  const other = { providerId: 'q' };

  it('is excluded for whoever had it, and counts for who ends it', () => {
    const job = toJob([...accepted, ['assigned', 6, other], ['attempted', 6], ['completed', 7]]);
    expect(tell(job)).toEqual(['cancelled p 60-', 'completed q 70-']);
    expect(toOutcomes(job, 99)[1]).toMatchObject({ assignedAt: 60, startedAt: null, nodeId: 'n' });
  });

  it('counts against whoever failed it first', () => {
    const job = toJob([...accepted, ['failed', 5], ['assigned', 6, other], ['attempted', 6], ['completed', 7]]);
    expect(tell(job)).toEqual(['failed p 50-', 'completed q 70-']);
  });

  it('counts against whoever let its deadline pass', () => {
    const job = toJob([...accepted, ['assigned', 11, other], ['completed', 12]], { deadline: 100 });
    expect(tell(job)).toEqual(['timedOut* p 100-', 'completed q 120-']);
  });

  it('is a new attempt of the same provider after a failure, in the same block too', () => {
    expect(tell(toJob([...accepted, ['failed', 5], ['attempted', 5], ['completed', 6]]))).toEqual([
      'failed p 50-',
      'completed p 60-',
    ]);
  });

  it('is completed at most once: what goes on takes its completion back', () => {
    expect(tell(toJob([...delivered, ['attempted', 6], ['completed', 7]]))).toEqual([
      'completed p 50-60',
      'completed p 70-',
    ]);
    expect(tell(toJob([...delivered, ['assigned', 6, other], ['attempted', 6], ['failed', 7]]))).toEqual([
      'completed p 50-60',
      'failed q 70-',
    ]);
  });

  it('keeps payments of one attempt from the other', () => {
    const payments = [
      { taskId: 't', height: 4, time: 40, paid: 3n, fee: 0n },
      { taskId: 't', height: 7, time: 70, paid: 5n, fee: 1n },
    ];
    const job = toJob([...accepted, ['failed', 5], ['attempted', 6], ['completed', 7]], { payments });
    expect(toOutcomes(job, 99)).toMatchObject([
      { paid: 3n, fee: 0n },
      { paid: 5n, fee: 1n },
    ]);
  });
});

describe('a verdict', () => {
  const rejectedJob = (...more: readonly Step[]) => toJob([...delivered, ['reopened', 6, byNode], ...more]);

  it('of a verifier rejects the work at once', () => {
    expect(tell(rejectedJob())).toEqual(['completed p 50-60', 'rejected p 60-']);
    expect(tell(rejectedJob(['failed', 9]))).toEqual(['completed p 50-60', 'rejected p 60-']);
  });

  it('of an arbiter has the last word', () => {
    expect(tell(rejectedJob(['reopened', 7]))).toEqual(['completed p 50-60', 'rejected p 60-70', 'disputed p 70-']);
    expect(tell(rejectedJob(['reopened', 7], ['completed', 8]))).toContain('disputeWon p 80-');
    const lost = tell(rejectedJob(['reopened', 7], ['failed', 8]));
    expect(lost.slice(-2)).toEqual(['disputed p 70-80', 'disputeLost p 80-']);
  });

  it('about the task itself rejects it, and about one of several workers does not', () => {
    expect(tell(toJob([...delivered, ['verified', 6, { rejected: 'task' }]]))).toEqual([
      'completed p 50-60',
      'rejected p 60-',
    ]);
    expect(tell(toJob([...delivered, ['verified', 6, byNode]]))).toEqual(['completed p 50-']);
  });

  it('that its own log takes back for a failure is no dispute', () => {
    const [first, second] = toSteps([
      ['reopened', 6],
      ['failed', 6],
    ]);
    const steps = [...toSteps(delivered), { ...first, logIndex: 9 }, { ...second, logIndex: 9, part: 1 }];
    expect(tell(toJob([], { steps: steps as StepFact[] }))).toEqual(['completed p 50-60', 'failed p 60-']);
  });

  it('reopened before an end is no dispute', () => {
    expect(tell(toJob([...accepted, ['reopened', 5], ['completed', 6]]))).toEqual(['completed p 60-']);
  });

  it('does not time out while it is contested', () => {
    expect(tell(toJob([...delivered, ['reopened', 6]], { deadline: 70 }))).toEqual([
      'completed p 50-60',
      'disputed p 60-',
    ]);
  });
});

describe('stake taken for a task', () => {
  it('turns its failure into a slash, whichever came first', () => {
    const steps: readonly Step[] = [...accepted, ['failed', 5]];
    expect(tell(toJob(steps, { slashes: [slashAt(5, 9)] }))).toEqual(['slashed p 50-']);
    expect(tell(toJob(steps, { slashes: [slashAt(5, 0)] }))).toEqual(['slashed p 50-']);
    expect(tell(toJob(steps, { slashes: [slashAt(8, 0)] }))).toEqual(['failed p 50-80', 'slashed p 80-']);
  });

  it('follows a deadline that nobody had claimed', () => {
    const job = toJob([...accepted, ['failed', 12]], { deadline: 100, slashes: [slashAt(12, 0)] });
    expect(tell(job)).toEqual(['timedOut* p 100-120', 'slashed p 120-']);
  });

  it('also takes back a completion, as where another fulfilled it late', () => {
    expect(tell(toJob(delivered, { slashes: [slashAt(7, 0)] }))).toEqual(['completed p 50-70', 'slashed p 70-']);
  });

  it('of a worker is not the provider’s', () => {
    expect(tell(toJob(delivered, { slashes: [slashAt(5, 0, { isProviders: false })] }))).toEqual(['completed p 50-']);
  });

  it('leaves a lost dispute as it is', () => {
    const job = toJob([...delivered, ['reopened', 6], ['failed', 7]], { slashes: [slashAt(7, 9)] });
    expect(tell(job).slice(-1)).toEqual(['disputeLost p 70-']);
  });

  it('hits the attempt of the provider that it is taken from', () => {
    const steps: readonly Step[] = [...accepted, ['failed', 5], ['assigned', 6, { providerId: 'q' }], ['attempted', 6]];
    const job = toJob([...steps, ['completed', 8]], { slashes: [slashAt(7, 0)] });
    expect(tell(job)).toEqual(['failed p 50-70', 'slashed p 70-', 'completed q 80-']);
  });
});

describe('a reorganisation', () => {
  it('that turns settled into disputed ends the settlement’s time, and gives it back', () => {
    const settled = toOutcomes(toJob(delivered), 90);
    const disputed = toOutcomes(toJob([...delivered, ['reopened', 8]]), 90);
    expect(disputed.map(({ kind }) => kind)).toEqual(['completed', 'disputed']);
    expect(disputed[0]).toEqual({ ...settled[0], knownTo: 80 });
    expect(toOutcomes(toJob(delivered), 90)).toEqual(settled);
  });
});

describe('of any history', () => {
  const cases = { numRuns: Number(process.env.PROPERTY_CASES ?? 2_000) };
  const places = fc.record({ gap: fc.nat(3), kind: fc.nat(11), who: fc.nat(2), node: fc.nat(2), amount: fc.nat(9) });
  const histories = fc.record({
    events: fc.array(places, { maxLength: 14 }),
    deadline: fc.option(fc.nat(300), { nil: null }),
    promisedSeconds: fc.option(fc.nat(40), { nil: null }),
  });
  type History = typeof histories extends fc.Arbitrary<infer T> ? T : never;

  const nothing = { nodeId: null, providerId: null, gpuModel: null, gpus: null, region: null, rejected: null };

  /** What happens in the first so many events. */
  function toFacts({ events, deadline, promisedSeconds }: History, count: number): JobFacts & { readonly end: number } {
    const facts = { steps: [] as StepFact[], slashes: [] as SlashFact[], payments: [] as PaymentFact[] };
    let height = 1;
    events.slice(0, count).forEach(({ gap, kind, who, node, amount }, logIndex) => {
      height += gap;
      const place = { height, logIndex, part: 0, time: toTime(height) };
      const provider = `p${who}`;
      const step = (of: StepFact['kind'], more: Partial<StepFact> = {}) =>
        facts.steps.push({ ...nothing, ...place, kind: of, taskId: 't', ...more });
      if (kind === 0) step('assigned', { taskId: null, providerId: provider });
      else if (kind === 1) step('attempted', { nodeId: `n${node}` });
      else if (kind === 2) step('started');
      else if (kind <= 4) step('completed');
      else if (kind === 5) step('failed');
      else if (kind <= 7) step('reopened', { rejected: kind === 7 ? 'node' : null });
      else if (kind === 8)
        facts.slashes.push({ ...place, taskId: 't', providerId: who ? provider : null, isProviders: node > 0 });
      else if (kind === 9)
        facts.payments.push({ taskId: 't', height, time: place.time, paid: BigInt(amount), fee: 1n });
      else if (kind === 10) step('verified', { rejected: node === 0 ? 'task' : null });
    });
    const created: StepFact = { ...nothing, height: 0, logIndex: 0, part: 0, time: 0, kind: 'created', taskId: null };
    const job = { ...facts, steps: [created, ...facts.steps], deadline, promisedSeconds } as Partial<JobFacts>;
    return { ...toJob([], job), end: toTime(height) };
  }

  const isKnownAt = (at: number) => (row: Pick<Outcome, 'knownFrom' | 'knownTo'>) =>
    row.knownFrom < at && (row.knownTo === null || row.knownTo >= at);
  /** As it was known then: of payments and of its end only what had happened. */
  const asOf = (at: number) => (row: Outcome) => ({
    ...row,
    knownTo: null,
    ...(row.paidAt !== null && row.paidAt < at ? {} : { paid: null, fee: null, paidAt: null }),
  });

  it('an attempt has one outcome at a time, and a task one success', () => {
    fc.assert(
      fc.property(histories, fc.nat(400), (history, at) => {
        const job = toFacts(history, history.events.length);
        const [rows = []] = toTaskEvents(job).map((task) => foldTask({ job, ...task, now: 1_000 }).rows);
        const valid = rows.filter(isKnownAt(at));
        expect(new Set(valid.map(({ attempt }) => attempt)).size).toBe(valid.length);
        expect(valid.filter(({ kind }) => outcomeValues[kind] === 1).length).toBeLessThanOrEqual(1);
        for (const [part, row] of toOutcomes(job, 1_000).entries()) {
          expect(row.part).toBe(part);
          expect(row.knownTo === null || row.knownTo > row.knownFrom).toBe(true);
          expect(row.paidAt === null || row.paidAt >= row.knownFrom).toBe(true);
          expect(row.height === null).toBe(row.derived);
        }
      }),
      cases,
    );
  });

  it('what comes later changes nothing that was known before, and gives it back when it goes', () => {
    fc.assert(
      fc.property(histories, fc.nat(14), fc.nat(400), (history, kept, at) => {
        const before = toFacts(history, kept);
        const first = toOutcomes(before, before.end);
        const all = toOutcomes(toFacts(history, history.events.length), 1_000);
        const time = Math.min(at, before.end);
        const known = (rows: readonly Outcome[]) => rows.filter(isKnownAt(time)).map(asOf(time));
        expect(known(all)).toEqual(known(first));
        expect(toOutcomes(toFacts(history, kept), before.end)).toEqual(first);
      }),
      cases,
    );
  });
});
