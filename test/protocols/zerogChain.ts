import { type Address, encodeAbiParameters, encodeFunctionData, parseAbi, parseAbiParameters, parseEther } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import type { RawLog } from '../../indexer/events/logs.js';
import type { Hex } from '../../schema/lib/hex.js';
import { openAnvil } from '../lib/openAnvil.js';
import { readZerogArtifacts } from './zerogArtifacts.js';

export const LOCK_TIME_S = 86_400;

export const zerogAbi = parseAbi([
  'struct Service { string serviceType; string url; string model; string verifiability; uint256 inputPrice; uint256 outputPrice; string additionalInfo; address teeSignerAddress; }',
  'struct Settlement { address user; address provider; uint256 totalFee; bytes32 requestsHash; uint256 nonce; bytes signature; }',
  'struct Quota { uint256 cpuCount; uint256 nodeMemory; uint256 gpuCount; uint256 nodeStorage; string gpuType; }',
  'struct Delivery { string id; bytes encryptedSecret; bytes modelRootHash; uint256 nonce; bytes signature; uint256 taskFee; address user; }',
  'function initialize(address owner)',
  'function initialize(uint256 lockTime, address ledger, address owner)',
  'function initialize(uint256 lockTime, address ledger, address owner, uint256 penaltyPercentage)',
  'function registerService(string serviceType, string version, address serviceAddress, string description)',
  'function setRecommendedService(string serviceType, string version)',
  'function addLedger(string additionalInfo) payable returns (uint256, uint256)',
  'function transferFund(address provider, string serviceName, uint256 amount)',
  'function retrieveFund(address[] providers, string serviceName)',
  'function addOrUpdateService(Service params) payable',
  'function addOrUpdateService(string url, Quota quota, uint256 pricePerToken, bool occupied, string[] models, address teeSignerAddress) payable',
  'function removeService()',
  'function acknowledgeTEESignerByOwner(address provider)',
  'function updateLockTime(uint256 lockTime)',
  'function settleFeesWithTEE(Settlement[] settlements) returns (uint8[])',
  'function addDeliverable(address user, string id, bytes modelRootHash)',
  'function acknowledgeDeliverable(address provider, string id)',
  'function settleFees(Delivery verifierInput)',
]);

/** The key inside the TEE that signs what was used. */
export const teeSigner = privateKeyToAccount(`0x${'7e'.repeat(32)}`);

export interface ZerogChain {
  readonly rpcUrl: string;
  /** Anvil's own accounts; the first one owns the contracts. */
  readonly accounts: readonly Address[];
  readonly ledger: Address;
  readonly inference: Address;
  readonly fineTuning: Address;
  /** One transaction, one block. Throws where it reverts. */
  send(transaction: {
    readonly from: Address;
    readonly to: Address;
    readonly data: Hex;
    readonly value?: string;
  }): Promise<void>;
  wait(seconds: number): Promise<void>;
  balanceOf(account: Address): Promise<bigint>;
  listLogs(filter: { readonly addresses: readonly Hex[] }, from?: number): Promise<readonly RawLog[]>;
  close(): Promise<void>;
}

/** The real contracts, each behind a beacon proxy as they are deployed, and both serving contracts registered. */
export async function openZerogChain(): Promise<ZerogChain> {
  const anvil = await openAnvil({ keptStates: 0 });
  const { rpc, accounts } = anvil;
  const [owner = '0x'] = accounts;

  async function mine(transaction: { from: Address; to?: Address; data: Hex; value?: Hex }) {
    const gas = '0x1312d00';
    const hash = await rpc.call('eth_sendTransaction', { ...transaction, gas, gasPrice: '0x0' });
    await rpc.call('evm_mine');
    const receipt = (await rpc.call('eth_getTransactionReceipt', hash)) as { status: Hex; contractAddress: Address };
    if (receipt.status !== '0x1') {
      // A call that fails says why, and throws.
      await rpc.call('eth_call', { ...transaction, gas }, 'latest');
      throw new Error(`the transaction ${String(hash)} reverted`);
    }
    return receipt;
  }

  const send: ZerogChain['send'] = async ({ value = '0', ...rest }) => {
    await mine({ ...rest, value: `0x${parseEther(value).toString(16)}` });
  };
  const create = async (data: Hex) => (await mine({ from: owner, data })).contractAddress;

  async function deploy(implementation: Hex, beacon: Hex, proxy: Hex): Promise<Address> {
    const target = await create(implementation);
    const ofBeacon = encodeAbiParameters(parseAbiParameters('address, address'), [target, owner]);
    const behind = await create(`${beacon}${ofBeacon.slice(2)}`);
    const ofProxy = encodeAbiParameters(parseAbiParameters('address, bytes'), [behind, '0x']);
    return await create(`${proxy}${ofProxy.slice(2)}`);
  }

  const artifacts = readZerogArtifacts();
  const deployed = async (code: Hex) => await deploy(code, artifacts.beacon, artifacts.proxy);
  const ledger = await deployed(artifacts.ledger);
  const inference = await deployed(artifacts.inference);
  const fineTuning = await deployed(artifacts.fineTuning);
  const abi = zerogAbi;
  const own = async (to: Address, data: Hex) => await send({ from: owner, to, data });
  const lockTime = BigInt(LOCK_TIME_S);
  await own(ledger, encodeFunctionData({ abi, functionName: 'initialize', args: [owner] }));
  await own(inference, encodeFunctionData({ abi, functionName: 'initialize', args: [lockTime, ledger, owner] }));
  await own(fineTuning, encodeFunctionData({ abi, functionName: 'initialize', args: [lockTime, ledger, owner, 30n] }));
  for (const [type, address] of [
    ['inference', inference],
    ['fine-tuning', fineTuning],
  ] as const) {
    const args = [type, 'v1.0', address, `${type} of the test`] as const;
    await own(ledger, encodeFunctionData({ abi, functionName: 'registerService', args }));
  }

  return {
    rpcUrl: anvil.url,
    ...{ accounts, ledger, inference, fineTuning, send },
    async wait(seconds) {
      await rpc.call('evm_increaseTime', seconds);
      await rpc.call('evm_mine');
    },
    balanceOf: async (account) => BigInt((await rpc.call('eth_getBalance', account, 'latest')) as Hex),
    listLogs: async ({ addresses }, from) => await anvil.listLogs({ addresses, from }),
    close: async () => await anvil.close(),
  };
}
