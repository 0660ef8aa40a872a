import { type Address, encodeDeployData, encodeFunctionData, getContractAddress, type Hex, zeroAddress } from 'viem';
import { diamondAbi, hubAbi, registryAbi } from './abi.js';
import { type Artifact, listSelectors, readArtifact, toLinkedBytecode } from './artifacts.js';
import type { Transaction } from './chainWriter.js';
import { categories } from './scenario.js';

export interface HubAddresses {
  readonly hub: Address;
  readonly rlc: Address;
  readonly appRegistry: Address;
  readonly datasetRegistry: Address;
  readonly workerpoolRegistry: Address;
}

const facets = 'artifacts/contracts/facets';
const deployments = 'deployments/arbitrum';
const library = 'IexecLibOrders_v5';

/** The facets of the live hub on Arbitrum, in the order they are added; a selector added twice keeps its first facet. */
const facetNames = [
  'IexecAccessorsABILegacyFacet',
  'IexecCategoryManagerFacet',
  'IexecConfigurationExtraFacet',
  'IexecConfigurationFacet',
  'IexecERC20Facet',
  'IexecEscrowTokenFacet',
  'IexecOrderManagementFacet',
  'IexecPoco1Facet',
  'IexecPoco2Facet',
  'IexecPocoAccessorsFacet',
  'IexecPocoBoostFacet',
  'IexecPocoBoostAccessorsFacet',
  'IexecRelayFacet',
];

/**
 * The transactions that put RLC and the iExec hub with its registries on an empty chain. All come from `deployer`, whose
 * nonce starts at 0, so every address is known before the first one is sent.
 */
export function planDeployment(deployer: Address): { addresses: HubAddresses; transactions: readonly Transaction[] } {
  const transactions: Transaction[] = [];
  function create(data: Hex): Address {
    const address = getContractAddress({ from: deployer, nonce: BigInt(transactions.length) });
    transactions.push({ from: deployer, data, gas: 12_000_000 });
    return address;
  }
  function send(to: Address, data: Hex): void {
    transactions.push({ from: deployer, to, data, gas: 12_000_000 });
  }

  const rlc = create(readArtifact(deployments, 'RLC').bytecode);
  const known = new Set<Hex>();
  const hub = createDiamond(deployer, create, known);
  const cuts = createFacets(create, known);
  send(hub, encodeFunctionData({ abi: diamondAbi, functionName: 'diamondCut', args: [cuts, zeroAddress, '0x'] }));

  const registries = ['apps/AppRegistry', 'datasets/DatasetRegistry', 'workerpools/WorkerpoolRegistry'].map((place) => {
    const [folder = '', name = ''] = place.split('/');
    const registry = create(readArtifact(`artifacts/contracts/registries/${folder}`, name).bytecode);
    send(registry, encodeFunctionData({ abi: registryAbi, functionName: 'initialize', args: [zeroAddress] }));
    return registry;
  });
  const [appRegistry = hub, datasetRegistry = hub, workerpoolRegistry = hub] = registries;
  const token = [rlc, 'Staked RLC', 'SRLC', 9] as const;
  const args = [...token, appRegistry, datasetRegistry, workerpoolRegistry, zeroAddress] as const;
  send(hub, encodeFunctionData({ abi: hubAbi, functionName: 'configure', args }));
  for (const { name, timeRefS } of categories) {
    const category = [name, `{"time":${timeRefS}}`, BigInt(timeRefS)] as const;
    send(hub, encodeFunctionData({ abi: hubAbi, functionName: 'createCategory', args: category }));
  }
  return { addresses: { hub, rlc, appRegistry, datasetRegistry, workerpoolRegistry }, transactions };
}

type Create = (data: Hex) => Address;

function createDiamond(owner: Address, create: Create, known: Set<Hex>): Address {
  const init = create(readArtifact(deployments, 'DiamondInit').bytecode);
  const base = ['DiamondCutFacet', 'DiamondLoupeFacet', 'OwnershipFacet'].map((name) => {
    const artifact = readArtifact(deployments, name);
    return toCut(create(artifact.bytecode), artifact, known);
  });
  const initCalldata = encodeFunctionData({ abi: diamondAbi, functionName: 'init' });
  const { bytecode } = readArtifact('artifacts/contracts', 'Diamond');
  return create(encodeDeployData({ abi: diamondAbi, bytecode, args: [base, { owner, init, initCalldata }] }));
}

function createFacets(create: Create, known: Set<Hex>) {
  const libraries = { [library]: create(readArtifact('artifacts/contracts/libs', library).bytecode) };
  const cuts = facetNames.map((name) => {
    const artifact = readArtifact(facets, name);
    return toCut(create(toLinkedBytecode(artifact, libraries)), artifact, known);
  });
  // The diamond sends plain transfers to whichever facet owns 0x00000000; the escrow facet refuses them.
  cuts[facetNames.indexOf('IexecEscrowTokenFacet')]?.functionSelectors.push('0x00000000');
  return cuts;
}

function toCut(facetAddress: Address, artifact: Artifact, known: Set<Hex>) {
  const functionSelectors = listSelectors(artifact.abi).filter((selector) => !known.has(selector));
  for (const selector of functionSelectors) known.add(selector);
  return { facetAddress, action: 0, functionSelectors };
}
