import { decodeFunctionResult, encodeFunctionData, parseAbi } from 'viem/utils';
import type { Hex } from '../../../schema/lib/hex.js';

/** Multicall3, at the same address on hundreds of chains (mds1/multicall3, README). */
export const MULTICALL_ADDRESS: Hex = '0xca11bde05977b3631167028862be2a173976ca11';

const abi = parseAbi([
  'struct Call3 { address target; bool allowFailure; bytes callData; }',
  'struct Result { bool success; bytes returnData; }',
  'function aggregate3(Call3[] calls) payable returns (Result[] returnData)',
]);

export interface MulticallResult {
  readonly success: boolean;
  readonly returnData: Hex;
}

/** Each call may fail alone. */
export function encodeMulticall(calls: readonly { readonly target: Hex; readonly data: Hex }[]): Hex {
  const args = calls.map(({ target, data }) => ({ target, allowFailure: true, callData: data }));
  return encodeFunctionData({ abi, functionName: 'aggregate3', args: [args] });
}

/** Undefined where this is no answer of Multicall3 to so many calls. */
export function decodeMulticall(data: Hex, count: number): readonly MulticallResult[] | undefined {
  try {
    const results = decodeFunctionResult({ abi, functionName: 'aggregate3', data });
    return results.length === count ? results : undefined;
  } catch {
    return undefined;
  }
}
