import { Field, Int, ObjectType } from 'type-graphql';
import { BigIntScalar, TimestampScalar } from '../../scalars.js';

@ObjectType({ description: 'A chain that is indexed, and how far the facts have come.', simpleResolvers: true })
export class Chain {
  @Field(() => BigIntScalar, { description: 'EIP-155 chain id; recorded histories lie above 1,000,000,000,000.' })
  id: number;

  @Field(() => String, { description: 'Name for people.' })
  name: string;

  @Field(() => Boolean, { description: 'True for a recorded history: its block numbers and times are made up.' })
  recorded: boolean;

  @Field(() => String, { description: 'waiting, standby, backfill, live, halted or complete.' })
  phase: string;

  @Field(() => String, { nullable: true, description: 'Why the chain is in this phase, where there is more to say.' })
  phaseReason: string | null;

  @Field(() => BigIntScalar, { nullable: true, description: 'Height of the newest block the source named.' })
  headNumber: number | null;

  @Field(() => TimestampScalar, { nullable: true, description: 'Time of the newest block the source named.' })
  headAt: Date | null;

  @Field(() => BigIntScalar, { nullable: true, description: 'Height up to which blocks can no longer be replaced.' })
  finalizedNumber: number | null;

  @Field(() => BigIntScalar, { nullable: true, description: 'Height of the newest block that the source calls safe.' })
  safeNumber: number | null;

  @Field(() => BigIntScalar, {
    nullable: true,
    description:
      'Height up to which amounts were held against the rules of their network; null before the first check.',
  })
  checkedNumber: number | null;

  @Field(() => Int, { description: 'Times that written blocks were taken back because the chain had replaced them.' })
  reorgs: number;

  @Field(() => Int, { description: 'Most blocks that were taken back at once.' })
  deepestReorg: number;

  @Field(() => TimestampScalar, { nullable: true, description: 'When the source last answered.' })
  seenAt: Date | null;
}
