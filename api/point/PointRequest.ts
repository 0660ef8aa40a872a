import { GraphQLError } from 'graphql';
import type { FinalityName } from './pointArguments.js';

/** What all root fields of an operation ask for. */
export interface PointRequest {
  readonly block: BlockRequest | null;
  readonly finality: FinalityName;
  /** Ids of networks that the operation names, or that its ids begin with. */
  readonly networks: readonly string[];
  /** Chains that it names by number. */
  readonly chains: readonly string[];
}

export type BlockRequest =
  | { readonly kind: 'number'; readonly number: string }
  | { readonly kind: 'hash'; readonly hash: string }
  | { readonly kind: 'number_gte'; readonly number: string }
  | { readonly kind: 'timestamp'; readonly time: Date };

export type PointErrorCode =
  | 'BAD_USER_INPUT'
  | 'BLOCK_MIXED'
  | 'BLOCK_NOT_FINAL'
  | 'BLOCK_NOT_INDEXED'
  | 'BLOCK_PRUNED'
  | 'BLOCK_UNKNOWN'
  | 'CHAIN_REQUIRED'
  | 'CHAIN_UNKNOWN';

/** A moment that cannot be answered for; nothing of the query is. */
export function createPointError(code: PointErrorCode, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { status: 400 } } });
}
