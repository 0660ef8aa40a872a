import { encodePacked, keccak256 } from 'viem/utils';
import type { Hex } from '../../../schema/lib/hex.js';
import type { ReadResults } from '../../events/ContractRead.js';
import { hex, ZERO_ADDRESS } from '../values.js';

/** What the adapter knows of deals and their parts by reading the hub, and under which keys it finds the answers. */

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

/** What it uses of IexecLibCore_v5.DealBoost. */
export interface BoostDeal {
  readonly appPrice: bigint;
  readonly datasetPrice: bigint;
  readonly workerpoolPrice: bigint;
  /** Zero for a deal that the hub does not know. */
  readonly requester: string;
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

/** A deal the hub does not know reads as zeros: that is no answer. */
export function findDeal(known: ReadResults, dealId: unknown): Deal | undefined {
  const deal = known.get(toDealKey(dealId)) as Deal | undefined;
  return deal && deal.startTime > 0n ? deal : undefined;
}

export function findBoostDeal(known: ReadResults, dealId: unknown): BoostDeal | undefined {
  const deal = known.get(toBoostDealKey(dealId)) as BoostDeal | undefined;
  return deal && hex(deal.requester) !== ZERO_ADDRESS ? deal : undefined;
}

export function findDealOfTask(known: ReadResults, taskId: unknown): Deal | undefined {
  const place = known.get(toTaskKey(taskId)) as TaskPlace | undefined;
  return place && findDeal(known, place.dealid);
}

export function findCategory(known: ReadResults, category: bigint): Category | undefined {
  return known.get(toCategoryKey(category)) as Category | undefined;
}

export function toTaskKey(taskId: unknown): string {
  return `task:${String(taskId)}`;
}

export function toDealKey(dealId: unknown): string {
  return `deal:${String(dealId)}`;
}

export function toBoostDealKey(dealId: unknown): string {
  return `boostDeal:${String(dealId)}`;
}

export function toCategoryKey(category: bigint): string {
  return `category:${category}`;
}

/** Of a workerpool, an app or a dataset. */
export function toNameKey(entry: string): string {
  return `name:${entry}`;
}

/** Owners change, so the block is a part of the question. */
export function toOwnerKey(entry: string, blockHash: Hex): string {
  return `owner:${entry}@${blockHash}`;
}

export function toRegisteredKey(entry: string): string {
  return `registered:${entry}`;
}

export function toCategoryText({ name, workClockTimeRef }: Partial<Record<keyof Category, unknown>>): string {
  return `${String(name).slice(0, MAX_NAME)} (${workClockTimeRef} s)`;
}

/** Owners write names at any length. Characters. */
export const MAX_NAME = 100;

/** An entry's ERC-721 token id is its contract's address; no id above that is minted. */
export function toEntryAddress(tokenId: unknown): Hex | undefined {
  const id = tokenId as bigint;
  return id >> 160n === 0n ? `0x${id.toString(16).padStart(40, '0')}` : undefined;
}

/** PoCo: `keccak256(abi.encodePacked(dealid, idx))`. */
export function toTaskId(dealId: string, index: bigint): string {
  return keccak256(encodePacked(['bytes32', 'uint256'], [dealId as Hex, index]));
}
