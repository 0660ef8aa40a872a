import {
  type Address,
  BaseError,
  type ContractFunctionArgs,
  type ContractFunctionName,
  createPublicClient,
  createTestClient,
  decodeErrorResult,
  encodeDeployData,
  encodeFunctionData,
  getContractAddress,
  type Hex,
  http,
  numberToHex,
} from 'viem';
import {
  computeMarketAbi as abi,
  computeMarketBytecode as bytecode,
} from '../../devnet/contracts/computeMarketArtifact.js';
import { openAnvil } from '../lib/openAnvil.js';

type Name = ContractFunctionName<typeof abi, 'nonpayable' | 'payable'>;

export interface Call {
  readonly from: Address;
  readonly data: Hex;
  readonly value?: bigint;
}

/** What somebody asks the market to do. */
export function toCall<const Wanted extends Name>(
  from: Address,
  functionName: Wanted,
  args: ContractFunctionArgs<typeof abi, 'nonpayable' | 'payable', Wanted>,
  value?: bigint,
): Call {
  const data = encodeFunctionData({ abi, functionName, args } as Parameters<typeof encodeFunctionData>[0]);
  return { from, data, value };
}

export type MarketWorld = Awaited<ReturnType<typeof openMarket>>;

/** The market on an anvil of its own. Every call is mined at once, a second after the one before it. */
export async function openMarket(rules: {
  readonly feeBps: bigint;
  readonly minimumStake: bigint;
  readonly slashBps: bigint;
  readonly verdictSeconds: bigint;
}) {
  const anvil = await openAnvil({ timestamp: FIRST_TIME, keptStates: 64 });
  const { url } = anvil;
  const client = createPublicClient({ transport: http(url), cacheTime: 0 });
  const clock = createTestClient({ mode: 'anvil', transport: http(url) });
  const [owner, verifier, arbiter, ...others] = anvil.accounts;
  if (!owner || !verifier || !arbiter) throw new Error('anvil has accounts');
  const address = getContractAddress({ from: owner, nonce: 0n });
  let time = FIRST_TIME;

  async function mineAt(timestamp: number) {
    await clock.setNextBlockTimestamp({ timestamp: BigInt(timestamp) });
    await clock.mine({ blocks: 1 });
  }

  async function mine(request: { readonly from: Address; readonly to?: Address; readonly data: Hex; value?: bigint }) {
    const value = numberToHex(request.value ?? 0n);
    const sent = { ...request, value, gas: numberToHex(20_000_000), gasPrice: '0x0' };
    const hash = (await anvil.rpc.call('eth_sendTransaction', sent)) as Hex;
    time += 1;
    await mineAt(time);
    const receipt = await client.getTransactionReceipt({ hash });
    if (receipt.status === 'success') return receipt;
    throw new Error(`the market refused: ${await findRefusal(request)}`);
  }

  /** Name of the error that a call meets now; undefined when it would go through. */
  async function findRefusal({ from, data, value }: Call): Promise<string | undefined> {
    try {
      await client.call({ account: from, to: address, data, value });
      return undefined;
    } catch (thrown) {
      const cause = thrown instanceof BaseError ? thrown.walk((error) => 'data' in (error as object)) : undefined;
      const found = cause && 'data' in cause ? (cause.data as Hex | { readonly data: Hex }) : undefined;
      if (!found) throw thrown;
      return decodeErrorResult({ abi, data: typeof found === 'string' ? found : found.data }).errorName;
    }
  }

  const { feeBps, minimumStake, slashBps, verdictSeconds } = rules;
  const args = [verifier, arbiter, [feeBps, minimumStake, slashBps, verdictSeconds]] as const;
  const { gasUsed } = await mine({ from: owner, data: encodeDeployData({ abi, bytecode, args }) });

  return {
    ...{ url, client, address, owner, verifier, arbiter, others, deployGas: gasUsed, findRefusal },
    /** Of the last block, in seconds. */
    now: () => time,
    async wait(seconds: number) {
      time += seconds;
      await mineAt(time);
    },
    setCode: (account: Address, code: Hex) => clock.setCode({ address: account, bytecode: code }),
    send: ({ from, data, value }: Call) => mine({ from, to: address, data, value }),
    readLogs: () => anvil.listLogs({ addresses: [address.toLowerCase() as Hex] }),
    async close() {
      await anvil.close();
    },
  };
}

const FIRST_TIME = 1_790_000_000;
