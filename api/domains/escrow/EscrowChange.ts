import { Field, ID, ObjectType } from 'type-graphql';
import { BigIntScalar, BytesScalar, TimestampScalar } from '../../scalars.js';

@ObjectType({ description: "A movement of buyers' money that a protocol holds.", simpleResolvers: true })
export class EscrowChange {
  @Field(() => ID, { description: '<chain>-<height>-<log>, with -<part> for a further change from the same log.' })
  id: string;

  @Field(() => BytesScalar, { nullable: true, description: 'Address whose money moved, where the log says so.' })
  account: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Which of the account's balances, where the protocol keeps several.",
  })
  subaccount: string | null;

  @Field(() => String, { description: 'deposited, withdrawn, spent or moved.' })
  kind: string;

  @Field(() => BigIntScalar, { description: 'How much moved, in base units of `token`; never negative.' })
  amount: string;

  @Field(() => BigIntScalar, { description: 'Signed effect on what is held, in base units of `token`.' })
  delta: string;

  @Field(() => TimestampScalar, { description: 'Time of its block.' })
  at: Date;

  @Field(() => BigIntScalar, { description: 'Height of its block.' })
  height: number;

  @Field(() => BytesScalar, { description: 'Hash of its transaction.' })
  transaction: Buffer;
}
