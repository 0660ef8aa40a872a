import { Field, ID, ObjectType } from 'type-graphql';
import { BigIntScalar, BytesScalar, TimestampScalar } from '../../scalars.js';

@ObjectType({ description: 'A movement of stake.', simpleResolvers: true })
export class StakeChange {
  @Field(() => ID, { description: '<chain>-<height>-<log>, with -<part> for a further change from the same log.' })
  id: string;

  @Field(() => ID, { nullable: true, description: 'The node whose stake it is, where the protocol names it.' })
  node: string | null;

  @Field(() => BytesScalar, { nullable: true, description: 'Address whose stake moved; null: no log names it.' })
  account: string | null;

  @Field(() => String, {
    description: 'locked, unlocking, unlocked, withdrawn, rewarded, credited, moved or slashed.',
  })
  kind: string;

  @Field(() => BigIntScalar, { description: 'How much moved, in base units of `token`; never negative.' })
  amount: string;

  @Field(() => BigIntScalar, { description: "Signed effect on the provider's bonded stake, in base units of `token`." })
  delta: string;

  @Field(() => TimestampScalar, { description: 'Time of its block.' })
  at: Date;

  @Field(() => BigIntScalar, { description: 'Height of its block.' })
  height: number;

  @Field(() => BytesScalar, { description: 'Hash of its transaction.' })
  transaction: Buffer;
}
