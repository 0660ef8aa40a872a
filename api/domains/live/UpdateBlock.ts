import { Field, ObjectType } from 'type-graphql';
import { BigIntScalar, BytesScalar, TimestampScalar } from '../../scalars.js';

@ObjectType({ description: 'The last block written, of which all of a message is.', simpleResolvers: true })
export class UpdateBlock {
  @Field(() => BigIntScalar, { description: 'Id of its chain.' })
  chain: number;

  @Field(() => BigIntScalar, { description: 'Its height.' })
  number: number;

  @Field(() => BytesScalar, { description: 'Its hash.' })
  hash: Buffer;

  @Field(() => TimestampScalar, { description: 'Its time.' })
  timestamp: Date;
}
