import { availabilityLower, effectiveSlots, lowerQuartile, type PooledSlots } from './availability.js';
import type { Evidence } from './collectEvidence.js';
import type { ScoreContext } from './createContext.js';
import { failureDecay } from './decay.js';
import { toSixPlaces } from './micro.js';
import type { IncidentRecord } from './NetworkRecord.js';
import { type Prior, posteriorLower } from './prior.js';
import type { ScoreComponent } from './Score.js';
import { scoreMethod } from './scoreMethod.js';
import { streakFactor } from './streak.js';
import type { Subject } from './subjects.js';
import { toWeight } from './toWeight.js';

/** A component before it is weighed: a lower bound, and what it was made of. */
export interface ComponentBound {
  /** In [0.01, 1]. */
  readonly value: number;
  readonly basis: ScoreComponent['basis'];
  readonly inputs: ScoreComponent['inputs'];
  /** How much one more success of full weight adds to its logarithm, at the margin. */
  readonly gain: number;
}

/** Priors that may stand for a subject; the lowest bound counts. */
export type PriorChoice = readonly Prior[];

/**
 * A subject's prior is learnt from others. Whether its neighbours are others is for neither side to choose by linking: with them and without
 * them. And a class of machines vouches for nobody more than the whole network does: of a class of few, all of them good, a newcomer
 * would stand above good records of another class. The lowest bound counts.
 */
export function choosePriors(context: ScoreContext, subject: Subject, what: 'jobs' | 'promises'): PriorChoice {
  const { hardware, providers, neighbours } = subject;
  const strict = [...providers, ...neighbours];
  const priors = (neighbours.length === 0 ? [strict] : [strict, providers]).flatMap((leftOut) =>
    (hardware === null ? [null] : [hardware, null]).map((model) =>
      context.priors.find(what, { hardware: model, leftOut }),
    ),
  );
  return priors.filter((prior, index) => !priors.some((other, place) => isBelow({ other, place }, { prior, index })));
}

/** Whether the other's bound is lower, or the same and asked for first, whatever evidence there is: no need to work out both. */
function isBelow(
  { other, place }: { readonly other: Prior; readonly place: number },
  { prior, index }: { readonly prior: Prior; readonly index: number },
): boolean {
  if (other.alpha > prior.alpha || other.beta < prior.beta) return false;
  return other.alpha < prior.alpha || other.beta > prior.beta || place < index;
}

/** 5 % quantile of Beta, failures doubled, then the streak. */
export function jobSuccessBound(priors: PriorChoice, evidence: Evidence): ComponentBound {
  const factor = streakFactor(evidence.streak);
  return toBetaBound(priors, {
    successes: evidence.success,
    failures: evidence.failure,
    factor,
    extra: { streakExcess: toSixPlaces(evidence.streak), streakFactor: toSixPlaces(factor) },
  });
}

export function promiseBound(priors: PriorChoice, evidence: Evidence): ComponentBound {
  return toBetaBound(priors, { successes: evidence.kept, failures: evidence.missed, factor: 1, extra: {} });
}

interface BetaInput {
  readonly successes: number;
  readonly failures: number;
  readonly factor: number;
  readonly extra: ComponentBound['inputs'];
}

function toBetaBound(priors: PriorChoice, { successes, failures, factor, extra }: BetaInput): ComponentBound {
  const evidence = { successes, failures: failures * scoreMethod.failureFactor };
  const bounds = priors.map((prior) => ({ prior, lower: posteriorLower(prior, evidence) }));
  const { prior, lower } = bounds.reduce((lowest, bound) => (bound.lower < lowest.lower ? bound : lowest));
  const total = prior.alpha + prior.beta + evidence.successes + evidence.failures;
  return {
    value: clamp(lower * factor),
    basis: successes + failures > 0 ? 'evidence' : 'prior',
    inputs: {
      successes: toSixPlaces(successes),
      failures: toSixPlaces(failures),
      priorAlpha: toSixPlaces(prior.alpha),
      priorBeta: toSixPlaces(prior.beta),
      priorPeers: prior.peers,
      lower: toSixPlaces(lower),
      ...extra,
    },
    gain: toGain(lower, total),
  };
}

