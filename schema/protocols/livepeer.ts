import { ethUsdOnArbitrum } from '../prices/chainlinkFeeds.js';
import type { UsdSource } from '../prices/UsdSource.js';
import { livepeerEvents } from './abis/livepeer.js';
import { type LivepeerContractName, livepeerContractIds } from './livepeer/contractIds.js';
import type { Capabilities, Conservation, FactoryDefinition, Manifest, TokenDefinition } from './Manifest.js';

const noJobs = 'Livepeer pays by probabilistic tickets: no job is written to the chain.';

const capabilities: Capabilities = {
  jobs: noJobs,
  nodes: 'Livepeer names orchestrators, not the machines behind them.',
  price: 'Livepeer prices are quoted off chain, per pixel.',
  payout: true,
  stake: true,
  verification: 'Livepeer verifies work off chain.',
};

const lpt: TokenDefinition = {
  symbol: 'LPT',
  decimals: 18,
  address: '0x289ba1701C2F088cf0faf8B3705246331cB8A839',
  // https://docs.chain.link/data-feeds/price-feeds/addresses: 0xBAaF11CeDA1d1Ca9Cf01748F8196653c9656a400 on Ethereum.
  usd: { kind: 'none', reason: 'No feed of LPT / USD exists on Arbitrum One, only on Ethereum.' },
};
const ether: TokenDefinition = {
  symbol: 'ETH',
  decimals: 18,
  usd: { kind: 'feed', feed: ethUsdOnArbitrum },
};
/** The times of a recording are made up: no answer of a feed was given then. */
const untimed: UsdSource = { kind: 'none', reason: 'The history was recorded without times.' };
const conservation: Conservation = {
  spending: { from: 'escrow', payouts: 'all' },
  // Deposit and reserve together.
  escrow: { per: 'account' },
  stake: true,
  statedEscrow: 'Livepeer tells changes of deposits and reserves, and no balance.',
  // Bond says all that its delegator has bonded; whatever else changes that has a log.
  statedStake: { silentMoves: false },
  closedJob: noJobs,
};
const bondingManager = '0x35Bcf3c30594191d53231E4FF333E8A770453e40';

/** Recorded histories are chains of their own, far above any registered EIP-155 chain id. */
export const RECORDED_CHAIN_BASE = 1_000_000_000_000;

/**
 * Livepeer: an orchestrator (or any delegate) is a provider; work shows as stake and payouts. Logs come from proxies that
 * stay, but a contract registered anew under a name that is known, as the Minter was, counts from its registration on.
 */
export const livepeer: Manifest = {
  protocol: 'livepeer',
  events: livepeerEvents,
  factories: [
    toRegistration('BondingManager', 'bondingManager'),
    toRegistration('TicketBroker', 'ticketBroker'),
    toRegistration('RoundsManager', 'roundsManager'),
    toRegistration('Minter', 'minter'),
    toRegistration('BondingVotes', 'bondingVotes'),
    toRegistration('ServiceRegistry', 'serviceRegistry'),
    toRegistration('AIServiceRegistry', 'aiServiceRegistry'),
    toRegistration('L2Migrator', 'l2Migrator'),
  ],
  capabilities,
  conservation,
  networks: [
    {
      // Addresses and start blocks: livepeer/subgraph `networks.yaml` (2eac27f), which agrees with livepeer/protocol
      // `deployments/arbitrumMainnet`; where the former has none, the source stands beside the contract.
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
        { role: 'controller', address: '0xD8E8328501E9645d16Cf49539efC04f734606ee4', startBlock: 5856334 },
        // The first Minter, replaced after a week: livepeer/protocol f3fbd91 `deployments/arbitrumMainnet/Minter.json`.
        { role: 'minter', address: '0x4969dcCF5186e1c49411638fc8A2a020Fdab752E', startBlock: 5856338 },
        { role: 'ticketBroker', address: '0xa8bB618B1520E284046F3dFc448851A1Ff26e41B', startBlock: 5856357 },
        { role: 'bondingManager', address: bondingManager, startBlock: 5856381 },
        { role: 'roundsManager', address: '0xdd6f56DcC28D3F5f27084381fE8Df634985cc39f', startBlock: 5856394 },
        { role: 'serviceRegistry', address: '0xC92d3A360b8f9e083bA64DE15d95Cf8180897431', startBlock: 5860363 },
        { role: 'l2Migrator', address: '0x148D5b6B4df9530c7C76A810bd1Cdf69EC4c2085', startBlock: 5864923 },
        { role: 'minter', address: '0xc20DE37170B45774e6CD3d2304017fc962f27252', startBlock: 6253359 },
        // livepeer/protocol f225b10 `deployments/arbitrumMainnet/BondingVotes.json`.
        { role: 'bondingVotes', address: '0x0B9C254837E72Ebe9Fe04960C43B69782E68169A', startBlock: 139793454 },
        // Not registered with the Controller: livepeer/protocol 75d0b32 `deployments/arbitrumMainnet/AIServiceRegistry.json`.
        { role: 'aiServiceRegistry', address: '0x04C0b249740175999E5BF5c9ac1dA92431EF34C5', startBlock: 201993861 },
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
      workToken: { ...ether, usd: untimed },
      stakeToken: { ...lpt, usd: untimed },
      conservation: {
        spending: 'This recording holds the BondingManager only: tickets are paid by another contract.',
        escrow: 'This recording holds the BondingManager only: deposits are kept by another contract.',
      },
      contracts: [{ role: 'bondingManager', address: bondingManager, startBlock: 1 }],
    },
  ],
};

/** The log says the hash of the name: all of it is how it begins. */
function toRegistration(name: LivepeerContractName, announces: keyof typeof livepeerEvents): FactoryDefinition {
  const when = { argument: 'id', startsWith: livepeerContractIds[name] };
  return { role: 'controller', event: 'SetContractInfo', argument: 'contractAddress', when, announces };
}
