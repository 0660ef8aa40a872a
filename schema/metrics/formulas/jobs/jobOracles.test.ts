import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describeWithShared, toSharedPath } from '../../../../test/sharedData.js';
import { percentileDisc } from '../statistics/percentileDisc.js';
import { aalenJohansen, findIncidence } from './aalenJohansen.js';
import { kaplanMeier } from './kaplanMeier.js';
import { type OutcomeKind, outcomeValues } from './Outcome.js';
import type { Observation } from './observations.js';
import { promiseKeeping } from './promiseKeeping.js';
import { successRates } from './successRates.js';
import { summariseDurations } from './summariseDurations.js';

const file = '../oracles/metric-oracles.json';

describeWithShared(file, 'oracles of jobs', () => {
  interface Oracle {
    readonly id: string;
    readonly tolerance: number;
    // Their shapes are as many as there are oracles.
    // biome-ignore lint/suspicious/noExplicitAny: read as JSON
    readonly inputs: any;
    // biome-ignore lint/suspicious/noExplicitAny: read as JSON
    readonly expected: any;
  }
  const oracles: readonly Oracle[] = JSON.parse(readFileSync(toSharedPath(file), 'utf8'));
  function getOracle(id: string): Oracle {
    const found = oracles.find((oracle) => oracle.id === id);
    if (!found) throw new Error(`no oracle ${id}`);
    return found;
  }

  function expectNear(value: unknown, expected: number, { tolerance }: Oracle): void {
    expect(typeof value).toBe('number');
    expect(Math.abs((value as number) - expected)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(expected)));
  }

  /** The oracle's words for ours. */
  const kinds: Readonly<Record<string, OutcomeKind>> = {
    completed: 'completed',
    dispute_won: 'disputeWon',
    failed_provider: 'failed',
    timed_out: 'timedOut',
    dispute_lost: 'disputeLost',
    slashed: 'slashed',
    failed_requester: 'failedByBuyer',
    cancelled_before_start: 'cancelled',
    dispute_open: 'disputed',
  };

  it('JOB-01: success by count, value, capped value and its logarithm', () => {
    const oracle = getOracle('JOB-01');
    const { jobs, capUsd, outcomeMap } = oracle.inputs;
    const tasks = (jobs as { readonly outcome: string; readonly usd: number }[]).map(({ outcome, usd }) => {
      const kind = kinds[outcome];
      const value = kind ? outcomeValues[kind] : 'censored';
      expect(value).toBe(outcomeMap[outcome]);
      return { value, usd };
    });
    const rates: Readonly<Record<string, number | null>> = { ...successRates(tasks, { capUsd }) };
    for (const [name, expected] of Object.entries(oracle.expected)) expectNear(rates[name], expected as number, oracle);
  });

  const toObservations = ({ inputs }: Oracle): readonly Observation[] =>
    inputs.observationsMinutes.map(({ t, status }: { readonly t: number; readonly status: string }) => ({
      ...{ t, end: status === 'censored' ? null : status },
    }));

  it('JOB-02: how long tasks take where some still run', () => {
    const oracle = getOracle('JOB-02');
    const { points, median } = kaplanMeier(toObservations(oracle));
    expect(points.length).toBe(oracle.expected.table.length);
    for (const [at, expected] of oracle.expected.table.entries()) {
      expect(points[at]).toMatchObject({ t: expected.t, atRisk: expected.atRisk, events: expected.events });
      expectNear(points[at]?.survival, expected.survival, oracle);
      expectNear(points[at]?.standardError, oracle.expected.greenwoodSe[at], oracle);
    }
    expect(median).toBe(oracle.expected.medianMinutes);
  });

  it('JOB-03: the probability of completion and of failure by a time', () => {
    const oracle = getOracle('JOB-03');
    const points = aalenJohansen(toObservations(oracle));
    expect(points.length).toBe(oracle.expected.table.length);
    for (const [at, expected] of oracle.expected.table.entries()) {
      expect(points[at]?.t).toBe(expected.t);
      expectNear(points[at]?.complete, expected.cifComplete, oracle);
      expectNear(points[at]?.fail, expected.cifFail, oracle);
      expectNear(points[at]?.running, expected.stillRunning, oracle);
    }
    expect(points.at(-1)?.fail).toBeLessThan(oracle.expected.naiveOneMinusKmFailAtEnd);
  });

  it('JOB-04: percentiles of the time to start', () => {
    const oracle = getOracle('JOB-04');
    const { secondsToStart, q } = oracle.inputs;
    const { percentiles, mean } = summariseDurations(secondsToStart, { minSamples: 1 });
    const [p50, p90, p95, p99] = oracle.expected.cont;
    for (const [name, expected] of Object.entries({ p50, p90, p95, p99 }))
      expectNear(percentiles[name as keyof typeof percentiles], expected, oracle);
    expectNear(mean, oracle.expected.mean, oracle);
    expect(q.map((share: number) => percentileDisc(secondsToStart, share))).toEqual(oracle.expected.disc);
  });

  it('JOB-05: promises kept, and missed while it runs', () => {
    const oracle = getOracle('JOB-05');
    const { jobs, nowRunningForMinutes } = oracle.inputs;
    const tasks = (jobs as { readonly promisedMinutes: number; readonly actualMinutes: number | null }[]).map(
      ({ promisedMinutes, actualMinutes }) => ({
        ...{ promised: promisedMinutes, actual: actualMinutes, running: nowRunningForMinutes },
      }),
    );
    const kept = promiseKeeping(tasks);
    expect([kept.decided, kept.onTime]).toEqual([oracle.expected.decided, oracle.expected.onTime]);
    expectNear(kept.onTimeRate, oracle.expected.onTimeRate, oracle);
    expectNear(kept.medianRatio, oracle.expected.medianRatioFinished, oracle);
    expectNear(kept.meanRatio, oracle.expected.geoMeanRatioFinished, oracle);
  });
});

