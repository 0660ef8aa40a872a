/** Where the devnet puts its market: the first contract of the first account. The devnet asserts it when it deploys. */
export const computeMarketDevnet = {
  chainId: 31339,
  market: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
  startBlock: 0,
} as const;
