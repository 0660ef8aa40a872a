import { Field, ObjectType } from 'type-graphql';
import { BigIntScalar, BytesScalar, TimestampScalar } from '../../scalars.js';
import type { ChainRow } from './chainQueries.js';

@ObjectType({ description: 'The last block whose facts are written.', simpleResolvers: true })
export class MetaBlock {
  @Field(() => BigIntScalar, { description: 'Height of the block.' })
  number: number;

  @Field(() => BytesScalar, { description: 'Hash of the block.' })
  hash: Buffer;

  @Field(() => TimestampScalar, { description: 'Time of the block.' })
  timestamp: Date;
}

/** What fields of their own need to know besides. */
export type MetaBlockRow = MetaBlock & { readonly chainId: number };

export function toMetaBlock(chain: ChainRow): MetaBlockRow | null {
  if (chain.height === null || chain.blockHash === null || chain.blockTime === null) return null;
  return { chainId: chain.id, number: chain.height, hash: chain.blockHash, timestamp: chain.blockTime };
}