describe('of nothing, nothing is said', () => {
  it('of no task, of tasks without value, of none that is decided', () => {
    const nothing = {
      countRate: null,
      valueRate: null,
      cappedRate: null,
      logRate: null,
      wilsonLower: 0,
      wilsonUpper: 1,
    };
    expect(successRates([], { capUsd: 1 })).toMatchObject({ decided: 0, ...nothing });
    expect(successRates([{ value: 'excluded', usd: 9 }], { capUsd: 1 })).toMatchObject({ excluded: 1, ...nothing });
    expect(
      successRates(
        [
          { value: 1, usd: 0 },
          { value: 0, usd: null },
        ],
        { capUsd: 1 },
      ),
    ).toMatchObject({
      ...{ countRate: 0.5, valueRate: null, cappedRate: null, logRate: null },
    });
    expect(kaplanMeier([])).toEqual({ points: [], median: null });
    expect(aalenJohansen([])).toEqual([]);
    expect(findIncidence([], 5)).toBeNull();
    expect(promiseKeeping([])).toMatchObject({ decided: 0, onTimeRate: null, medianRatio: null, meanRatio: null });
  });

  it('of percentiles below twenty samples: the range stands for them', () => {
    const few = summariseDurations(Array.from({ length: 19 }, (_, at) => at));
    expect(few).toMatchObject({ n: 19, min: 0, max: 18, percentiles: { p50: null, p90: null, p95: null, p99: null } });
    expect(summariseDurations(Array.from({ length: 20 }, (_, at) => at)).percentiles.p50).toBe(9.5);
    expect(summariseDurations([])).toMatchObject({ n: 0, min: null, max: null, mean: null });
  });

  it('of a mean ratio, by what took no time', () => {
    const tasks = [
      { promised: 4, actual: 0, running: null },
      { promised: 4, actual: 8, running: null },
      { promised: 0, actual: 0, running: null },
    ];
    expect(promiseKeeping(tasks)).toMatchObject({ decided: 3, onTime: 2, meanRatio: 2 });
  });

  it('of a time for which nothing was looked at', () => {
    const running = aalenJohansen([
      { t: 5, end: 'complete' },
      { t: 6, end: null },
    ]);
    expect(findIncidence(running, 6)?.complete).toBe(0.5);
    expect(findIncidence(running, 7)).toBeNull();
    expect(findIncidence(running, 1)).toEqual({ t: 1, complete: 0, fail: 0, running: 1 });
    expect(findIncidence(aalenJohansen([{ t: 5, end: 'fail' }]), 100)?.fail).toBe(1);
  });
});

describe('of any observations', () => {
  const many = { numRuns: Number(process.env.PROPERTY_CASES ?? 2_000) };
  const observations = fc.array(
    fc.record({ t: fc.nat(20), end: fc.constantFrom('complete' as const, 'fail' as const, null) }),
    { maxLength: 40 },
  );

  it('the probabilities add up to one at every time, and none falls or leaves the unit', () => {
    fc.assert(
      fc.property(observations, (given) => {
        let [complete, fail, running] = [0, 0, 1];
        const survival = kaplanMeier(given);
        for (const point of aalenJohansen(given)) {
          expect(Math.abs(point.complete + point.fail + point.running - 1)).toBeLessThan(1e-12);
          expect(point.complete >= complete && point.fail >= fail && point.running <= running).toBe(true);
          expect(point.running).toBeGreaterThanOrEqual(0);
          [complete, fail, running] = [point.complete, point.fail, point.running];
          // Whatever ends it, it is no longer running: both estimates say so alike.
          const same = survival.points.findLast(({ t }) => t <= point.t)?.survival ?? 1;
          expect(Math.abs(same - point.running)).toBeLessThan(1e-12);
        }
      }),
      many,
    );
  });

  it('the order makes no difference, and what still runs never makes things look faster', () => {
    fc.assert(
      fc.property(observations, fc.nat(30), (given, t) => {
        const survival = kaplanMeier(given);
        expect(kaplanMeier([...given].reverse())).toEqual(survival);
        const longer = kaplanMeier([...given, { t, end: null }]).median;
        expect(longer === null || (survival.median !== null && longer >= survival.median)).toBe(true);
      }),
      many,
    );
  });
});
