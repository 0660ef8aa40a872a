import { boundlessEvents } from './abis/boundless.js';
import type { Capabilities, Conservation, Manifest } from './Manifest.js';

const capabilities: Capabilities = {
  jobs: true,
  nodes: 'Boundless names provers, not the machines that prove.',
  price: true,
  payout:
    'Boundless pays from balance to balance inside its market and emits no event for it; the price of a request is what it was locked at.',
  stake: true,
  verification: true,
};

const unseenPay = 'Boundless pays from balance to balance inside its market, and no log says so.';

const conservation: Conservation = {
  spending: unseenPay,
  // The changes add up to what the market holds, and not to what one account has.
  escrow: unseenPay,
  stake: true,
  statedEscrow: 'Boundless tells changes of balances, and no balance.',
  statedStake: 'Boundless tells changes of collateral, and no balance.',
  closedJob: unseenPay,
};

/** Boundless: a prover is a provider, a request for a proof is a job of one task. */
export const boundless: Manifest = {
  protocol: 'boundless',
  events: boundlessEvents,
  capabilities,
  conservation,
  networks: [
    {
      // Addresses and start block: boundless-xyz/boundless (3835bc4) `contracts/deployment.toml`, base-mainnet.
      id: 'boundless-base',
      title: 'Boundless on Base',
      summary:
        'Zero-knowledge proofs to order: provers bid in a reverse auction and put up ZKC that they deliver in time.',
      chainId: 8453,
      chainName: 'Base',
      recorded: false,
      notice: 'Buyers may offer requests off chain: one that no prover locked or fulfilled is not seen here then.',
      capabilities,
      workToken: { symbol: 'ETH', decimals: 18 },
      stakeToken: { symbol: 'ZKC', decimals: 18, address: '0xAA61bB7777bD01B684347961918f1E07fBbCe7CF' },
      contracts: [{ role: 'market', address: '0xFd152dADc5183870710FE54f939Eae3aB9F0fE82', startBlock: 31134603 }],
    },
  ],
};
