import { createHash } from 'node:crypto';
import type { ChainRow } from '../domains/chain/chainQueries.js';

/** Where a chain stood. */
export interface Position {
  /** -1: before the first block. */
  readonly height: number;
  /** The first 16 digits of the hash of that block, without 0x; empty before the first one. */
  readonly hash: string;
  /** Of that block, unix time in ms; deadlines are judged by it. 0 before the first one. */
  readonly timeMs: number;
  /** How often blocks had been taken back. */
  readonly retractions: number;
}

/** Where all chains stood, by id. */
export type Standing = ReadonlyMap<number, Position>;

export function toStanding(chains: readonly ChainRow[]): Standing {
  return new Map(chains.map((chain) => [chain.id, toPosition(chain)]));
}

function toPosition({ height, blockHash, blockTime, retractions }: ChainRow): Position {
  return {
    height: height ?? -1,
    hash: blockHash?.toString('hex').slice(0, HASH_DIGITS) ?? '',
    timeMs: blockTime?.getTime() ?? 0,
    retractions,
  };
}

export const HASH_DIGITS = 16;

export function isSame(one: Position, other: Position): boolean {
  return one.height === other.height && one.hash === other.hash && one.retractions === other.retractions;
}

/** Chains that do not stand where they stood; one that was not there before has not moved. */
export function listMoved(from: Standing, to: Standing): readonly Move[] {
  return [...to].flatMap(([chainId, position]) => {
    const before = from.get(chainId) ?? position;
    return isSame(before, position) ? [] : [{ chainId, from: before, to: position }];
  });
}

export interface Move {
  readonly chainId: number;
  readonly from: Position;
  readonly to: Position;
}

export function toDigest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, DIGEST_LENGTH);
}

const DIGEST_LENGTH = 8;