/**
 * One step of Newton's method from `I_x(a, b) = p` to `I_x(a + 1, b) = p` is `(1 - x) / (a + b)`, because
 * `I_x(a + 1, b) = I_x(a, b) - x^a (1 - x)^b / (a B(a, b))` (DLMF 8.17.20).
 */
function toGain(lower: number, total: number): number {
  return lower <= 0 ? 0 : (1 - lower) / (total * lower);
}

/** 5 % quantile of Beta(9 + clean, 1 + incidents): a stranger is believed nine times in ten. */
export function integrityBound(evidence: Evidence, incidents: readonly WeighedIncident[]): ComponentBound {
  const weight =
    incidents.reduce((sum, incident) => sum + incident.weight, 0) + evidence.lostDispute * scoreMethod.lostDispute;
  const { clean, faults } = scoreMethod.integrity;
  const lower = posteriorLower(
    { alpha: clean, beta: faults, peers: 0 },
    { successes: evidence.success, failures: weight },
  );
  return {
    value: clamp(lower),
    basis: evidence.success + weight > 0 ? 'evidence' : 'prior',
    inputs: {
      clean: toSixPlaces(evidence.success),
      incidents: toSixPlaces(weight),
      incidentCount: incidents.length,
      lostDisputes: toSixPlaces(evidence.lostDispute),
      lower: toSixPlaces(lower),
    },
    gain: toGain(lower, clean + faults + evidence.success + weight),
  };
}

export interface WeighedIncident {
  readonly kind: IncidentRecord['kind'];
  readonly weight: number;
}

/** Incidents before `until`, each with what it weighs still at `decayAt`. */
export function weighIncidents(
  incidents: readonly IncidentRecord[],
  { until, decayAt }: { readonly until: number; readonly decayAt: number },
): WeighedIncident[] {
  return incidents
    .filter(({ at }) => at < until && decayAt - at <= scoreMethod.memory)
    .map(({ kind, at }) => ({ kind, weight: toWeight(scoreMethod.incidents[kind] * failureDecay(decayAt - at)) }));
}

export function availabilityBound(slots: PooledSlots | null, findPrior: () => AvailabilityPrior): ComponentBound {
  if (slots === null) {
    const peers = findPrior();
    return {
      value: clamp(peers.lower),
      basis: 'prior',
      inputs: { peers: peers.peers, lower: toSixPlaces(peers.lower) },
      gain: 0,
    };
  }
  const lower = availabilityLower(slots);
  return {
    value: clamp(lower),
    basis: 'evidence',
    inputs: { ...slots, effectiveSlots: toSixPlaces(effectiveSlots(slots)), lower: toSixPlaces(lower) },
    gain: 0,
  };
}

export interface AvailabilityPrior {
  readonly lower: number;
  readonly peers: number;
}

/** The lower quartile of its peers' bounds, with and without its neighbours: the lower of the two. */
export function chooseAvailabilityPrior(context: ScoreContext, subject: Subject): AvailabilityPrior {
  const strict = toAvailabilityPrior(context, subject, [...subject.providers, ...subject.neighbours]);
  if (subject.neighbours.length === 0) return strict;
  const wide = toAvailabilityPrior(context, subject, subject.providers);
  return wide.lower < strict.lower ? wide : strict;
}

function toAvailabilityPrior(
  { availabilities, hardwareOf }: ScoreContext,
  { hardware }: Subject,
  leftOut: readonly number[],
): AvailabilityPrior {
  const out = new Set(leftOut);
  const all = availabilities.filter(({ provider }) => !out.has(provider));
  const same = hardware === null ? [] : all.filter(({ provider }) => hardwareOf[provider] === hardware);
  for (const peers of [same, all]) {
    const lower = lowerQuartile(peers.map((peer) => peer.lower));
    if (lower !== null) return { lower, peers: peers.length };
  }
  return { lower: scoreMethod.availability.withoutPeers, peers: 0 };
}

function clamp(value: number): number {
  return Math.min(1, Math.max(scoreMethod.floor, value));
}
