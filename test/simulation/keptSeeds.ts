/** Seeds that have failed once, and why: they run for ever. */
export const keptSeeds: readonly { readonly seed: number; readonly once: string }[] = [
  { seed: 15, once: 'receipts asked by transaction were those of another branch' },
  { seed: 27, once: 'a block in which only a contract found late wrote logs was stored without its header' },
  { seed: 97, once: 'the end of the indexer waited for an endpoint that had asked for fewer requests' },
  { seed: 234, once: 'a reorg below the first stored block halted the chain for good' },
  { seed: 278, once: 'blocks of a branch that was never followed were taken for final' },
  { seed: 302, once: 'an endpoint was taken for one that leaves logs out' },
  { seed: 335, once: 'logs of a contract found late were stored without their block' },
  { seed: 400, once: 'logs asked by height were those of another branch' },
  { seed: 680, once: 'a contract found late and announced again counted from the second time only' },
  { seed: 2947, once: 'blocks of a branch that was followed half way were taken for final' },
  { seed: 5272, once: 'a node that lagged brought back the branch that had just been left' },
  { seed: 7214, once: 'a node that lagged brought back the branch that had just been left' },
  { seed: 11053, once: 'a node that lagged brought back the branch that had just been left' },
];
