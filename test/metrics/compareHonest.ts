import { providers } from '../../devnet/computeMarket/cast.js';
import { honestBuyers, honestProviders } from '../../devnet/computeMarket/truth.js';
import { outcomeValues } from '../../schema/metrics/formulas/jobs/Outcome.js';
import { integrityBound, jobSuccessBound, promiseBound } from '../../schema/metrics/formulas/score/componentBounds.js';
import { compositeScore } from '../../schema/metrics/formulas/score/compositeScore.js';
import { failureDecay, successDecay } from '../../schema/metrics/formulas/score/decay.js';
import type { NetworkRecord, OutcomeRecord } from '../../schema/metrics/formulas/score/NetworkRecord.js';
import type { Score } from '../../schema/metrics/formulas/score/Score.js';
import { scoreNetwork } from '../../schema/metrics/formulas/score/scoreNetwork.js';
import { weighBounds } from '../../schema/metrics/formulas/score/toScore.js';
import { toAddress, toProviderId } from './openRolledDevnet.js';

/** An honest provider of the devnet, as it is scored and as it would be if nobody had to be kept out. */
export interface HonestProvider {
  readonly name: string;
  readonly evidence: Score['evidence'];
  /** Of what the market's own buyers had of it, decayed and nothing else: how much of that weight counts. */
  readonly keptWeight: number;
  readonly score: number;
  /** With the same priors, readings and incidents, and every outcome of the market's own buyers at its decayed weight. */
  readonly openScore: number;
}

/** In the order of their scores, the best first. */
export function compareHonest(record: NetworkRecord, at: number): HonestProvider[] {
  const ids = honestProviders.map(toProviderId);
  const scores = scoreNetwork(record, { at, subjects: ids }).filter(({ kind }) => kind === 'provider');
  const buyers = new Set(honestBuyers.map(toAddress));
  return honestProviders
    .map((position, index): HonestProvider => {
      const score = scores.find(({ subject }) => subject === ids[index]);
      const name = providers[position]?.name ?? '';
      if (score === undefined) throw new Error(`Expected a score of ${name}, found none.`);
      const own = record.outcomes.filter(({ provider, buyer, knownFrom, knownTo }) => {
        const isKnown = knownFrom < at && (knownTo === null || knownTo >= at);
        return provider === score.subject && buyer !== null && buyers.has(buyer) && isKnown;
      });
      const sums = addOpen(own, at);
      return {
        ...{ name, evidence: score.evidence, score: Number(score.score) },
        keptWeight: Number(score.evidenceWeight) / (sums.success + sums.failure),
        openScore: toOpenScore(score, sums),
      };
    })
    .sort((one, other) => other.score - one.score);
}

/** Pairs in the order of their scores that stand the other way round without any defence, with what lies between them there. */
export function listSwaps(providers: readonly HonestProvider[]): { readonly pair: string; readonly points: number }[] {
  return providers.flatMap((one, index) =>
    providers.slice(index + 1).flatMap((other) => {
      const points = other.openScore - one.openScore;
      return points > 0 ? [{ pair: `${one.name} / ${other.name}`, points }] : [];
    }),
  );
}

type Sums = Readonly<Record<'success' | 'failure' | 'kept' | 'missed' | 'lostDispute', number>>;

function addOpen(outcomes: readonly OutcomeRecord[], at: number): Sums {
  const sums = { success: 0, failure: 0, kept: 0, missed: 0, lostDispute: 0 };
  for (const { kind, knownFrom, deadline } of outcomes) {
    const value = outcomeValues[kind];
    const [good, bad] = [successDecay(at - knownFrom), failureDecay(at - knownFrom)];
    if (value === 1) sums.success += good;
    if (value === 0) sums.failure += bad;
    if (kind === 'disputeLost') sums.lostDispute += bad;
    if (deadline === null) continue;
    if (kind === 'timedOut' || (kind === 'completed' && knownFrom > deadline)) sums.missed += bad;
    else if (value === 1) sums.kept += good;
  }
  return sums;
}

function toOpenScore({ components }: Score, sums: Sums): number {
  const inputs = (name: string) => components.find((one) => one.name === name)?.inputs ?? {};
  const [jobs, promises, integrity] = [inputs('jobSuccess'), inputs('promise'), inputs('integrity')];
  const toPrior = (of: Score['components'][number]['inputs']) => [
    { alpha: Number(of.priorAlpha), beta: Number(of.priorBeta), peers: Number(of.priorPeers) },
  ];
  const evidence = {
    ...{ ...sums, streak: Number(jobs.streakExcess), byBuyer: [] },
    removed: { sameCluster: 0, circulation: 0, noHistory: 0, success: 0 },
  };
  const incidents = Number(integrity.incidents) - Number(integrity.lostDisputes);
  const available = components.find(({ name }) => name === 'availability');
  const bounds = weighBounds({
    availability: { value: Number(available?.value), basis: 'evidence', inputs: {}, gain: 0 },
    jobSuccess: jobSuccessBound(toPrior(jobs), evidence),
    promise: promiseBound(toPrior(promises), evidence),
    integrity: integrityBound(evidence, [{ kind: 'slash', weight: incidents }]),
  });
  return compositeScore(bounds)?.score ?? 0;
}
