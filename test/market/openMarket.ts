import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
import { blockGasLimit, findAnvil, reservePort, startAnvil } from '../../devnet/anvil.js';
import {
  computeMarketAbi as abi,
  computeMarketBytecode as bytecode,
} from '../../devnet/contracts/computeMarketArtifact.js';
import { startEmptyChain } from '../../devnet/emptyChain.js';
import type { RawLog } from '../../indexer/events/logs.js';

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
  const folder = mkdtempSync(join(tmpdir(), 'computescan-market-'));
  const emptyChain = await startEmptyChain({ timestamp: FIRST_TIME, gasLimit: blockGasLimit });
  const place = { folder, port: await reservePort(undefined), forkUrl: emptyChain.url };
  const anvil = await startAnvil({ binary: findAnvil() ?? '', ...place, keptStates: 64 });
  const url = `http://127.0.0.1:${anvil.port}`;
  const client = createPublicClient({ transport: http(url), cacheTime: 0 });
  const clock = createTestClient({ mode: 'anvil', transport: http(url) });
  const [owner, verifier, arbiter, ...others] = (await anvil.rpc.call('eth_accounts')) as Address[];
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
    async readLogs(): Promise<readonly RawLog[]> {
      const logs = await client.getLogs({ address, fromBlock: 0n, toBlock: 'latest' });
      return logs.map((log) => ({
        height: Number(log.blockNumber),
        blockHash: log.blockHash,
        txHash: log.transactionHash,
        txIndex: log.transactionIndex,
        logIndex: log.logIndex,
        address: log.address.toLowerCase() as Hex,
        topics: log.topics,
        data: log.data,
      }));
    },
    async close() {
      await anvil.stop();
      emptyChain.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const FIRST_TIME = 1_790_000_000;
