import type { Hex } from '../../../schema/lib/hex.js';
import {
  iexecViewCategory,
  iexecViewDeal,
  iexecViewTask,
  iexecWorkerpoolDescription,
} from '../../../schema/protocols/abis/iexec.js';
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

/** A task's place in a deal never changes either. */
export interface TaskPlace {
  readonly dealid: string;
}

/**
 * A deal's terms and its category at its match, a deal's terms again where a task of it is paid, a new workerpool's own
 * name: none of them ever changes.
 */
export function toIexecReads(decoded: DecodedLog, known: ReadResults): readonly ContractRead[] {
  const { args, name, role } = decoded;
  if (name === 'OrdersMatched') {
    const deal = findDeal(known, args.dealid);
    return deal
      ? [toRead(decoded, toCategoryKey(deal.category), iexecViewCategory, [deal.category])]
      : [toRead(decoded, toDealKey(args.dealid), iexecViewDeal, [args.dealid])];
  }
  if (name === 'TaskFinalize') {
    const place = known.get(toTaskKey(args.taskid)) as TaskPlace | undefined;
    return place
      ? [toRead(decoded, toDealKey(place.dealid), iexecViewDeal, [place.dealid])]
      : [toRead(decoded, toTaskKey(args.taskid), iexecViewTask, [args.taskid])];
  }
  if (name === 'Transfer' && role === 'workerpoolRegistry') {
    const pool = toPoolAddress(args.tokenId);
    return [{ ...toRead(decoded, toNameKey(pool), iexecWorkerpoolDescription, []), address: pool }];
  }
  return [];
}

function toRead({ log }: DecodedLog, key: string, signature: string, args: readonly unknown[]): ContractRead {
  const { address, blockHash, height } = log;
  return { key, address, signature, args, blockHash, height, immutable: true };
}

/** A deal the hub does not know reads as zeros: that is no answer. */
export function findDeal(known: ReadResults, dealId: unknown): Deal | undefined {
  const deal = known.get(toDealKey(dealId)) as Deal | undefined;
  return deal && deal.startTime > 0n ? deal : undefined;
}

export function findDealOfTask(known: ReadResults, taskId: unknown): Deal | undefined {
  const place = known.get(toTaskKey(taskId)) as TaskPlace | undefined;
  return place && findDeal(known, place.dealid);
}

export function toTaskKey(taskId: unknown): string {
  return `task:${String(taskId)}`;
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
