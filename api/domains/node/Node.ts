import { Field, ID, Int, ObjectType } from 'type-graphql';
import { BigIntScalar, TimestampScalar } from '../../scalars.js';

@ObjectType({
  description: 'A machine that works for providers, as the chain last described it.',
  simpleResolvers: true,
})
export class Node {
  @Field(() => ID, { description: '<network>:<native id>.' })
  id: string;

  @Field(() => String, { description: "The protocol's own id: an address or a number." })
  nativeId: string;

  @Field(() => Boolean, { nullable: true, description: 'Whether its provider offers it now; null: nothing says so.' })
  active: boolean | null;

  @Field(() => String, { nullable: true, description: "Where it stands, in the protocol's own words." })
  region: string | null;

  @Field(() => String, { nullable: true, description: 'GPU as its provider claims it.' })
  gpuModel: string | null;

  @Field(() => Int, { nullable: true, description: 'How many GPUs it is said to have.' })
  gpuCount: number | null;

  @Field(() => Int, { nullable: true, description: 'Memory of one GPU in MiB, as claimed.' })
  vramMb: number | null;

  @Field(() => String, { nullable: true, description: 'Where it says it is reached.' })
  uri: string | null;

  @Field(() => TimestampScalar, { description: 'Time of the block it was first seen in.' })
  createdAt: Date;

  @Field(() => BigIntScalar, { description: 'Height of the block it was first seen in.' })
  createdHeight: number;
}
