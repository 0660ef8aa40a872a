import type { Hex } from '../../../schema/lib/hex.js';
import { iexecViewCategory, iexecViewDeal, iexecWorkerpoolDescription } from '../../../schema/protocols/abis/iexec.js';
import type { ContractRead, ReadResults } from '../../events/ContractRead.js';
import type { DecodedLog } from '../../events/logs.js';

/** What the adapter uses of IexecLibCore_v5.Deal. */
export interface Deal {
  readonly app: Resource;
  readonly dataset: Resource;
  readonly workerpool: Resource;
  readonly trust: bigint;
  readonly category: bigint;
  readonly tag: string;
  readonly requester: string;
  readonly beneficiary: string;
  readonly startTime: bigint;
  readonly botFirst: bigint;
  readonly botSize: bigint;
}

interface Resource {
  readonly pointer: string;
  readonly owner: string;
  readonly price: bigint;
}

export interface Category {
  readonly name: string;
  /** Seconds; deadlines are multiples of it. */
  readonly workClockTimeRef: bigint;
}

/** A deal's terms, then its category, and a new workerpool's own name: none of them ever changes. */
export function toIexecReads(decoded: DecodedLog, known: ReadResults): readonly ContractRead[] {
  const { log, args, name } = decoded;
  const read = (
    key: string,
    address: Hex,
    signature: string,
    readArgs: readonly unknown[],
  ): readonly ContractRead[] => [
    { key, address, signature, args: readArgs, blockHash: log.blockHash, immutable: true },
  ];
  if (name === 'OrdersMatched') {
    const deal = known.get(toDealKey(args.dealid)) as Deal | undefined;
    return deal
      ? read(toCategoryKey(deal.category), log.address, iexecViewCategory, [deal.category])
      : read(toDealKey(args.dealid), log.address, iexecViewDeal, [args.dealid]);
  }
  if (name === 'Transfer' && decoded.role === 'workerpoolRegistry') {
    const pool = toPoolAddress(args.tokenId);
    return read(toNameKey(pool), pool, iexecWorkerpoolDescription, []);
  }
  return [];
}

export function toDealKey(dealId: unknown): string {
  return `deal:${String(dealId)}`;
}

export function toCategoryKey(category: bigint): string {
  return `category:${category}`;
}

export function toNameKey(pool: string): string {
  return `workerpool:${pool}`;
}

/** A workerpool's ERC-721 token id is its contract's address. */
export function toPoolAddress(tokenId: unknown): Hex {
  return `0x${(tokenId as bigint).toString(16).padStart(40, '0')}`;
}
