import { eigenTrust } from '../../schema/metrics/formulas/others/eigenTrust.js';
import { golemBlacklist, golemScore } from '../../schema/metrics/formulas/others/golemReputation.js';
import { iexecConsensus, iexecScores, iexecWeight } from '../../schema/metrics/formulas/others/iexecPoco.js';
import {
  livepeerAiScore,
  livepeerRoundTripScore,
  livepeerTranscodingScore,
} from '../../schema/metrics/formulas/others/livepeerLeaderboard.js';
import { livepeerSelection } from '../../schema/metrics/formulas/others/livepeerSelection.js';
import { runpodUptime } from '../../schema/metrics/formulas/others/runpodUptime.js';
import { betaWashCost } from '../../schema/metrics/formulas/score/betaWashCost.js';
import { cappedEvidence, effectiveBuyers } from '../../schema/metrics/formulas/score/buyerDiversity.js';
import { compositeMicro, compositeScore } from '../../schema/metrics/formulas/score/compositeScore.js';
import { toMicroText } from '../../schema/metrics/formulas/score/micro.js';
import { posteriorLower, priorOfPanel, toPanelSums } from '../../schema/metrics/formulas/score/prior.js';
import { resetPays } from '../../schema/metrics/formulas/score/resetPays.js';
import { describeWithShared } from '../sharedData.js';
import { expectOracle, findOracle, oracleFile } from './findOracle.js';

