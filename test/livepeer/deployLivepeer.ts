import { type Abi, type Address, type Hex, keccak256, parseEther, stringToBytes, zeroAddress, zeroHash } from 'viem';
import type { RawLog } from '../../indexer/events/logs.js';
import { livepeerContractIds } from '../../schema/protocols/livepeer/contractIds.js';
import { livepeer } from '../../schema/protocols/livepeer.js';
import type { Network } from '../../schema/protocols/protocols.js';
import type { Chain } from '../fluence/openChain.js';
import { LAB_CHAIN_ID } from '../lib/openAnvil.js';
import { type Artifact, readArtifact } from './readArtifact.js';

export interface Place {
  readonly address: Address;
  readonly abi: Abi;
}

export interface Livepeer {
  readonly controller: Place;
  readonly minter: Place;
  readonly token: Place;
  readonly bondingManager: Place;
  readonly ticketBroker: Place;
  readonly roundsManager: Place;
  readonly serviceRegistry: Place;
  readonly aiServiceRegistry: Place;
  /** What the indexer is told: the Controller, and the registry that is not registered with it. */
  readonly network: Network;
  /** By the account that owns them all; any other call by `Chain.send`. */
  own(place: Place, name: string, args?: readonly unknown[]): Promise<readonly RawLog[]>;
  register(name: keyof typeof livepeerContractIds, address: Address): Promise<readonly RawLog[]>;
  deployMinter(): Promise<Place>;
  /** Begins the next round; returns its number. */
  nextRound(): Promise<bigint>;
}

/** Of git's twenty bytes. */
export const COMMIT: Hex = `0x${'f2'.repeat(20)}`;
const ROUND_BLOCKS = 50n;
export const UNLOCK_ROUNDS = 3n;
export const UNBONDING_ROUNDS = 7n;

/** Livepeer's own contracts on an empty chain, as its scripts deploy them: proxies in front of registered targets. */
export async function deployLivepeer(chain: Chain): Promise<Livepeer> {
  const [from = zeroAddress] = chain.accounts;
  const controller = await deploy('Controller');

  async function deploy(name: string, args: readonly unknown[] = []): Promise<Place> {
    return place(readArtifact(name), args);
  }
  async function place(artifact: Artifact, args: readonly unknown[]): Promise<Place> {
    return { address: await chain.deploy(artifact, args), abi: artifact.abi };
  }
  const own: Livepeer['own'] = ({ address: to, abi }, name, args) => chain.send({ from, to, abi, name, args });
  const register: Livepeer['register'] = (name, address) =>
    own(controller, 'setContractInfo', [livepeerContractIds[name], address, COMMIT]);

  async function deployProxied(
    name: 'BondingManager' | 'TicketBroker' | 'RoundsManager' | 'ServiceRegistry',
    artifact: Artifact,
  ) {
    const target = await place(artifact, [controller.address]);
    await register(`${name}Target`, target.address);
    const proxy = await deploy('ManagerProxy', [controller.address, livepeerContractIds[`${name}Target`]]);
    await register(name, proxy.address);
    return { address: proxy.address, abi: artifact.abi };
  }

  const deployMinter = () => deploy('token/Minter', [controller.address, 137n, 3n, 500_000n]);
  const minter = await deployMinter();
  await register('Minter', minter.address);
  const token = await deploy('token/LivepeerToken');
  await register('LivepeerToken', token.address);
  const sortedList = await deploy('libraries/SortedDoublyLL');
  const libraries = { SortedDoublyLL: sortedList.address };
  const bondingManager = await deployProxied('BondingManager', readArtifact('bonding/BondingManager', libraries));
  const ticketBroker = await deployProxied('TicketBroker', readArtifact('pm/TicketBroker'));
  const roundsManager = await deployProxied('RoundsManager', readArtifact('rounds/AdjustableRoundsManager'));
  const serviceRegistry = await deployProxied('ServiceRegistry', readArtifact('ServiceRegistry'));
  const aiServiceRegistry = await deploy('ServiceRegistry', [controller.address]);
  await register('JobsManager', ticketBroker.address);
  await register('L2LPTDataCache', await chain.deploy({ abi: [], bytecode: ALWAYS_ZERO }));

  await own(bondingManager, 'setUnbondingPeriod', [UNBONDING_ROUNDS]);
  await own(bondingManager, 'setNumActiveTranscoders', [10n]);
  await own(roundsManager, 'setRoundLength', [ROUND_BLOCKS]);
  await own(roundsManager, 'setRoundLockAmount', [100_000n]);
  await own(ticketBroker, 'setUnlockPeriod', [UNLOCK_ROUNDS]);
  await own(ticketBroker, 'setTicketValidityPeriod', [2n]);
  for (const account of [from, minter.address]) await own(token, 'grantRole', [toRole('MINTER_ROLE'), account]);
  await own(token, 'grantRole', [toRole('BURNER_ROLE'), minter.address]);
  await own(controller, 'unpause');
  // The first rounds have no block 256 before them, which initializeRound looks back to.
  await own(roundsManager, 'setBlockNum', [1_000n]);
  await own(roundsManager, 'setBlockHash', [keccak256(zeroHash)]);
  const { address: to, abi } = roundsManager;
  const first = (await chain.view({ to, abi, name: 'currentRound' })) as bigint;
  for (const lip of [36n, 71n]) await own(roundsManager, 'setLIPUpgradeRound', [lip, first]);

  return {
    ...{ controller, minter, token, bondingManager, ticketBroker, roundsManager, serviceRegistry, aiServiceRegistry },
    ...{ network: toNetwork({ controller, aiServiceRegistry, token }), own, register, deployMinter },
    async nextRound() {
      await own(roundsManager, 'mineBlocks', [ROUND_BLOCKS]);
      await own(roundsManager, 'initializeRound');
      return (await chain.view({ to, abi, name: 'currentRound' })) as bigint;
    },
  };
}

/** Stands for the cache of what LPT circulates on Ethereum: its code, put there by its constructor, returns 0. */
const ALWAYS_ZERO: Hex = '0x69600060005260206000f3600052600a6016f3';

/** Gives LPT and lets the BondingManager take it. */
export async function fund(chain: Chain, { token, bondingManager, own }: Livepeer, accounts: readonly Address[]) {
  for (const from of accounts) {
    await own(token, 'mint', [from, parseEther('10000')]);
    const args = [bondingManager.address, parseEther('10000')];
    await chain.send({ from, to: token.address, abi: token.abi, name: 'approve', args });
  }
}

export function toRole(name: string): Hex {
  return keccak256(stringToBytes(name));
}

function toNetwork(places: Record<'controller' | 'aiServiceRegistry' | 'token', Place>): Network {
  const [mainnet] = livepeer.networks;
  if (!mainnet?.stakeToken) throw new Error('the manifest names no network');
  const definition = {
    ...mainnet,
    id: 'livepeer-anvil',
    chainId: LAB_CHAIN_ID,
    stakeToken: { ...mainnet.stakeToken, address: places.token.address },
    contracts: [
      { role: 'controller', address: places.controller.address, startBlock: 0 },
      { role: 'aiServiceRegistry', address: places.aiServiceRegistry.address, startBlock: 0 },
    ],
  };
  return { manifest: livepeer, definition };
}
