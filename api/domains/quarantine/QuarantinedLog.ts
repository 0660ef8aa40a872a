import { Field, ID, ObjectType } from 'type-graphql';
import { BigIntScalar, BytesScalar, TimestampScalar } from '../../scalars.js';

@ObjectType({
  description: 'A log that was set aside, as it is, because it could not be decoded, given a meaning or believed.',
  simpleResolvers: true,
})
export class QuarantinedLog {
  @Field(() => ID, { description: '<chain>-<height>-<log>.' })
  id: string;

  @Field(() => String, {
    description:
      'Where it stopped: decode, adapt or write; odd: it is written, though it contradicts what came before.',
  })
  stage: string;

  @Field(() => String, { description: 'Why, as a sentence.' })
  reason: string;

  @Field(() => BytesScalar, { description: 'Address of the contract.' })
  address: Buffer;

  @Field(() => [BytesScalar], { description: 'Its topics.' })
  topics: readonly Buffer[];

  @Field(() => BytesScalar, { description: 'Its data.' })
  data: Buffer;

  @Field(() => TimestampScalar, { description: 'Time of its block.' })
  at: Date;

  @Field(() => BigIntScalar, { description: 'Height of its block.' })
  height: number;

  @Field(() => BytesScalar, { description: 'Hash of its block.' })
  blockHash: Buffer;

  @Field(() => BytesScalar, { description: 'Hash of its transaction.' })
  transaction: Buffer;
}
