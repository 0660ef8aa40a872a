import { encodeDeployData, encodeFunctionData, stringToHex } from 'viem';
import type { Rpc } from '../../devnet/rpc.js';
import type { Hex } from '../../schema/lib/hex.js';
import type { CompiledContract } from './compileSolidity.js';

/** Which accounts of anvil act. */
const actors = { owner: 1, provider: 2, stranger: 3 } as const;

export interface MarketOptions {
  readonly rpc: Rpc;
  readonly contracts: Readonly<Record<string, CompiledContract>>;
  readonly tokenDecimals: number;
  /** Whether metadata is emitted as bytes; as text otherwise. */
  readonly asBytes: boolean;
  /** Second zero of the script. */
  readonly time: number;
  /** Where the market is to act from, if not where it was deployed. */
  readonly place?: (deployed: Hex) => Promise<Hex>;
}

export interface PlayedMarket {
  readonly market: Hex;
  readonly token: Hex;
  readonly owner: Hex;
  readonly provider: Hex;
  readonly time: number;
  readonly steps: readonly { readonly at: number; readonly height: number; readonly transactions: readonly Hex[] }[];
}

/** c5.xlarge in us-east-1: 0.189 USD an hour. */
export const RATE = 52_500_000_000_000n;
export const REVISED_RATE = 105_000_000_000_000n;
/** Thousandths of a token. */
export const deposits = { first: 100, second: 1, third: 1, later: 50, withdrawn: 20 } as const;

export const metadata = { instance: 'c5.xlarge', region: 'us-east-1', memory: 4096, vcpu: 2, name: 'api' } as const;

export const toJobId = (position: number): Hex => `0x${position.toString(16).padStart(64, '0')}`;
const [first, second, third] = [1, 2, 3].map(toJobId);

type Call = readonly [actor: keyof typeof actors, name: string, ...args: readonly unknown[]];

/** Three jobs: one is topped up, repriced and closed in time, one is free of charge, one runs out. */
function toScript({ provider, milli }: { readonly provider: Hex; readonly milli: (count: number) => bigint }) {
  const [good, bad] = [JSON.stringify(metadata), '{"region":\u0000 not JSON'].map((text) => stringToHex(text));
  const script: readonly { readonly at: number; readonly calls: readonly Call[] }[] = [
    {
      at: 0,
      calls: [
        ['provider', 'providerAdd', 'https://cp.example'],
        ['owner', 'jobOpen', good, provider, RATE, milli(deposits.first)],
        ['owner', 'jobOpen', bad, provider, 0n, milli(deposits.second)],
        ['owner', 'jobOpen', good, provider, RATE, milli(deposits.third)],
      ],
    },
    { at: 100, calls: [['stranger', 'jobDeposit', first, milli(deposits.later)]] },
    { at: 151, calls: [first, first, second, third].map((job) => ['stranger', 'jobSettle', job]) },
    { at: 160, calls: [['owner', 'jobReviseRateInitiate', first, REVISED_RATE]] },
    { at: 170, calls: [['owner', 'jobReviseRateCancel', first]] },
    { at: 180, calls: [['owner', 'jobReviseRateInitiate', first, REVISED_RATE]] },
    { at: 480, calls: [['owner', 'jobReviseRateFinalize', first]] },
    { at: 500, calls: [['owner', 'jobMetadataUpdate', first, good]] },
    { at: 540, calls: [['owner', 'jobWithdraw', first, milli(deposits.withdrawn)]] },
    { at: 600, calls: [first, second, third].map((job) => ['owner', 'jobClose', job]) },
    { at: 610, calls: [['provider', 'providerUpdateWithCp', 'https://cp2.example']] },
    { at: 620, calls: [['provider', 'providerRemove']] },
  ];
  return script;
}

/** Deploys a market with its token and plays the script, a block each step. */
export async function playMarlinMarket(options: MarketOptions): Promise<PlayedMarket> {
  const { rpc, contracts, tokenDecimals, asBytes, time } = options;
  const accounts = (await rpc.call('eth_accounts')) as readonly Hex[];
  const [owner, provider, stranger] = [actors.owner, actors.provider, actors.stranger].map((at) => getAccount(at));

  function getAccount(at: number): Hex {
    const account = accounts[at];
    if (!account) throw new Error(`anvil has no account ${at}`);
    return account;
  }

  async function send(from: Hex, to: Hex | undefined, data: Hex): Promise<Hex> {
    return (await rpc.call('eth_sendTransaction', { from, to, data, gas: '0x4c4b40' })) as Hex;
  }

  async function deploy(name: string, args: readonly unknown[]): Promise<Hex> {
    const { abi, bytecode } = contracts[name] ?? { abi: [], bytecode: '0x' };
    const hash = await send(getAccount(0), undefined, encodeDeployData({ abi, bytecode, args }));
    await rpc.call('evm_mine');
    const receipt = (await rpc.call('eth_getTransactionReceipt', hash)) as { readonly contractAddress: Hex };
    return receipt.contractAddress;
  }

  const token = await deploy('TestToken', [[owner, stranger], 10n ** 30n]);
  const deployed = await deploy('MarlinMarket', [token, 18n - BigInt(tokenDecimals), asBytes]);
  const market = (await options.place?.(deployed)) ?? deployed;
  const abi = contracts.MarlinMarket?.abi ?? [];
  const milli = (count: number) => BigInt(count) * 10n ** BigInt(tokenDecimals - 3);
  const steps: PlayedMarket['steps'][number][] = [];
  for (const { at, calls } of toScript({ provider: getAccount(actors.provider), milli })) {
    const transactions: Hex[] = [];
    for (const [actor, functionName, ...args] of calls) {
      transactions.push(await send(getAccount(actors[actor]), market, encodeFunctionData({ abi, functionName, args })));
    }
    await rpc.call('evm_setNextBlockTimestamp', time + at);
    await rpc.call('evm_mine');
    steps.push({ at, height: Number(await rpc.call('eth_blockNumber')), transactions });
  }
  return { market, token, owner: owner ?? '0x', provider: provider ?? '0x', time, steps };
}
