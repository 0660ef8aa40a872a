import { Field, ID, ObjectType } from 'type-graphql';
import { BigIntScalar, TimestampScalar } from '../../scalars.js';

@ObjectType({ description: 'One assignment of a task to a provider.', simpleResolvers: true })
export class Attempt {
  @Field(() => ID, { description: '<chain>-<height>-<log>, with -<part> for a further attempt from the same log.' })
  id: string;

  @Field(() => ID, { nullable: true, description: 'The node that worked, where the protocol names it.' })
  node: string | null;

  @Field(() => ID, { description: 'The task that was assigned.' })
  task: string;

  @Field(() => TimestampScalar, { description: 'Time of its block.' })
  at: Date;

  @Field(() => BigIntScalar, { description: 'Height of its block.' })
  height: number;
}
