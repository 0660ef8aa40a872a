import { type Abi, type Address, type Hex, parseAbi, zeroAddress, zeroHash } from 'viem';
import { readArtifact } from '../../devnet/artifacts.js';
import { type HubAddresses, planDeployment } from '../../devnet/deploy.js';
import { type Orders, toDealId, toSalt, toTypedData } from '../../devnet/orders.js';
import { toAnvilAccount } from '../../devnet/toAnvilAccount.js';
import { iexec } from '../../schema/protocols/iexec.js';
import type { Network } from '../../schema/protocols/protocols.js';
import type { Chain } from '../fluence/openChain.js';
import { LAB_CHAIN_ID } from '../lib/openAnvil.js';

const roles = [
  ...['treasury', 'requester', 'sponsor', 'scheduler', 'appOwner', 'datasetOwner', 'stranger', 'buyerOfPool'],
  ...['worker1', 'worker2', 'worker3', 'worker4', 'worker5'],
] as const;

/** iExec's own contracts from npm on a chain of their own, with an app, a dataset, a workerpool and funded accounts. */
export interface Hub extends HubAddresses {
  readonly network: Network;
  readonly app: Address;
  readonly dataset: Address;
  readonly pool: Address;
  account(role: string): Address;
  send(role: string, name: string, args: readonly unknown[]): Promise<void>;
  /** Of a registry or of an entry in it. */
  sendTo(to: Address, role: string, name: string, args: readonly unknown[]): Promise<void>;
  balanceOf(account: Address): Promise<bigint>;
  sign<K extends keyof Orders>(role: string, kind: K, order: Orders[K]): Promise<Orders[K] & { readonly sign: Hex }>;
  /** EIP-191, as a scheduler authorises a worker. */
  signMessage(role: string, message: Hex): Promise<Hex>;
}

export const DEPOSIT = 1_000_000n;

export async function openHub(chain: Chain): Promise<Hub> {
  const [treasury = zeroAddress] = chain.accounts;
  const { addresses, transactions } = planDeployment(treasury);
  for (const transaction of transactions) await chain.transact(transaction);
  const abi = readHubAbi();
  const index = (role: string) => roles.indexOf(role as never);
  const signers = roles.map((_, index) => toAnvilAccount(index));
  const account = (role: string): Address => signers[index(role)]?.address ?? zeroAddress;
  const sendTo = async (to: Address, role: string, name: string, args: readonly unknown[]) => {
    const ofEntry = to === addresses.hub ? abi : entryAbi;
    await chain.send({ from: account(role), to, abi: ofEntry, name, args });
  };
  const predict = (to: Address, name: string, args: readonly unknown[]) =>
    chain.view({ to, abi: entryAbi, name, args }) as Promise<Address>;

  const total = DEPOSIT * BigInt(roles.length);
  await sendTo(addresses.rlc, 'treasury', 'approve', [addresses.hub, total]);
  const everyone = [roles.map(() => DEPOSIT), signers.map(({ address }) => address)];
  await sendTo(addresses.hub, 'treasury', 'depositForArray', everyone);
  const appArgs = [account('appOwner'), 'frame-renderer', 'DOCKER', '0x01', zeroHash, '0x'];
  const datasetArgs = [account('datasetOwner'), 'reference-genome', '0x02', zeroHash];
  const poolArgs = [account('scheduler'), 'Granite batch pool'];
  const app = await predict(addresses.appRegistry, 'predictApp', appArgs);
  const dataset = await predict(addresses.datasetRegistry, 'predictDataset', datasetArgs);
  const pool = await predict(addresses.workerpoolRegistry, 'predictWorkerpool', poolArgs);
  await sendTo(addresses.appRegistry, 'appOwner', 'createApp', appArgs);
  await sendTo(addresses.datasetRegistry, 'datasetOwner', 'createDataset', datasetArgs);
  await sendTo(addresses.workerpoolRegistry, 'scheduler', 'createWorkerpool', poolArgs);

  return {
    ...{ ...addresses, network: toNetwork(addresses), app, dataset, pool, account, sendTo },
    send: (role, name, args) => sendTo(addresses.hub, role, name, args),
    balanceOf: (owner) => chain.view({ to: addresses.hub, abi, name: 'balanceOf', args: [owner] }) as Promise<bigint>,
    async sign(role, kind, order) {
      const data = toTypedData(addresses.hub, kind, order);
      const signature = await signers[index(role)]?.signTypedData(data as never);
      return { ...order, sign: signature ?? '0x' };
    },
    signMessage: async (role, message) =>
      (await signers[index(role)]?.signMessage({ message: { raw: message } })) ?? '0x',
  };
}

