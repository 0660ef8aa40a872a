import { Field, ID, ObjectType } from 'type-graphql';
import { BigIntScalar, BytesScalar, TimestampScalar } from '../../scalars.js';

@ObjectType({ description: 'Tokens moved for work.', simpleResolvers: true })
export class Payout {
  @Field(() => ID, { description: '<chain>-<height>-<log>, with -<part> for a further payout from the same log.' })
  id: string;

  @Field(() => ID, { nullable: true, description: 'The task it is for.' })
  task: string | null;

  @Field(() => BytesScalar, { nullable: true, description: 'Address that paid, where the log says so.' })
  payer: string | null;

  @Field(() => BytesScalar, {
    nullable: true,
    description:
      'Address that was paid; null where the protocol keeps it, or the log names a job of which nothing is known.',
  })
  recipient: string | null;

  @Field(() => String, {
    description:
      'What for: provider, worker, application or dataset are pay for work; bonus, penalty, fee and withdrawal are not.',
  })
  role: string;

  @Field(() => BigIntScalar, { description: 'Base units of `token`.' })
  amount: string;

  @Field(() => TimestampScalar, { description: 'Time of its block.' })
  at: Date;

  @Field(() => BigIntScalar, { description: 'Height of its block.' })
  height: number;

  @Field(() => BytesScalar, { description: 'Hash of its transaction.' })
  transaction: Buffer;
}
