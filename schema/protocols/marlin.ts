import { usdcUsdOnArbitrum, usdcUsdOnBnb } from '../prices/chainlinkFeeds.js';
import { marlinEvents } from './abis/marlin.js';
import type { Capabilities, Conservation, Manifest } from './Manifest.js';

const noStake = "Marlin Oyster's market asks no stake of providers.";

const capabilities: Capabilities = {
  jobs: true,
  nodes: 'Marlin Oyster names providers, not the machines that they start for a job.',
  price: true,
  payout: true,
  stake: noStake,
  verification: 'Marlin Oyster machines are attested off chain.',
};

const conservation: Conservation = {
  spending: { from: 'escrow', payouts: 'all' },
  escrow: { per: 'job' },
  stake: noStake,
  statedEscrow: 'Marlin Oyster states no balance after a job was opened; what a job gives back at its end has no log.',
  statedStake: noStake,
  // What is left goes back to the owner by a transfer of the token alone.
  closedJob: true,
};

const summary = 'Confidential virtual machines, rented by the second from operators and paid in USDC out of a deposit.';

/** Marlin Oyster: an operator is a provider, a rented machine is a job of one task. */
export const marlin: Manifest = {
  protocol: 'marlin',
  events: marlinEvents,
  capabilities,
  conservation,
  networks: [
    {
      // Addresses and start blocks of both networks: marlinprotocol/oyster-monorepo (366b61f) and oyster-subgraph.
      id: 'marlin-arbitrum',
      title: 'Marlin Oyster on Arbitrum One',
      summary,
      chainId: 42161,
      chainName: 'Arbitrum One',
      recorded: false,
      capabilities,
      workToken: {
        symbol: 'USDC',
        decimals: 6,
        address: '0xaf88d065e77c8cC2239327C5EDb3A432268e5831',
        usd: { kind: 'feed', feed: usdcUsdOnArbitrum },
      },
      contracts: [{ role: 'market', address: '0x9d95D61eA056721E358BC49fE995caBF3B86A34B', startBlock: 87252070 }],
    },
    {
      id: 'marlin-bsc',
      title: 'Marlin Oyster on BNB Smart Chain',
      summary,
      chainId: 56,
      chainName: 'BNB Smart Chain',
      recorded: false,
      capabilities,
      // Bridged USDC, which has 18 decimals there.
      workToken: {
        symbol: 'USDC',
        decimals: 18,
        address: '0x8AC76a51cc950d9822D68b83fE1Ad97B32Cd580d',
        usd: { kind: 'feed', feed: usdcUsdOnBnb },
      },
      contracts: [{ role: 'market', address: '0xc1a7730fb170FAd054e4587665d7B2fd3ce299e8', startBlock: 51727300 }],
    },
  ],
};
