import { encodeDeployData, encodeFunctionData, numberToHex } from 'viem';
import type { Rpc } from '../../devnet/rpc.js';
import type { Hex } from '../../schema/lib/hex.js';
import type { CompiledContract } from './compileSolidity.js';

export interface Call {
  /** Which account of anvil acts. */
  readonly from: Hex;
  readonly functionName: string;
  readonly args?: readonly unknown[];
  /** Wei. */
  readonly value?: bigint;
}

/** What is done in one block, at a second of the script. */
export interface Step {
  readonly at: number;
  readonly calls: readonly Call[];
}

export interface PlayedStep {
  readonly at: number;
  readonly height: number;
  readonly transactions: readonly Hex[];
}

/** Deploys a contract, in a block of its own, and gives its address. */
export async function deploy(
  rpc: Rpc,
  { abi, bytecode }: CompiledContract,
  { from, args = [] }: { readonly from: Hex; readonly args?: readonly unknown[] },
): Promise<Hex> {
  const data = encodeDeployData({ abi, bytecode, args });
  const hash = await rpc.call('eth_sendTransaction', { from, data, gas: GAS });
  await rpc.call('evm_mine');
  return (await getReceipt(rpc, hash as Hex)).contractAddress;
}

/** Plays a script against a contract, a block each step. Throws where a call is reverted. */
export async function playScript(
  rpc: Rpc,
  { contract, address, time }: { readonly contract: CompiledContract; readonly address: Hex; readonly time: number },
  steps: readonly Step[],
): Promise<readonly PlayedStep[]> {
  const played: PlayedStep[] = [];
  for (const { at, calls } of steps) {
    const transactions: Hex[] = [];
    for (const { from, functionName, args = [], value = 0n } of calls) {
      const data = encodeFunctionData({ abi: contract.abi, functionName, args });
      const call = { from, to: address, data, gas: GAS, value: numberToHex(value) };
      transactions.push((await rpc.call('eth_sendTransaction', call)) as Hex);
    }
    await rpc.call('evm_setNextBlockTimestamp', time + at);
    await rpc.call('evm_mine');
    for (const [index, hash] of transactions.entries()) {
      const { status } = await getReceipt(rpc, hash);
      if (status !== '0x1') throw new Error(`${calls[index]?.functionName} was reverted at second ${at}`);
    }
    played.push({ at, height: Number(await rpc.call('eth_blockNumber')), transactions });
  }
  return played;
}

const GAS = '0x4c4b40';

async function getReceipt(rpc: Rpc, hash: Hex) {
  const receipt = await rpc.call('eth_getTransactionReceipt', hash);
  return receipt as { readonly contractAddress: Hex; readonly status: Hex };
}
