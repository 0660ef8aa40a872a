import { livepeerEvents } from './abis/livepeer.js';
import type { Capabilities, Manifest, TokenDefinition } from './Manifest.js';

const noJobs = 'Livepeer pays by probabilistic tickets: no job is written to the chain.';

const capabilities: Capabilities = {
  jobs: noJobs,
  nodes: 'Livepeer names orchestrators, not the machines behind them.',
  price: 'Livepeer prices are quoted off chain, per pixel.',
  payout: true,
  stake: true,
  verification: 'Livepeer verifies work off chain.',
};

const lpt: TokenDefinition = { symbol: 'LPT', decimals: 18, address: '0x289ba1701C2F088cf0faf8B3705246331cB8A839' };
const ether: TokenDefinition = { symbol: 'ETH', decimals: 18 };
const bondingManager = '0x35Bcf3c30594191d53231E4FF333E8A770453e40';

/** Recorded histories are chains of their own, far above any registered EIP-155 chain id. */
export const RECORDED_CHAIN_BASE = 1_000_000_000_000;

/** Livepeer: an orchestrator (or any delegate) is a provider; work shows as stake and payouts. */
export const livepeer: Manifest = {
  protocol: 'livepeer',
  events: livepeerEvents,
  capabilities,
  networks: [
    {
      // Addresses and start blocks: livepeer/subgraph `networks.yaml` (2eac27f).
      id: 'livepeer-arbitrum',
      title: 'Livepeer on Arbitrum One',
      summary: 'Video and AI processing by orchestrators who stake LPT and are paid in ETH by winning tickets.',
      chainId: 42161,
      chainName: 'Arbitrum One',
      recorded: false,
      capabilities,
      workToken: ether,
      stakeToken: lpt,
      contracts: [
        { role: 'bondingManager', address: bondingManager, startBlock: 5856381 },
        { role: 'ticketBroker', address: '0xa8bB618B1520E284046F3dFc448851A1Ff26e41B', startBlock: 5856357 },
        { role: 'serviceRegistry', address: '0xC92d3A360b8f9e083bA64DE15d95Cf8180897431', startBlock: 5860363 },
      ],
    },
    {
      id: 'livepeer-arbitrum-recorded',
      title: 'Livepeer, recorded 2022',
      summary:
        "The first 4,491 logs of Livepeer's BondingManager on Arbitrum One, of February and March 2022, in chain order.",
      chainId: RECORDED_CHAIN_BASE + 42161,
      chainName: 'Arbitrum One (recorded)',
      recorded: true,
      notice:
        'Recorded history: the events and their order are real, block numbers and times are made up, one block a transaction.',
      capabilities: {
        ...capabilities,
        payout: 'This recording holds the BondingManager only: tickets are paid by another contract.',
      },
      workToken: ether,
      stakeToken: lpt,
      contracts: [{ role: 'bondingManager', address: bondingManager, startBlock: 1 }],
    },
  ],
};