/** Orders that fit each other; a test changes what it is about. */
export function createOrders(hub: Hub, salt: string): Orders {
  const common = { volume: 100n, tag: zeroHash, requesterrestrict: zeroAddress, salt: toSalt(salt) };
  const free = { apprestrict: zeroAddress, workerpoolrestrict: zeroAddress, datasetrestrict: zeroAddress };
  return {
    AppOrder: { ...common, ...free, app: hub.app, appprice: 5n },
    DatasetOrder: { ...common, ...free, dataset: hub.dataset, datasetprice: 2n },
    WorkerpoolOrder: { ...common, ...free, workerpool: hub.pool, workerpoolprice: 100n, category: 0n, trust: 100n },
    RequestOrder: {
      ...{ app: hub.app, appmaxprice: 5n, dataset: hub.dataset, datasetmaxprice: 2n, workerpool: hub.pool },
      ...{ workerpoolmaxprice: 100n, requester: hub.account('requester'), volume: 1n, tag: zeroHash, category: 0n },
      ...{ trust: 0n, beneficiary: hub.account('requester'), callback: zeroAddress, params: '{}', salt: toSalt(salt) },
    },
  };
}

/** Matches them by `name` of the hub's functions; the deal's id. */
export async function match(
  hub: Hub,
  { by, name, orders }: { by: string; name: string; orders: Orders },
): Promise<Hex> {
  const { AppOrder, DatasetOrder, WorkerpoolOrder, RequestOrder } = orders;
  await hub.send(by, name, [
    await hub.sign('appOwner', 'AppOrder', AppOrder),
    await hub.sign('datasetOwner', 'DatasetOrder', DatasetOrder),
    await hub.sign('scheduler', 'WorkerpoolOrder', WorkerpoolOrder),
    await hub.sign('requester', 'RequestOrder', RequestOrder),
  ]);
  return toDealId(hub.hub, RequestOrder);
}

function readHubAbi(): Abi {
  const facets = 'artifacts/contracts/facets';
  return ['IexecPocoBoostFacet', 'IexecPocoBoostAccessorsFacet']
    .flatMap((name) => readArtifact(facets, name).abi)
    .concat(readArtifact('artifacts/contracts', 'IexecInterfaceToken').abi);
}

const entryAbi: Abi = [
  ...['apps/App', 'datasets/Dataset', 'workerpools/Workerpool'].flatMap((place) => {
    const [folder = '', name = ''] = place.split('/');
    return readArtifact(`artifacts/contracts/registries/${folder}`, `${name}Registry`).abi;
  }),
  ...parseAbi([
    'function changePolicy(uint256 workerStakeRatio, uint256 schedulerRewardRatio)',
    'function approve(address spender, uint256 value) returns (bool)',
  ]),
];

function toNetwork(addresses: HubAddresses): Network {
  const [definition] = iexec.networks;
  if (!definition) throw new Error('iExec has a network');
  const contracts = (['hub', 'appRegistry', 'datasetRegistry', 'workerpoolRegistry'] as const).map((role) => ({
    role,
    address: addresses[role],
    startBlock: 0,
  }));
  return { manifest: iexec, definition: { ...definition, id: 'iexec-lab', chainId: LAB_CHAIN_ID, contracts } };
}
