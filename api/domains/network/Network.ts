import { Field, ID, ObjectType } from 'type-graphql';
import { BigIntScalar } from '../../scalars.js';

@ObjectType({
  description: 'One protocol on one chain, with its running totals. What the protocol does not record is null.',
  simpleResolvers: true,
})
export class Network {
  @Field(() => ID, { description: '<protocol>-<chain>, the first half of every id in it.' })
  id: string;

  @Field(() => String, { description: 'The protocol, such as iexec.' })
  protocol: string;

  @Field(() => String, { description: 'Name for people.' })
  title: string;

  @Field(() => String, { description: 'What the network does, in a sentence.' })
  summary: string;

  @Field(() => Boolean, { description: 'True for a recorded history: its block numbers and times are made up.' })
  recorded: boolean;

  @Field(() => String, { nullable: true, description: 'What every page about the network says first.' })
  notice: string | null;

  @Field(() => BigIntScalar, { description: 'Providers ever seen.' })
  providerCount: number;

  @Field(() => BigIntScalar, { nullable: true, description: 'Nodes ever seen.' })
  nodeCount: number | null;

  @Field(() => BigIntScalar, { nullable: true, description: 'Jobs ever agreed.' })
  jobCount: number | null;

  @Field(() => BigIntScalar, { nullable: true, description: 'Tasks of all jobs.' })
  taskCount: number | null;

  @Field(() => BigIntScalar, { nullable: true, description: 'Tasks that ended with an accepted result.' })
  tasksCompleted: number | null;

  @Field(() => BigIntScalar, { nullable: true, description: 'Bonded stake now, in base units of `stakeToken`.' })
  stake: string | null;

  @Field(() => BigIntScalar, { nullable: true, description: 'Paid for work so far, in base units of `workToken`.' })
  paid: string | null;
}
