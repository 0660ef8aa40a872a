import { type Address, type ContractFunctionArgs, type ContractFunctionName, encodeFunctionData, type Hex } from 'viem';
import { assert } from '../../schema/lib/assert.js';
import type { Transaction } from '../chainWriter.js';
import { computeMarketAbi as abi } from '../contracts/computeMarketArtifact.js';

type Name = ContractFunctionName<typeof abi, 'nonpayable' | 'payable'>;
type Arguments<Wanted extends Name> = ContractFunctionArgs<typeof abi, 'nonpayable' | 'payable', Wanted>;

/** One transaction of the market in its own words; accounts are positions in the cast. */
export type Action =
  | {
      readonly kind: 'call';
      readonly from: number;
      readonly name: Name;
      readonly args: readonly unknown[];
      readonly valueWei?: bigint;
    }
  | { readonly kind: 'transfer'; readonly from: number; readonly to: number; readonly valueWei: bigint };

/** Asks the market for something. */
export type Act = <const Wanted extends Name>(
  from: number,
  name: Wanted,
  args: Arguments<Wanted>,
  valueWei?: bigint,
) => void;

/** The nodeId that stands for a provider's stake as a whole. */
export const wholeProvider: Hex = `0x${'0'.repeat(64)}`;

/** The longest list of an action fits well below (`updateNodes`, the largest, takes about 0.1 M for each of at most 4). */
const gas = 3_000_000;

export function toTransaction(
  action: Action,
  { market, wallets }: { readonly market: Address; readonly wallets: readonly Address[] },
): Transaction {
  const getWallet = (position: number) => {
    const wallet = wallets[position];
    assert(wallet, `anvil has an account ${position}`);
    return wallet;
  };
  const from = getWallet(action.from);
  const { valueWei } = action;
  if (action.kind === 'transfer') return { from, to: getWallet(action.to), data: '0x', valueWei, gas: 21_000 };
  const { name: functionName, args } = action;
  // The types of name and arguments fit where the action is made, and are lost in the list of actions.
  const data = encodeFunctionData({ abi, functionName, args } as Parameters<typeof encodeFunctionData>[0]);
  return { from, to: market, data, valueWei, gas };
}
