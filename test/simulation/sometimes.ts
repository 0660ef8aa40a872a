/** What a run should sometimes meet: a sweep that never does proves less than it seems to. */
export const sometimes: readonly string[] = [
  // What happens to the chain.
  ...[
    'world:backToFirstBranch',
    'world:emptyFork',
    'world:forkOfFork',
    'world:sameEventsElsewhere',
    'world:shorterFork',
  ],
  ...['rollBack', 'rollBackOfDepth5', 'reorgAcrossCrash', 'deepReorgHalt'],
  ...['contractTakenBack', 'contractUsedInItsBlock', 'contractFoundLate', 'quarantine', 'phase:backfill'],
  // What happens to the indexer.
  ...['crash', 'crashAtWrite', 'crashAtRollBack', 'leaseLost', 'leaseTaken', 'phase:standby'],
  ...['ambiguousCommit', 'serialisationFailure'],
  // What endpoints do.
  ...['staleHead', 'otherFork', 'clog', 'subscriptionBroken', 'rangeTooLarge', 'setAside:wrongChain'],
  // Which lies are caught: logs left out by receipts, invented ones by the bloom, and so on.
  ...['setAside:logMissing', 'setAside:bloomMissing', 'setAside:logNotInReceipts', 'setAside:receiptsRootMismatch'],
  ...['setAside:headerHashMismatch', 'setAside:wrongBlock', 'setAside:malformed', 'setAside:removed'],
  'healed',
];

export function listUnmet(counters: ReadonlyMap<string, number>, least: number): readonly string[] {
  return sometimes.filter((name) => (counters.get(name) ?? 0) < least);
}