describeWithShared(oracleFile, 'oracles of reputation', () => {
  it('REL-03: uptime as RunPod publishes it', () => {
    const oracle = findOracle('REL-03');
    const got = runpodUptime(oracle.inputs);
    expectOracle({ ...got, publishedRounded: got?.published, delistBelow: 0.98 }, oracle);
    const edge = (downMinutes: number) => runpodUptime({ totalMinutes: 43_200, downMinutes })?.isListed;
    expect([edge(874), edge(875)]).toEqual([true, false]);
  });

  it('REL-07: a prior from a panel, by its sums', () => {
    const oracle = findOracle('REL-07');
    const panel = oracle.inputs.panel.map(({ s, n }: { s: number; n: number }) => ({ successes: s, trials: n }));
    const prior = priorOfPanel(toPanelSums(panel), { mean: [0, 1], strength: [2, 200] }) ?? {
      alpha: 1,
      beta: 1,
      peers: 0,
    };
    const { alpha, beta, M } = oracle.expected;
    expectOracle(
      { alpha: prior.alpha, beta: prior.beta, M: prior.alpha + prior.beta },
      { expected: { alpha, beta, M }, tolerance: oracle.tolerance },
    );
    const lower = oracle.inputs.subjects.map(({ s, n }: { s: number; n: number }) =>
      posteriorLower(prior, { successes: s, failures: n - s }),
    );
    const expected = oracle.expected.subjects.map(({ lower05 }: { lower05: number }) => lower05);
    expectOracle(lower, { expected, tolerance: oracle.tolerance });
  });

  it('REP-01: scores, weights and consensus of Proof of Contribution, in whole numbers', () => {
    const { inputs, expected } = findOracle('REP-01');
    expect(iexecScores([...inputs.events].map((event) => event === '+')).map(Number)).toEqual(expected.scores);
    for (const [score, weight] of Object.entries(expected.weights))
      expect(iexecWeight(BigInt(score))).toBe(BigInt(weight as number));
    const tally = (contributions: readonly { score: number; result: string }[], trust: number) =>
      iexecConsensus(
        contributions.map(({ score, result }) => ({ score: BigInt(score), result })),
        BigInt(trust),
      ).map(({ weight, group, total, consensus }) => ({
        weight: Number(weight),
        group: Number(group),
        total: Number(total),
        consensus,
      }));
    expect(tally(inputs.contributions, inputs.trust)).toEqual(expected.consensusTrust10);
    expect(tally(inputs.singleTrust1, 1)).toEqual(expected.consensusTrust1);
  });

  it("REP-02: Livepeer's leaderboard", () => {
    const oracle = findOracle('REP-02');
    const { ai, aiFromRtt, transcoding } = oracle.inputs;
    expectOracle(
      {
        ai: ai.map(livepeerAiScore),
        readme: ai.map(livepeerAiScore),
        aiFromRtt: aiFromRtt.map((of: { successRate: number; rtt: number; medianRtt: number }) =>
          livepeerAiScore({ successRate: of.successRate, roundTripScore: livepeerRoundTripScore(of) }),
        ),
        transcoding: livepeerTranscodingScore(transcoding),
      },
      oracle,
    );
    // Theirs is NaN here.
    expect(livepeerRoundTripScore({ rtt: 0, medianRtt: 0 })).toBeNull();
    expect(livepeerAiScore({ successRate: 1, roundTripScore: null })).toBeNull();
    expect(livepeerAiScore({ successRate: 0, roundTripScore: null })).toBe(0);
  });

  it("REP-03: Livepeer's selection", () => {
    const oracle = findOracle('REP-03');
    const { stakes, prices, priceExpFactor, defaults, alt } = oracle.inputs;
    const select = (weights: typeof defaults) => livepeerSelection({ stakes, prices, priceExpFactor, weights });
    expectOracle({ defaults: select(defaults), alt: select(alt) }, oracle);
    expect(livepeerSelection({ stakes: [0, 0], prices: [1, 1], priceExpFactor: 1 })).toEqual([0.5, 0.5]);
    expect(livepeerSelection({ stakes: [], prices: [], priceExpFactor: 1 })).toEqual([]);
  });

  it("REP-04: Golem's score and blacklist", () => {
    const oracle = findOracle('REP-04');
    const { a, b, c, operatorRatios, operatorTasks } = oracle.inputs;
    const blacklist = golemBlacklist(
      operatorRatios.map((successRatio: number, index: number) => ({ successRatio, tasks: operatorTasks[index] })),
    );
    expectOracle(
      {
        ...{ a: golemScore(a).score, aAccepted: golemScore(a).isAccepted },
        ...{ b: golemScore(b).score, bAccepted: golemScore(b).isAccepted, cDefaultWeights: golemScore(c).score },
        meanRatio: blacklist?.mean,
        stddevPopulation: blacklist?.deviation,
        blacklistedIndexes: blacklist?.indexes,
      },
      oracle,
    );
    expect(golemBlacklist([])).toBeNull();
    expect(golemBlacklist([{ successRatio: 1, tasks: 9 }])?.indexes).toEqual([]);
  });

  it('REP-05: a composite that is decomposed without a rest', () => {
    const oracle = findOracle('REP-05');
    const composite = compositeScore(oracle.inputs.components);
    const names = oracle.inputs.components.map(({ name }: { name: string }) => name);
    const pointsLost = Object.fromEntries(
      names.map((name: string, index: number) => [name, composite?.pointsLost[index]]),
    );
    const { score, pointsLost: expected } = oracle.expected;
    expectOracle(
      { score: composite?.score, pointsLost },
      { expected: { score, pointsLost: expected }, tolerance: oracle.tolerance },
    );
    const exact = compositeMicro(oracle.inputs.components);
    expect(toMicroText(exact?.score ?? 0)).toBe('93.912219');
    expect(exact?.pointsLost.reduce((sum, points) => sum + points, exact.score)).toBe(100_000_000);
    expect(compositeScore([])).toBeNull();
  });

  it('REP-06: buyers that are as many as they are equal', () => {
    const oracle = findOracle('REP-06');
    const { jobsPerBuyer, cap, equal } = oracle.inputs;
    expectOracle(
      {
        ...{ nEffBuyers: effectiveBuyers(jobsPerBuyer), cappedEvidence: cappedEvidence(jobsPerBuyer, cap) },
        ...{ nEffEqual: effectiveBuyers(equal), cappedEqual: cappedEvidence(equal, cap) },
      },
      oracle,
    );
    expect(effectiveBuyers([])).toBeNull();
  });

  it('REP-07: what a plain beta score costs', () => {
    const oracle = findOracle('REP-07');
    expectOracle(betaWashCost(oracle.inputs), oracle);
    expect(betaWashCost({ ...oracle.inputs, target: 1 })).toBeNull();
    expect(betaWashCost({ ...oracle.inputs, target: 0.5 })?.jobsNeeded).toBe(0);
  });

  it('REP-08: the fixed point of EigenTrust', () => {
    const oracle = findOracle('REP-08');
    const { C, pretrusted, a } = oracle.inputs;
    const t = eigenTrust({ trust: C, pretrusted, a });
    expectOracle({ t, sum: t?.reduce((sum, value) => sum + value, 0) }, oracle);
    expect(eigenTrust({ trust: [[0]], pretrusted: [0], a })).toBeNull();
  });

  it('REP-09: a new name pays for records that are worse than none only', () => {
    const oracle = findOracle('REP-09');
    const { priorAlpha: alpha, priorBeta: beta, records } = oracle.inputs;
    const got = records.map(({ s, n }: { s: number; n: number }) => {
      const { lower, pays } = resetPays({ alpha, beta, peers: 3 }, { successes: s, failures: n - s });
      return { s, n, lower05: lower, resetPays: pays };
    });
    expectOracle(got, oracle);
  });
});
