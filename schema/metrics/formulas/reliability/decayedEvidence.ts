import { assert } from '../../../lib/assert.js';
import type { Evidence } from './betaReputation.js';

/** `2^(-age / halfLife)`; what lies ahead of now counts in full, never more. */
export function decayWeight(age: number, halfLife: number): number {
  assert(halfLife > 0, `a half-life above zero, got ${halfLife}`);
  return 2 ** (-Math.max(0, age) / halfLife);
}

/**
 * Evidence that fades (`REL-06`; forgetting in Jøsang & Ismail 2002, in continuous time): the weights of events by their age alone,
 * so that what stood at one time is worth `decayWeight` of it later, and adding to that equals adding all up anew.
 */
export function decayedEvidence(
  events: readonly { readonly age: number; readonly ok: boolean }[],
  halfLife: number,
): Evidence {
  // The oldest first: small weights are added to small ones, and in whatever order they come the sum is the same.
  const weights = events.map(({ age, ok }) => ({ ok, weight: decayWeight(age, halfLife) }));
  weights.sort((one, other) => one.weight - other.weight);
  const sum = (ok: boolean) => weights.reduce((of, event) => (event.ok === ok ? of + event.weight : of), 0);
  return { r: sum(true), s: sum(false) };
}

/** What evidence is worth so much later, before anything is added to it. */
export function ageEvidence(
  { r, s }: Evidence,
  { by, halfLife }: { readonly by: number; readonly halfLife: number },
): Evidence {
  const weight = decayWeight(by, halfLife);
  return { r: r * weight, s: s * weight };
}
