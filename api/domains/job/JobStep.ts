import { Field, ID, ObjectType } from 'type-graphql';
import { BigIntScalar, BytesScalar, TimestampScalar } from '../../scalars.js';

@ObjectType({ description: 'Something that happened to a job or to one of its tasks.', simpleResolvers: true })
export class JobStep {
  @Field(() => ID, { description: '<chain>-<height>-<log>, with -<part> for a further step from the same log.' })
  id: string;

  @Field(() => String, {
    description: 'created, assigned, started, attempted, verified, disputed, reopened, completed or failed.',
  })
  kind: string;

  @Field(() => TimestampScalar, { description: 'Time of its block.' })
  at: Date;

  @Field(() => BigIntScalar, { description: 'Height of its block.' })
  height: number;

  @Field(() => BytesScalar, { description: 'Hash of its transaction.' })
  transaction: Buffer;

  @Field(() => ID, { nullable: true, description: 'The task it happened to; null for the job as a whole.' })
  task: string | null;

  @Field(() => ID, { nullable: true, description: 'The node that took part.' })
  node: string | null;
}
