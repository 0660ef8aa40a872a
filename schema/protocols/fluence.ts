import type { UsdSource } from '../prices/UsdSource.js';
import { fluenceEvents } from './abis/fluence.js';
import type { Capabilities, Conservation, Manifest } from './Manifest.js';

const capabilities: Capabilities = {
  jobs: true,
  nodes: true,
  price: true,
  payout: true,
  stake: true,
  verification: 'Fluence nodes prove their capacity, not the work of a deal: no result is verified on chain.',
};

const noFeeds: UsdSource = { kind: 'none', reason: "No price feed is known on Fluence's own chain." };
const conservation: Conservation = {
  spending: { from: 'escrow', payouts: 'all' },
  escrow: { per: 'job' },
  stake: true,
  statedEscrow: 'Fluence tells changes of what a deal holds, and no balance.',
  statedStake: 'Fluence tells changes of collateral, and no balance.',
  closedJob: 'A deal of Fluence pays its workers, and gives back what is left, after it has ended.',
};

/**
 * Fluence: a provider's peers are nodes, a deal is a job of one task that its workers attempt, a capacity commitment is
 * a node's stake. Compute is paid in USDC per epoch; FLT is staked and rewarded.
 */
export const fluence: Manifest = {
  protocol: 'fluence',
  events: fluenceEvents,
  factories: [
    { role: 'diamond', event: 'DealCreated', argument: 'deal', announces: 'deal' },
    { role: 'diamond', event: 'DealCreatedV2', argument: 'deal', announces: 'deal' },
  ],
  capabilities,
  conservation,
  networks: [
    {
      // Addresses: npm @fluencelabs/deal-ts-clients 0.24.0, `deployments` mainnet. No source tells the first block; the
      // chain was made for the protocol, so nothing is lost by reading all of it.
      id: 'fluence-mainnet',
      title: 'Fluence',
      summary:
        'Virtual machines of independent data centres, which pledge their capacity in FLT and prove it by the epoch.',
      chainId: 9_999_999,
      chainName: 'Fluence',
      recorded: false,
      capabilities,
      workToken: { symbol: 'USDC', decimals: 6, address: '0x2eC84f93e4F26465c38Fa8165A8927522290A138', usd: noFeeds },
      // The chain's own coin.
      stakeToken: { symbol: 'FLT', decimals: 18, usd: noFeeds },
      contracts: [
        { role: 'diamond', address: '0xb05C35133C01C7193F09079eAeF97F693aE0E552', startBlock: 0 },
        { role: 'balanceKeeper', address: '0xF0C308C622eeBA94aeEc2E3Fd67F34619f86761B', startBlock: 0 },
      ],
    },
  ],
};
