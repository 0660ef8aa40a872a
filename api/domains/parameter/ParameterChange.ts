import { Field, ID, ObjectType } from 'type-graphql';
import { BigIntScalar, BytesScalar, TimestampScalar } from '../../scalars.js';

@ObjectType({ description: 'A rule of a protocol that was changed on chain.', simpleResolvers: true })
export class ParameterChange {
  @Field(() => ID, { description: '<chain>-<height>-<log>, with -<part> for a further change from the same log.' })
  id: string;

  @Field(() => String, { description: "Which rule, in the protocol's own words." })
  name: string;

  @Field(() => String, { description: 'What it is from then on, as text in its own unit.' })
  value: string;

  @Field(() => TimestampScalar, { description: 'Time of its block.' })
  at: Date;

  @Field(() => BigIntScalar, { description: 'Height of its block.' })
  height: number;

  @Field(() => BytesScalar, { description: 'Hash of its transaction.' })
  transaction: Buffer;
}
