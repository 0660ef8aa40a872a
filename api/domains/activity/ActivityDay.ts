import { Field, ObjectType } from 'type-graphql';
import { BigIntScalar } from '../../scalars.js';

@ObjectType({ description: 'What happened on one UTC day.', simpleResolvers: true })
export class ActivityDay {
  @Field(() => String, { description: 'The day, such as 2026-01-31.' })
  date: string;

  @Field(() => BigIntScalar, { description: 'Jobs agreed on the day.' })
  jobs: string;

  @Field(() => BigIntScalar, { description: 'Tasks completed on the day.' })
  tasksCompleted: string;

  @Field(() => BigIntScalar, {
    description:
      'Tasks that the chain called failed on the day; those that failed by their deadline alone are in no day yet.',
  })
  tasksFailed: string;

  @Field(() => Boolean, { description: 'True while the day is not over.' })
  inProgress: boolean;
}
