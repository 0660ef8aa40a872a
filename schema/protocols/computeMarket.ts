import { computeMarketEvents } from './abis/computeMarket.js';
import { computeMarketDevnet } from './computeMarketDevnet.js';
import type { Capabilities, Manifest, TokenDefinition } from './Manifest.js';

const capabilities: Capabilities = {
  jobs: true,
  nodes: true,
  price: true,
  payout: true,
  stake: true,
  verification: true,
};

/** The chain's own coin. A price of 2.5 for an hour of an H100 reads as one in dollars would; the coin has no value. */
const coin: TokenDefinition = {
  symbol: 'DEV',
  decimals: 18,
  usd: { kind: 'static', usd: '1', note: 'A made-up rate: coins of a devnet have no value.' },
};

/**
 * ComputeMarket: a market on one contract, with a full and a small interface of events. It has no public deployment; a
 * network of it is described in the file of COMPUTESCAN_NETWORK_FILE. What the full interface records counts here: a
 * network whose contract says less names that in the file.
 */
export const computeMarket: Manifest = {
  protocol: 'compute-market',
  events: computeMarketEvents,
  capabilities,
  conservation: {
    // The small interface has neither escrow nor payers.
    spending: { from: 'escrow', payouts: 'withPayer' },
    escrow: { per: 'job' },
    stake: true,
    statedEscrow: 'ComputeMarket tells changes of escrow, and no balance.',
    statedStake: 'ComputeMarket tells changes of stake, and no balance.',
    closedJob: 'What a job of ComputeMarket did not cost is given back after its tasks have ended.',
  },
  networks: [
    {
      id: 'compute-market-devnet',
      title: 'ComputeMarket devnet',
      summary: 'A market for GPU time on a local chain: 36 scripted providers, honest and dishonest, and their buyers.',
      chainId: computeMarketDevnet.chainId,
      chainName: 'market devnet',
      recorded: false,
      notice:
        'Simulated market on a local chain: scripted providers and buyers, coins without value, USD at a made-up rate.',
      capabilities,
      workToken: coin,
      stakeToken: coin,
      // Half a hundredth of a coin: what the smallest honest tasks cost in fees, an hour or so of a cheap card.
      feeReference: '5000000000000000',
      contracts: [{ role: 'market', address: computeMarketDevnet.market, startBlock: computeMarketDevnet.startBlock }],
    },
  ],
};
