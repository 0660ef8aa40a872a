import type { SlotVerdict } from './judgeSlots.js';

export type Presence = 'UP' | 'DOWN';

/** A node that is up in one of its last three known slots is online. Null: nothing is known of it. */
export function isOnline(verdicts: Iterable<SlotVerdict>): boolean | null {
  const known = [...verdicts].filter((verdict) => verdict !== 'UNKNOWN').slice(-RECENT);
  return known.length === 0 ? null : known.includes('UP');
}

/**
 * What is said of a node after these slots, oldest first: it is down after three misses and up after two hits in a row, so that
 * one lost beat changes nothing. UNKNOWN slots are neither. Until then its first known slot stands; null without any.
 */
export function toPresence(verdicts: Iterable<SlotVerdict>): Presence | null {
  let presence: Presence | null = null;
  let run = 0;
  for (const verdict of verdicts) {
    if (verdict === 'UNKNOWN') continue;
    presence ??= verdict;
    run = verdict === presence ? 0 : run + 1;
    if (run < (verdict === 'DOWN' ? MISSES : HITS)) continue;
    presence = verdict;
    run = 0;
  }
  return presence;
}

/** The slots of an hour as the two functions take them; what was not expected is left out. */
export function listVerdicts(hour: {
  readonly up: bigint;
  readonly known: bigint;
  readonly expected: bigint;
}): readonly SlotVerdict[] {
  const verdicts: SlotVerdict[] = [];
  for (let bit = 1n; bit < 1n << 60n; bit <<= 1n) {
    if ((hour.expected & bit) === 0n) continue;
    verdicts.push((hour.known & bit) === 0n ? 'UNKNOWN' : (hour.up & bit) === 0n ? 'DOWN' : 'UP');
  }
  return verdicts;
}

const RECENT = 3;
const MISSES = 3;
const HITS = 2;
