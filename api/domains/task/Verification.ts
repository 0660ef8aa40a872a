import { Field, ID, ObjectType } from 'type-graphql';
import { BigIntScalar, TimestampScalar } from '../../scalars.js';

@ObjectType({ description: 'A verdict about a task, or about one node that worked on it.', simpleResolvers: true })
export class Verification {
  @Field(() => ID, { description: '<chain>-<height>-<log>, with -<part> for a further verdict from the same log.' })
  id: string;

  @Field(() => String, { description: 'consensus, proof, tee or acknowledgement.' })
  mechanism: string;

  @Field(() => String, { description: 'reached, revealed, accepted or rejected.' })
  result: string;

  @Field(() => ID, { nullable: true, description: 'The node it is about; null: the task as a whole.' })
  node: string | null;

  @Field(() => ID, { nullable: true, description: 'The task it is about, where the log names one.' })
  task: string | null;

  @Field(() => ID, { nullable: true, description: 'The job it is about, where it is known.' })
  job: string | null;

  @Field(() => TimestampScalar, { description: 'Time of its block.' })
  at: Date;

  @Field(() => BigIntScalar, { description: 'Height of its block.' })
  height: number;
}
