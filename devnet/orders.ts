import {
  type Address,
  concat,
  encodeAbiParameters,
  type Hex,
  hashTypedData,
  keccak256,
  pad,
  toHex,
  zeroHash,
} from 'viem';
import { iexecOrderTypes } from '../schema/protocols/abis/iexec.js';

export const orderTypes = {
  AppOrder: toFields(iexecOrderTypes.AppOrder),
  DatasetOrder: toFields(iexecOrderTypes.DatasetOrder),
  WorkerpoolOrder: toFields(iexecOrderTypes.WorkerpoolOrder),
  RequestOrder: toFields(iexecOrderTypes.RequestOrder),
} as const;

const domainType = toFields('string name, string version, uint256 chainId, address verifyingContract');

interface Common {
  readonly volume: bigint;
  readonly tag: Hex;
  readonly salt: Hex;
}

export interface AppOrder extends Common {
  readonly app: Address;
  readonly appprice: bigint;
  readonly datasetrestrict: Address;
  readonly workerpoolrestrict: Address;
  readonly requesterrestrict: Address;
}

export interface DatasetOrder extends Common {
  readonly dataset: Address;
  readonly datasetprice: bigint;
  readonly apprestrict: Address;
  readonly workerpoolrestrict: Address;
  readonly requesterrestrict: Address;
}

export interface WorkerpoolOrder extends Common {
  readonly workerpool: Address;
  readonly workerpoolprice: bigint;
  readonly category: bigint;
  readonly trust: bigint;
  readonly apprestrict: Address;
  readonly datasetrestrict: Address;
  readonly requesterrestrict: Address;
}

export interface RequestOrder extends Common {
  readonly app: Address;
  readonly appmaxprice: bigint;
  readonly dataset: Address;
  readonly datasetmaxprice: bigint;
  readonly workerpool: Address;
  readonly workerpoolmaxprice: bigint;
  readonly requester: Address;
  readonly category: bigint;
  readonly trust: bigint;
  readonly beneficiary: Address;
  readonly callback: Address;
  readonly params: string;
}

export interface Orders {
  AppOrder: AppOrder;
  DatasetOrder: DatasetOrder;
  WorkerpoolOrder: WorkerpoolOrder;
  RequestOrder: RequestOrder;
}

/** The hub's signing domain (IexecConfigurationFacet). */
export function toDomain(hub: Address) {
  return { name: 'iExecODB', version: '5.0.0', chainId: 31337, verifyingContract: hub } as const;
}

/** What a wallet is asked to sign for an order; the domain's type must be among the types or it signs an empty one. */
export function toTypedData<K extends keyof Orders>(hub: Address, kind: K, order: Orders[K]) {
  const types = { EIP712Domain: domainType, [kind]: orderTypes[kind] };
  return {
    domain: toDomain(hub),
    types,
    primaryType: kind as string,
    message: { ...order } as Record<string, unknown>,
  };
}

/** A request order serves one deal here, so its first deal is the only one: keccak(order hash, 0). */
export function toDealId(hub: Address, order: RequestOrder): Hex {
  const orderHash = hashTypedData(toTypedData(hub, 'RequestOrder', order));
  return keccak256(concat([orderHash, zeroHash]));
}

export function toTaskId(dealId: Hex, index: number): Hex {
  return keccak256(concat([dealId, pad(toHex(index))]));
}

/** What a worker commits to: hash and seal of the result's digest. */
export function toCommitment(worker: Address, taskId: Hex, digest: Hex): { readonly hash: Hex; readonly seal: Hex } {
  return { hash: keccak256(concat([taskId, digest])), seal: keccak256(concat([worker, taskId, digest])) };
}

/** What a scheduler signs (EIP-191) to let a worker contribute; there is no enclave. */
export function toAuthorization(worker: Address, taskId: Hex): Hex {
  return keccak256(concat([worker, taskId, pad('0x', { size: 20 })]));
}

/** A salt that depends on nothing but its parts. */
export function toSalt(...parts: readonly (string | number)[]): Hex {
  return keccak256(encodeAbiParameters([{ type: 'string' }], [parts.join(':')]));
}

function toFields(signature: string): { readonly type: string; readonly name: string }[] {
  return signature.split(', ').map((field) => {
    const [type = '', name = ''] = field.split(' ');
    return { type, name };
  });
}
