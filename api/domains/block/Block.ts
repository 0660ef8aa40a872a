import { Field, ID, ObjectType } from 'type-graphql';
import { BigIntScalar, BytesScalar, TimestampScalar } from '../../scalars.js';

@ObjectType({
  description: 'The header of a block that carries facts, or of a recent one; others are not kept.',
  simpleResolvers: true,
})
export class Block {
  @Field(() => ID, { description: '<chain>-<height>.' })
  id: string;

  @Field(() => BigIntScalar, { description: 'Its height.' })
  number: number;

  @Field(() => BytesScalar, { description: 'Its hash.' })
  hash: Buffer;

  @Field(() => BytesScalar, {
    nullable: true,
    description: 'Hash of the block before; null for a block of the past whose header was not asked for.',
  })
  parentHash: Buffer | null;

  @Field(() => TimestampScalar, { description: 'Its time.' })
  timestamp: Date;
}
