import { Field, ID, ObjectType } from 'type-graphql';
import { BigIntScalar, BytesScalar, TimestampScalar } from '../../scalars.js';

@ObjectType({
  description: 'Who sells compute: a workerpool, an orchestrator. What the protocol does not record is null.',
  simpleResolvers: true,
})
export class Provider {
  @Field(() => ID, { description: '<network>:<native id>.' })
  id: string;

  @Field(() => String, { description: "The protocol's own id: an address or a number." })
  nativeId: string;

  @Field(() => BytesScalar, { nullable: true, description: 'Address that controls it.' })
  owner: string | null;

  @Field(() => String, { nullable: true, description: 'Name it gives itself.' })
  name: string | null;

  @Field(() => String, { nullable: true, description: 'Where it says it is reached.' })
  uri: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether it takes work now.' })
  active: boolean | null;

  @Field(() => TimestampScalar, { description: 'Time of the block it was first seen in.' })
  createdAt: Date;

  @Field(() => BigIntScalar, { description: 'Height of the block it was first seen in.' })
  createdHeight: number;

  @Field(() => TimestampScalar, { description: 'Time of the last block that concerns it.' })
  lastActiveAt: Date;

  @Field(() => BigIntScalar, { description: 'Height of the last block that concerns it.' })
  lastActiveHeight: number;

  @Field(() => BigIntScalar, { nullable: true, description: 'Jobs ever agreed.' })
  jobCount: number | null;

  @Field(() => BigIntScalar, { nullable: true, description: 'Tasks that ended with an accepted result.' })
  tasksCompleted: number | null;

  @Field(() => BigIntScalar, {
    nullable: true,
    description: "Bonded stake now, base units of the network's stake token.",
  })
  stake: string | null;

  @Field(() => BigIntScalar, {
    nullable: true,
    description: "Stake given by the protocol so far, base units of the network's stake token.",
  })
  stakeRewarded: string | null;

  @Field(() => BigIntScalar, {
    nullable: true,
    description: "Stake taken as a punishment so far, base units of the network's stake token.",
  })
  stakeSlashed: string | null;

  @Field(() => BigIntScalar, {
    nullable: true,
    description: "Paid for its work so far, base units of the network's work token.",
  })
  paid: string | null;
}
