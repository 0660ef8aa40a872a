import type { ChainRow } from './chainQueries.js';

/** What staleness is judged by. */
export interface Clock {
  readonly now: Date;
  readonly staleAfterSeconds: number;
}

export interface Lag {
  readonly blocks: number;
  readonly seconds: number;
}

/** How far the facts are behind the head the source last named; null where there is no head to be behind. */
export function toLag(chain: ChainRow): Lag | null {
  if (chain.recorded || chain.height === null || chain.headNumber === null) return null;
  const seconds = chain.headAt && chain.blockTime ? (chain.headAt.getTime() - chain.blockTime.getTime()) / 1000 : 0;
  return { blocks: Math.max(0, chain.headNumber - chain.height), seconds: Math.max(0, Math.floor(seconds)) };
}

/** Why a chain's facts cannot be taken as current; null when they can. A recorded history has no present to miss. */
export function toStaleReason(chain: ChainRow, { now, staleAfterSeconds }: Clock): string | null {
  if (chain.recorded) return null;
  if (chain.phase === 'halted') return `halted: ${chain.phaseReason ?? 'no reason given'}`;
  if (chain.seenAt === null) return 'its source has not answered yet';
  const silentSeconds = toSeconds(now, chain.seenAt);
  if (silentSeconds > staleAfterSeconds) {
    return `its source last answered ${silentSeconds} s ago, more than ${staleAfterSeconds} s`;
  }
  // On the way through the past, what is written lies behind by nature.
  if (chain.phase === 'backfill') return null;
  const behindSeconds = toLag(chain)?.seconds ?? 0;
  if (behindSeconds > staleAfterSeconds) return `what is written lies ${behindSeconds} s behind the head`;
  const headSeconds = chain.headAt ? toSeconds(now, chain.headAt) : 0;
  if (headSeconds > staleAfterSeconds) return `its head has stood still for ${headSeconds} s`;
  return null;
}

function toSeconds(now: Date, then: Date): number {
  return Math.floor((now.getTime() - then.getTime()) / 1000);
}

/** Stale before current, unknown lag before known, long before short: the chain that a reader should doubt first. */
export function findMostLagging(chains: readonly ChainRow[], clock: Clock): ChainRow | null {
  const doubts = chains.map((chain) => ({ chain, doubt: toDoubt(chain, clock) }));
  doubts.sort((a, b) => (a.doubt === b.doubt ? a.chain.id - b.chain.id : b.doubt > a.doubt ? 1 : -1));
  return doubts[0]?.chain ?? null;
}

function toDoubt(chain: ChainRow, clock: Clock): number {
  if (chain.recorded) return -1;
  if (toStaleReason(chain, clock) !== null) return Number.POSITIVE_INFINITY;
  return toLag(chain)?.seconds ?? Number.MAX_SAFE_INTEGER;
}
