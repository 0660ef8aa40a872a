export interface IexecContribution {
  /** The worker's score before it contributed. */
  readonly score: bigint;
  /** The hash of its result. */
  readonly result: string;
}

export interface IexecTally {
  readonly weight: bigint;
  /** Of those that gave the same result. */
  readonly group: bigint;
  readonly total: bigint;
  readonly consensus: boolean;
}

/**
 * Proof of Contribution as iExec's contracts have it, in whole numbers (iExecBlockchainComputing/PoCo,
 * `contracts/facets/IexecPoco2Facet.sol`; `REP-01`): one more for each accurate contribution to a replicated task, and a third less for each
 * faulty one. Tasks with a trust of one move no score.
 */
export function iexecScores(contributions: Iterable<boolean>, start = 0n): bigint[] {
  let score = start;
  return Array.from(contributions, (isAccurate) => {
    score = isAccurate ? score + 1n : (score * 2n) / 3n;
    return score;
  });
}

/** `max(score / 3, 3) - 1`: whoever is new has the weight of somebody with eleven accurate contributions. */
export function iexecWeight(score: bigint): bigint {
  const third = score / 3n;
  return (third > 3n ? third : 3n) - 1n;
}

/** The tally after each contribution, and whether the task is decided: `group * trust > total * (trust - 1)`. */
export function iexecConsensus(contributions: readonly IexecContribution[], trust: bigint): IexecTally[] {
  const groups = new Map<string, bigint>();
  let total = 1n;
  return contributions.map(({ score, result }) => {
    const weight = iexecWeight(score);
    const before = groups.get(result) ?? 0n;
    const group = (before === 0n ? 1n : before) * weight;
    groups.set(result, group);
    total += group - before;
    return { weight, group, total, consensus: group * trust > total * (trust - 1n) };
  });
}
