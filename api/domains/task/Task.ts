import { Field, ID, Int, ObjectType } from 'type-graphql';
import { createEnum } from '../../list/createEnum.js';
import { BigIntScalar, TimestampScalar } from '../../scalars.js';

export const TaskStatus = createEnum({
  name: 'TaskStatus',
  description: 'Where a task stands.',
  values: {
    pending: 'Agreed, not started.',
    running: 'Being worked on.',
    verified: 'A result is agreed on, not yet settled.',
    disputed: 'A result was refused and the task is worked on again.',
    completed: 'Ended with an accepted result.',
    failed: 'Ended without a result.',
  },
});

@ObjectType({ description: 'The piece of a job that runs.', simpleResolvers: true })
export class Task {
  @Field(() => ID, { description: '<network>:<native id>.' })
  id: string;

  @Field(() => Int, { description: 'Position in the job, from 0.' })
  index: number;

  @Field(() => String, { description: "The protocol's own id." })
  nativeId: string;

  @Field(() => TaskStatus, { description: 'Where it stands.' })
  status: keyof typeof TaskStatus;

  @Field({
    description:
      "True: it failed because its job's deadline has passed in the last block that is read; the chain does not say so yet.",
  })
  derived: boolean;

  @Field(() => BigIntScalar, { description: 'Height of the block it was agreed in.' })
  createdHeight: number;

  @Field(() => Int, { description: 'How often it was taken on.' })
  attemptCount: number;

  @Field(() => TimestampScalar, { nullable: true, description: 'Time of the block it started in.' })
  startedAt: Date | null;

  @Field(() => TimestampScalar, {
    nullable: true,
    description: 'Time of the block it ended in; null where that follows from the deadline alone.',
  })
  endedAt: Date | null;
}
