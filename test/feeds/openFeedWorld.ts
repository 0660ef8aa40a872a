import { encodeDeployData, encodeFunctionData, stringToHex } from 'viem';
import type { Hex } from '../../schema/lib/hex.js';
import type { UsdSource } from '../../schema/prices/UsdSource.js';
import { marlin } from '../../schema/protocols/marlin.js';
import type { Network } from '../../schema/protocols/protocols.js';
import { compileSolidity } from '../contracts/compileSolidity.js';
import { toJobId } from '../contracts/playMarlinMarket.js';
import { LAB_CHAIN_ID, openAnvil } from '../lib/openAnvil.js';

export const FIRST_TIME = 1_790_000_000;
export const HEARTBEAT = 3_600;
export const DECIMALS = 6;
/** Per second, of 18 decimals: 0.001 tokens. */
export const RATE = 10n ** 15n;

export type FeedWorld = Awaited<ReturnType<typeof openFeedWorld>>;

/**
 * A market that pays by the second in a token, and a price feed for that token: a proxy, and three aggregators of which
 * none is its phase yet. Every call is mined at once, at the second after FIRST_TIME that is given.
 */
export async function openFeedWorld() {
  const contracts = { ...compileSolidity('PriceFeed.sol'), ...compileSolidity('MarlinMarket.sol') };
  const { rpc, url, accounts, close } = await openAnvil({ timestamp: FIRST_TIME - 1_000 });
  const [deployer, owner, provider] = accounts;
  if (!deployer || !owner || !provider) throw new Error('anvil has accounts');

  async function send(from: Hex, to: Hex | undefined, data: Hex, at?: number) {
    const hash = await rpc.call('eth_sendTransaction', { from, to, data, gas: '0x4c4b40' });
    if (at !== undefined) await rpc.call('evm_setNextBlockTimestamp', FIRST_TIME + at);
    await rpc.call('evm_mine');
    const receipt = await rpc.call('eth_getTransactionReceipt', hash);
    const mined = receipt as { readonly status: Hex; readonly contractAddress: Hex };
    if (mined.status !== '0x1') throw new Error(`a transaction to ${to} failed`);
    return mined.contractAddress;
  }

  async function deploy(name: string, args: readonly unknown[]): Promise<Hex> {
    const { abi, bytecode } = contracts[name] ?? { abi: [], bytecode: '0x' };
    return (await send(deployer as Hex, undefined, encodeDeployData({ abi, bytecode, args }))).toLowerCase() as Hex;
  }

  const token = await deploy('TestToken', [[owner], 10n ** 30n]);
  const market = await deploy('MarlinMarket', [token, 18n - BigInt(DECIMALS), false]);
  const proxy = await deploy('FeedProxy', []);
  const aggregators = [
    await deploy('Aggregator', [8]),
    await deploy('Aggregator', [8]),
    await deploy('Aggregator', [8]),
  ];

  /** From the owner, unless said otherwise. */
  const call = (
    at: number,
    contract: { name: string; to: Hex; from?: Hex },
    functionName: string,
    ...args: unknown[]
  ) =>
    send(
      contract.from ?? (owner as Hex),
      contract.to,
      encodeFunctionData({ abi: contracts[contract.name]?.abi ?? [], functionName, args }),
      at,
    );
  const marketContract = { name: 'MarlinMarket', to: market };
  let jobs = 0;
  return {
    ...{ rpc, proxy, aggregators, url, close },
    confirm: (at: number, which: number, isTold: boolean) =>
      call(at, { name: 'FeedProxy', to: proxy }, 'confirm', aggregators[which], isTold),
    /** In hundred millionths of a USD; `shift` is added to the block's time. */
    answer: (at: number, which: number, value: bigint, shift = 0) =>
      call(at, { name: 'Aggregator', to: aggregators[which] ?? '0x' }, 'answer', value, shift),
    addProvider: (at: number) => call(at, { ...marketContract, from: provider }, 'providerAdd', 'https://cp.example'),
    /** Rents a machine by the second; the deposit lasts for days. */
    async openJob(at: number) {
      jobs += 1;
      await call(at, marketContract, 'jobOpen', stringToHex('{}'), provider, RATE, 1_000_000_000n);
      return toJobId(jobs);
    },
    settle: (at: number, job: Hex) => call(at, marketContract, 'jobSettle', job),
    mine: (at: number) => rpc.call('evm_setNextBlockTimestamp', FIRST_TIME + at).then(() => rpc.call('evm_mine')),
    async getHead() {
      const head = await rpc.call('eth_getBlockByNumber', 'latest', false);
      const { number, hash } = head as { readonly number: Hex; readonly hash: Hex };
      return { height: Number(number), hash };
    },
    toNetwork: (usd: UsdSource): Network => toNetwork(market, token, usd),
  };
}

function toNetwork(market: Hex, token: Hex, usd: UsdSource): Network {
  const [definition] = marlin.networks;
  if (!definition) throw new Error('Marlin Oyster has networks');
  const workToken = { symbol: 'TST', decimals: DECIMALS, address: token, usd };
  const contracts = [{ role: 'market', address: market, startBlock: 1 }];
  const place = { id: 'marlin-feeds', title: 'A market with a feed', chainId: LAB_CHAIN_ID, chainName: 'devnet' };
  return { manifest: marlin, definition: { ...definition, ...place, workToken, contracts } };
}
