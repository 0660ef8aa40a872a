import { betaReputation } from '../../schema/metrics/formulas/reliability/betaReputation.js';
import { clippedWindow } from '../../schema/metrics/formulas/reliability/clippedWindow.js';
import { ageEvidence, decayedEvidence } from '../../schema/metrics/formulas/reliability/decayedEvidence.js';
import { effectiveSampleSize } from '../../schema/metrics/formulas/reliability/effectiveSampleSize.js';
import {
  empiricalBayesPrior,
  priorWithout,
  type TrialRecord,
  toPeerPanel,
} from '../../schema/metrics/formulas/reliability/empiricalBayesPrior.js';
import {
  alertErrorRate,
  budgetSpent,
  burnAlerts,
  errorBudget,
} from '../../schema/metrics/formulas/reliability/errorBudget.js';
import { networkUptime } from '../../schema/metrics/formulas/reliability/networkUptime.js';
import { outageStatistics } from '../../schema/metrics/formulas/reliability/outageStatistics.js';
import { wilsonInterval } from '../../schema/metrics/formulas/statistics/wilsonInterval.js';
import { describeWithShared } from '../sharedData.js';
import { expectOracle, findOracle, oracleFile } from './findOracle.js';

/** REL-01 is in schema/heartbeat/uptime.test.ts, REL-10 in judgeSlots.test.ts beside it, REL-03 with others' formulas. */
describeWithShared(oracleFile, 'oracles of reliability', () => {
  it('REL-02: windows clipped to the life of the node', () => {
    const oracle = findOracle('REL-02');
    const { now, registeredAt, outagesSecondsRelativeToNow } = oracle.inputs;
    const outages = outagesSecondsRelativeToNow.map(([from, to]: readonly number[], at: number, all: unknown[]) => ({
      from,
      to: at === all.length - 1 ? null : to, // The last one is open.
    }));
    const windows = Object.entries({ '24h': 1, '7d': 7, '30d': 30, '90d': 90 }).map(([name, days]) => {
      const length = days * 86_400;
      const { eligible, down, uptime, coverage } = clippedWindow({ now, length, registeredAt, outages });
      const uptimeIfFullWindowDenominator = 1 - down / length; // What others publish, shown for contrast.
      return [
        name,
        {
          eligibleSeconds: eligible,
          downSeconds: down,
          uptime,
          coverageOfWindow: coverage,
          uptimeIfFullWindowDenominator,
        },
      ];
    });
    expectOracle(Object.fromEntries(windows), oracle);
  });

  it('REL-04: the interval of Wilson', () => {
    const oracle = findOracle('REL-04');
    const { z, cases } = oracle.inputs;
    const got = cases.map((one: { successes: number; n: number }) => ({ ...one, ...wilsonInterval({ ...one, z }) }));
    expectOracle(got, oracle);
    expect([got[3].lower, got[4].upper]).toEqual([0, 1]);
  });

  it('REL-05: beta reputation', () => {
    const oracle = findOracle('REL-05');
    const { cases, priorAlpha: alpha, priorBeta: beta } = oracle.inputs;
    expectOracle(
      cases.map((one: { r: number; s: number }) => ({ ...one, ...betaReputation(one, { alpha, beta }) })),
      oracle,
    );
  });

  it('REL-06: evidence that fades, at once and step by step', () => {
    const oracle = findOracle('REL-06');
    const { events, halfLifeDays: halfLife } = oracle.inputs;
    const days = events.map(({ ageDays, ok }: { ageDays: number; ok: boolean }) => ({ age: ageDays, ok }));
    const atOnce = decayedEvidence(days, halfLife);
    let [stepwise, before] = [{ r: 0, s: 0 }, 0];
    for (const { age, ok } of days.toReversed()) {
      stepwise = ageEvidence(stepwise, { by: before - age, halfLife });
      stepwise = { r: stepwise.r + (ok ? 1 : 0), s: stepwise.s + (ok ? 0 : 1) };
      before = age;
    }
    for (const evidence of [atOnce, stepwise]) {
      expectOracle({ ...evidence, effectiveN: evidence.r + evidence.s, ...betaReputation(evidence) }, oracle);
    }
  });

  it('REL-07: the prior of the peers, and nobody is its own peer', () => {
    const oracle = findOracle('REL-07');
    const { panel, subjects } = oracle.inputs as { panel: TrialRecord[]; subjects: TrialRecord[] };
    const prior = empiricalBayesPrior(panel);
    if (!prior) throw new Error('Expected a prior of seven peers.');
    const posteriors = subjects.map(({ s, n }) => {
      const { expectation, lower05 } = betaReputation({ r: s, s: n - s }, prior);
      return { s, n, raw: n > 0 ? s / n : null, posteriorMean: expectation, lower05 };
    });
    expectOracle({ ...prior, M: prior.weight, subjects: posteriors }, oracle);
    for (const [at, record] of panel.entries()) {
      const anew = empiricalBayesPrior(panel.filter((_, other) => other !== at));
      expectOracle(priorWithout(toPeerPanel(panel), [record]), { expected: anew, tolerance: 1e-9 });
    }
  });

  it('REL-08: what slots that hang together are worth', () => {
    const oracle = findOracle('REL-08');
    const { slots, upSlots: up, downSlots: down, failures, repairs, z } = oracle.inputs;
    const nEff = effectiveSampleSize({ slots, up, down, failures, repairs });
    const uptime = up / slots;
    const got = {
      ...{ rho: (slots - nEff) / (slots + nEff), nEff, uptime },
      wilsonLowerNaive: wilsonInterval({ successes: up, n: slots, z }).lower,
      wilsonLowerEff: wilsonInterval({ successes: uptime * nEff, n: nEff, z }).lower,
    };
    expectOracle(got, oracle);
  });

  it('REL-09: outages, one of them open', () => {
    const oracle = findOracle('REL-09');
    const { windowHours, completedOutageHours, openOutageHours, zeroFailureHours } = oracle.inputs;
    const repairedDown = completedOutageHours.reduce((sum: number, hours: number) => sum + hours, 0);
    const down = repairedDown + openOutageHours;
    const repairs = completedOutageHours.length;
    const sums = { up: windowHours - down, down, failures: repairs + 1, repairs, repairedDown };
    const got = outageStatistics(sums);
    const none = outageStatistics({ up: zeroFailureHours, down: 0, failures: 0, repairs: 0, repairedDown: 0 });
    expectOracle(
      {
        ...{ failures: sums.failures, uptimeHours: sums.up, ...got, mtbfHours: got.mtbf },
        ...{ mttrCompletedHours: got.mttrCompleted, mttrExposureHours: got.mttrExposure },
        ...{ mtbfLowHours: got.mtbfLow, mtbfHighHours: got.mtbfHigh },
        ...{ zeroFailuresRateUpper95: none.failureRateUpper95, zeroFailuresMtbfLower95: none.mtbfLower95 },
      },
      oracle,
    );
    expect([none.mtbf, none.mttrCompleted, none.failureRateHigh]).toEqual([null, null, null]);
  });

  it('REL-11: a network three ways', () => {
    const oracle = findOracle('REL-11');
    const nodes = oracle.inputs.nodes.map((node: { gpus: number; knownSlots: number; upSlots: number }) => ({
      ...{ gpus: node.gpus, known: node.knownSlots, up: node.upSlots },
    }));
    expectOracle(networkUptime(nodes), oracle);
  });

  it('SLO-01: error budgets and alerts', () => {
    const oracle = findOracle('SLO-01');
    const { slos, periodDays, alerts } = oracle.inputs;
    expect(burnAlerts.map(({ rate, hours }) => [rate, hours])).toEqual(alerts);
    const got = {
      budgetMinutes: slos.map((objective: number) => errorBudget(objective, periodDays * 1_440)),
      budgetSpent: burnAlerts.map((alert) => budgetSpent(alert, periodDays)),
      errorRateFor999: burnAlerts.map((alert) => alertErrorRate(alert, 0.999)),
    };
    expectOracle(got, oracle);
  });
});
