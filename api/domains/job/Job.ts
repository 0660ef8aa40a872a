import { Field, ID, Int, ObjectType } from 'type-graphql';
import { createEnum } from '../../list/createEnum.js';
import { BigIntScalar, BytesScalar, TimestampScalar } from '../../scalars.js';

export const JobStatus = createEnum({
  name: 'JobStatus',
  description: 'Where a job stands.',
  values: {
    open: 'Agreed, no task started.',
    running: 'At least one task started, not all ended.',
    completed: 'All tasks completed.',
    partial: 'All tasks ended, some of them failed.',
    failed: 'All tasks failed.',
  },
});

export type JobStatusName = keyof typeof JobStatus;

@ObjectType({ description: 'An agreement about paid work; its tasks are what runs.', simpleResolvers: true })
export class Job {
  @Field(() => ID, { description: '<network>:<native id>.' })
  id: string;

  @Field(() => String, { description: "The protocol's own id." })
  nativeId: string;

  @Field(() => BytesScalar, { nullable: true, description: 'Address that ordered the work.' })
  buyer: string | null;

  @Field(() => JobStatus, { description: 'Where it stands.' })
  status: JobStatusName;

  @Field({
    description:
      'True: it is over because its deadline has passed in the last block that is read; the chain does not say so yet.',
  })
  derived: boolean;

  @Field(() => Int, { description: 'Tasks agreed.' })
  volume: number;

  @Field(() => Int, { description: 'Tasks that ended with an accepted result.' })
  tasksCompleted: number;

  @Field(() => Int, {
    description: 'Tasks that ended without a result, by the word of the chain or by their deadline.',
  })
  tasksFailed: number;

  @Field(() => TimestampScalar, { description: 'Time of the block it was agreed in.' })
  createdAt: Date;

  @Field(() => BigIntScalar, { description: 'Height of the block it was agreed in.' })
  createdHeight: number;

  @Field(() => TimestampScalar, { nullable: true, description: 'When its tasks must have ended.' })
  deadline: Date | null;

  @Field(() => TimestampScalar, {
    nullable: true,
    description: 'Time of the block its last task ended in; null where that follows from the deadline alone.',
  })
  endedAt: Date | null;
}
