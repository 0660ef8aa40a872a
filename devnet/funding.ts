import { type Abi, type Address, decodeFunctionResult, encodeFunctionData, keccak256, stringToHex } from 'viem';
import { hubAbi, registryAbi, rlcAbi } from './abi.js';
import type { Transaction } from './chainWriter.js';
import type { HubAddresses } from './deploy.js';
import type { Places } from './marketState.js';
import type { Rpc } from './rpc.js';
import { accounts, apps, datasets, habits, pools, rlc } from './scenario.js';

const gas = 3_000_000;
const walletNrlc = 200_000n * rlc;

/** What comes before the market opens: apps and datasets, RLC for those who pay, stakes for those who work. */
export function planFunding(addresses: HubAddresses, wallets: readonly Address[]): Transaction[] {
  const wallet = (index: number) => wallets[index] ?? addresses.hub;
  const treasury = wallet(accounts.treasury);
  const buyers = [accounts.sponsor, ...accounts.requesters].map((buyer): Transaction => {
    const data = encodeFunctionData({ abi: rlcAbi, functionName: 'transfer', args: [wallet(buyer), walletNrlc] });
    return { from: treasury, to: addresses.rlc, data, gas };
  });
  const stakes = pools.flatMap(({ owner, workers }) => [
    { to: wallet(owner), amount: habits.poolStakeNrlc },
    ...workers.map((worker) => ({ to: wallet(worker), amount: habits.workerStakeNrlc })),
  ]);
  const total = stakes.reduce((sum, { amount }) => sum + amount, 0n);
  const approve = encodeFunctionData({ abi: rlcAbi, functionName: 'approve', args: [addresses.hub, total] });
  const args = [stakes.map(({ amount }) => amount), stakes.map(({ to }) => to)] as const;
  const deposit = encodeFunctionData({ abi: hubAbi, functionName: 'depositForArray', args });
  return [
    ...buyers,
    { from: treasury, to: addresses.rlc, data: approve, gas },
    { from: treasury, to: addresses.hub, data: deposit, gas },
    ...apps.map((_, index) => ({
      from: wallet(accounts.appOwners[index] ?? 0),
      to: addresses.appRegistry,
      data: encodeFunctionData({ abi: registryAbi, functionName: 'createApp', args: toAppArgs(wallets, index) }),
      gas,
    })),
    ...datasets.map((_, index) => ({
      from: wallet(accounts.datasetOwners[index] ?? 0),
      to: addresses.datasetRegistry,
      data: encodeFunctionData({
        abi: registryAbi,
        functionName: 'createDataset',
        args: toDatasetArgs(wallets, index),
      }),
      gas,
    })),
  ];
}

/** Asks the registries where each app, dataset and workerpool lies or will lie (CREATE2). */
export async function readPlaces(rpc: Rpc, addresses: HubAddresses, wallets: readonly Address[]): Promise<Places> {
  async function predict(
    registry: Address,
    functionName: string,
    list: readonly (readonly unknown[])[],
  ): Promise<Address[]> {
    const abi: Abi = registryAbi;
    const answers = await rpc.batch(
      list.map((args) => {
        const data = encodeFunctionData({ abi, functionName, args });
        return { method: 'eth_call', params: [{ to: registry, data }, 'latest'] };
      }),
    );
    return answers.map((data) => decodeFunctionResult({ abi, functionName, data: data as Address }) as Address);
  }
  const appArgs = apps.map((_, index) => toAppArgs(wallets, index));
  const datasetArgs = datasets.map((_, index) => toDatasetArgs(wallets, index));
  const poolArgs = pools.map(({ owner, description }) => [wallets[owner], description]);
  return {
    ...addresses,
    accounts: wallets,
    apps: await predict(addresses.appRegistry, 'predictApp', appArgs),
    datasets: await predict(addresses.datasetRegistry, 'predictDataset', datasetArgs),
    pools: await predict(addresses.workerpoolRegistry, 'predictWorkerpool', poolArgs),
  };
}

function toAppArgs(wallets: readonly Address[], index: number) {
  const { name = '', image = '' } = apps[index] ?? {};
  const owner = wallets[accounts.appOwners[index] ?? 0] ?? '0x';
  return [owner, name, 'DOCKER', stringToHex(image), keccak256(stringToHex(image)), '0x'] as const;
}

function toDatasetArgs(wallets: readonly Address[], index: number) {
  const name = datasets[index]?.name ?? '';
  const owner = wallets[accounts.datasetOwners[index] ?? 0] ?? '0x';
  return [owner, name, stringToHex(`/${name}`), keccak256(stringToHex(name))] as const;
}
