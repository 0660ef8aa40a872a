import type { Abi } from 'viem';
import { decodeFunctionResult, encodeFunctionData, parseAbi } from 'viem/utils';
import type { Hex } from '../../../schema/lib/hex.js';
import type { ContractRead } from '../../events/ContractRead.js';

/** What a call says: bytes; `none`: there is no such function or it failed; `gone`: that block's state is not held. */
export type CallAnswer = { readonly kind: 'data'; readonly data: Hex } | { readonly kind: 'none' | 'gone' };

export function toCallData({ signature, args }: ContractRead): Hex {
  return encodeFunctionData({ abi: toAbi(signature), args });
}

/** A contract may answer what its interface does not say; that is no answer. */
export function decodeAnswer({ signature }: ContractRead, data: Hex): unknown {
  try {
    return decodeFunctionResult({ abi: toAbi(signature), data });
  } catch {
    return undefined;
  }
}

const abis = new Map<string, Abi>();

function toAbi(signature: string): Abi {
  const found = abis.get(signature);
  if (found) return found;
  const abi = parseAbi([signature]) as Abi;
  abis.set(signature, abi);
  return abi;
}
