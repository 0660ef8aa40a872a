import { assert } from '../../../lib/assert.js';
import type { BetaPrior } from './betaReputation.js';

/** Successes of trials; both may be fractions. */
export interface TrialRecord {
  readonly s: number;
  readonly n: number;
}

/** A prior, and how it was come by. */
export interface EmpiricalPrior extends BetaPrior {
  /** Mean of the peers' rates, and their sample variance. */
  readonly mu: number;
  readonly sampleVar: number;
  /** What of the variance is between the peers, after what chance alone would make. */
  readonly betweenVar: number;
  /** How many trials it weighs: `alpha + beta`, 2 to 200. */
  readonly weight: number;
  /** Peers that stand behind it. */
  readonly peers: number;
}

/** Sums over a panel of peers; those of a panel without some of them follow by subtraction. */
export interface PeerPanel {
  readonly peers: number;
  readonly trials: number;
  readonly rates: number;
  readonly squares: number;
  readonly inverses: number;
}

/** Bounds of the prior's weight. */
const MIN_WEIGHT = 2;
const MAX_WEIGHT = 200;

/**
 * The prior of a newcomer, from the records of its peers: a beta distribution by the method of moments (Efron & Morris 1975,
 * Casella 1985; `REL-07`), so that 3 of 3 ranks below 48 of 50. Peers without trials say nothing. Null of fewer than two peers:
 * they have no variance.
 */
export function empiricalBayesPrior(panel: readonly TrialRecord[]): EmpiricalPrior | null {
  return priorWithout(toPeerPanel(panel), []);
}

/** Adds up a panel once. The order in which its peers come changes no bit. */
export function toPeerPanel(panel: readonly TrialRecord[]): PeerPanel {
  const records = panel.filter(hasTrials).map((record) => ({ ...record, rate: toRate(record) }));
  records.sort((one, other) => one.rate - other.rate || one.n - other.n);
  const sum = (of: (record: (typeof records)[number]) => number) =>
    records.reduce((total, record) => total + of(record), 0);
  return {
    peers: records.length,
    trials: sum(({ n }) => n),
    rates: sum(({ rate }) => rate),
    squares: sum(({ rate }) => rate * rate),
    inverses: sum(({ n }) => 1 / n),
  };
}

/** The prior of the panel without some of those that are in it, in a step for each: nobody is its own peer. */
export function priorWithout(panel: PeerPanel, without: readonly TrialRecord[]): EmpiricalPrior | null {
  const out = toPeerPanel(without);
  const peers = panel.peers - out.peers;
  assert(peers >= 0, `records that are in the panel of ${panel.peers}, got ${out.peers}`);
  if (peers < 2) return null;
  const mu = clamp((panel.rates - out.rates) / peers, { low: 0, high: 1 });
  const sampleVar = Math.max(0, (panel.squares - out.squares - peers * mu * mu) / (peers - 1));
  const betweenVar = sampleVar - (mu * (1 - mu) * (panel.inverses - out.inverses)) / peers;
  const raw = betweenVar > 0 ? (mu * (1 - mu)) / betweenVar - 1 : MAX_WEIGHT;
  const weight = clamp(raw, { low: MIN_WEIGHT, high: MAX_WEIGHT });
  // A panel that never failed, or never succeeded, does not prove that nobody will: half a trial of all of them is left open.
  const open = 0.5 / (Math.max(0, panel.trials - out.trials) + 1);
  const mean = clamp(mu, { low: open, high: 1 - open });
  return { mu, sampleVar, betweenVar, weight, peers, alpha: mean * weight, beta: (1 - mean) * weight };
}

/** Less than a thousandth of a trial is no record. */
function hasTrials({ n }: TrialRecord): boolean {
  return n >= 0.001;
}

function toRate({ s, n }: TrialRecord): number {
  assert(s >= 0 && s <= n, `between none and all of ${n} trials to succeed, got ${s}`);
  return s / n;
}

function clamp(value: number, { low, high }: { readonly low: number; readonly high: number }): number {
  return Math.min(high, Math.max(low, value));
}
