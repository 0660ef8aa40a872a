import { type Abi, type Address, encodeFunctionData, type Hex, toFunctionSelector, zeroAddress, zeroHash } from 'viem';
import { fluence } from '../../schema/protocols/fluence.js';
import type { Network } from '../../schema/protocols/protocols.js';
import { LAB_CHAIN_ID } from '../lib/openAnvil.js';
import type { Chain } from './openChain.js';
import { readArtifact } from './readArtifact.js';

export interface Deployment {
  readonly diamond: Address;
  readonly balanceKeeper: Address;
  readonly usdc: Address;
  /** Functions of all facets. */
  readonly abi: Abi;
  readonly network: Network;
}

/** The later of two facets with the same function leaves it out: the owner is kept where OwnershipFacet looks. */
const facets = [
  'DiamondLoupeFacet',
  'OwnershipFacet',
  'CoreFacet',
  'CapacityFacet',
  'OfferFacet',
  'OfferV2Facet',
  'MarketFacet',
  'MarketV2Facet',
  'DealFactoryFacet',
  'ViewerFacet',
  'MulticallFacet',
];

/** Rates and prices of the core are in these units. */
const PRECISION = 10_000_000n;
export const EPOCH_SECONDS = 15;
export const DIFFICULTY: Hex = `0x${'0f'.repeat(32)}`;
const flt = 10n ** 18n;

/** Fluence's own contracts on an empty chain; the first account owns them all. */
export async function deployFluence(chain: Chain): Promise<Deployment> {
  const [owner = zeroAddress] = chain.accounts;
  const usdc = await chain.deploy(readArtifact('TestERC20'), ['USD Coin', 'USDC', 6]);
  const { diamond, abi } = await deployDiamond(chain);
  const keeper = readArtifact('BalanceKeeper');
  const initialize = encodeFunctionData({ abi: keeper.abi, functionName: 'initialize', args: [diamond] });
  const proxied = await chain.deploy(keeper);
  const balanceKeeper = await chain.deploy(readArtifact('ERC1967Proxy'), [proxied, initialize]);
  const call = (name: string, args: readonly unknown[]) => chain.send({ from: owner, to: diamond, abi, name, args });
  await call('addPaymentTokenToWhitelist', [usdc]);
  await call('setBalanceKeeper', [balanceKeeper]);
  return { diamond, balanceKeeper, usdc, abi, network: toNetwork({ diamond, balanceKeeper, usdc }) };
}

async function deployDiamond(chain: Chain): Promise<{ readonly diamond: Address; readonly abi: Abi }> {
  const wflt = await chain.deploy(readArtifact('WETH9'));
  const randomX = await chain.deploy(readArtifact('RandomXProxyMock'), [DIFFICULTY]);
  const deal = await chain.deploy(readArtifact('DealV1.sol/Deal'));
  const dealV2 = await chain.deploy(readArtifact('Deal.sol/DealV2'));
  const cutFacet = await chain.deploy(readArtifact('DiamondCutFacet'));
  const known = new Set<Hex>();
  const cuts = [];
  const abi: Abi[number][] = [];
  for (const name of facets) {
    const artifact = readArtifact(name);
    const facetAddress = await chain.deploy(artifact);
    const functionSelectors = listSelectors(artifact.abi).filter((selector) => !known.has(selector));
    for (const selector of functionSelectors) known.add(selector);
    cuts.push({ facetAddress, action: 0, functionSelectors });
    abi.push(...artifact.abi);
  }
  const capacity = {
    fltPrice: PRECISION,
    fltPriceUpdatePeriod: 1n,
    usdCollateralPerUnit: PRECISION / 10n,
    usdTargetRevenuePerEpoch: (PRECISION / 10n) * 3n,
    minDuration: 10n,
    maxDuration: 1_000n,
    minCUPerCommitment: 1n,
    maxCUPerCommitment: 100n,
    minRewardPerEpoch: flt,
    maxRewardPerEpoch: 2n * flt,
    vestingPeriodDuration: 1n,
    vestingPeriodCount: 2n,
    slashingRate: PRECISION / 100n,
    minProofsPerEpoch: 1n,
    maxProofsPerEpoch: 5n,
    withdrawEpochsAfterFailed: 2n,
    maxFailedRatio: 10n,
    difficulty: DIFFICULTY,
    initRewardPool: flt,
    randomXProxy: randomX,
    oracle: chain.accounts[0],
    wfltAddress: wflt,
  };
  const core = {
    epochDuration: BigInt(EPOCH_SECONDS),
    dealImpl: deal,
    dealV2Impl: dealV2,
    isWhitelistEnabled: false,
    capacityConstInitArgs: capacity,
  };
  const limits = {
    minDealDepositedEpochs: 2n,
    minDealRematchingEpochs: 2n,
    minProtocolVersion: 1n,
    maxProtocolVersion: 2n,
    maxUnitCountPerProvider: 1_000n,
  };
  const args = [cutFacet, core, { initGlobalNonce: zeroHash }, limits, cuts];
  return { diamond: await chain.deploy(readArtifact('Diamond'), args), abi };
}

function listSelectors(abi: Abi): Hex[] {
  return abi.flatMap((item) => (item.type === 'function' ? [toFunctionSelector(item)] : []));
}

/** The built-in network, at the addresses of this chain. */
export function toNetwork(places: Record<'diamond' | 'balanceKeeper' | 'usdc', Address>): Network {
  const [mainnet] = fluence.networks;
  if (!mainnet) throw new Error('the manifest names no network');
  const definition = {
    ...mainnet,
    id: 'fluence-anvil',
    chainId: LAB_CHAIN_ID,
    workToken: { symbol: 'USDC', decimals: 6, address: places.usdc },
    contracts: [
      { role: 'diamond', address: places.diamond, startBlock: 0 },
      { role: 'balanceKeeper', address: places.balanceKeeper, startBlock: 0 },
    ],
  };
  return { manifest: fluence, definition };
}
