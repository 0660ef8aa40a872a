import { Field, ID, ObjectType } from 'type-graphql';
import { BigIntScalar, BytesScalar, TimestampScalar } from '../../scalars.js';

@ObjectType({
  description:
    'Facts that do not fit together: amounts that break a rule of their network, or a log that contradicts what came before.',
  simpleResolvers: true,
})
export class Anomaly {
  @Field(() => ID, { description: '<chain>-<height>-<log>-<rule>, followed by the subject where there is one.' })
  id: string;

  @Field(() => String, {
    description:
      'spending: a transaction spends more or less of the escrow than it pays; escrow, stake: less than nothing is held or ' +
      'bonded; statedEscrow, statedStake: a log states another balance than the changes come to; closedJob: money moves ' +
      'after the end of its job; effect: a change has an effect that is not its amount; sequence: a log contradicts what ' +
      'came before.',
  })
  rule: string;

  @Field(() => String, {
    nullable: true,
    description: 'Id of the job, provider or token it is about, or an address; null where `reason` says it.',
  })
  subject: string | null;

  @Field(() => BigIntScalar, {
    nullable: true,
    description: 'What the other facts come to, in base units of `token`; null where it is about no amount.',
  })
  expected: string | null;

  @Field(() => BigIntScalar, {
    nullable: true,
    description: 'What is there instead, in base units of `token`; null where it is about no amount.',
  })
  got: string | null;

  @Field(() => String, { nullable: true, description: 'In words, where it is about no amount.' })
  reason: string | null;

  @Field(() => BigIntScalar, { description: 'Height of its block.' })
  height: number;

  @Field(() => TimestampScalar, { description: 'Time of its block.' })
  at: Date;

  @Field(() => BytesScalar, { description: 'Hash of its transaction.' })
  transaction: Buffer;
}
