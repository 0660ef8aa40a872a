/**
 * Where the devnet puts the iExec hub: always the same deployer and the same order of deployment, so the addresses are
 * facts. The devnet asserts them each time it deploys.
 */
export const iexecDevnet = {
  chainId: 31337,
  hub: '0x5FC8d32690cc91D4c39d9d3abcBD16989F875707',
  appRegistry: '0x59b670e9fA9D0A427751Af201D676719a970857b',
  datasetRegistry: '0x322813Fd9A801c5507c9de605d63CEA4f2CE6c44',
  workerpoolRegistry: '0x4A679253410272dd5232B3Ff7cF5dbB88f295319',
  rlc: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
  startBlock: 0,
} as const;
