/**
 * The arithmetic of Proof of Contribution as the contracts do it (IexecPoco2Facet, "score policy"): the scheduler must
 * know beforehand whether a contribution ends the vote, because the next one would then be refused.
 */
export interface Tally {
  total: number;
  groups: Record<string, number>;
}

export function createTally(): Tally {
  return { total: 1, groups: {} };
}

/** The weight of a worker's voice: 2 for a newcomer, growing with its score. */
export function toWeight(score: number): number {
  return Math.max(Math.floor(score / 3), 3) - 1;
}

/** Counts one contribution and says whether its result now has the consensus. */
export function addVote(tally: Tally, vote: { digest: string; weight: number; trust: number }): boolean {
  const group = tally.groups[vote.digest] ?? 0;
  const grown = Math.max(group, 1) * vote.weight;
  tally.groups[vote.digest] = grown;
  tally.total += grown - group;
  return grown * vote.trust > tally.total * (vote.trust - 1);
}

/** Takes a consensus nobody revealed out of the count, as `reopen` does. */
export function dropGroup(tally: Tally, digest: string): void {
  tally.total -= tally.groups[digest] ?? 0;
  tally.groups[digest] = 0;
}

/** The trust to ask for so that `replicas` workers of the given weight are needed when all agree. */
export function toTrust(replicas: number, weight: number): number {
  return replicas <= 1 ? 1 : weight ** (replicas - 1) + 1;
}
