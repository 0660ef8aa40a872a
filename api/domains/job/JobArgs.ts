import { ArgsType, Field, ID, InputType } from 'type-graphql';
import type { Direction } from '../../database/toListSql.js';
import { createEnum } from '../../list/createEnum.js';
import { ListArgs, OrderDirection } from '../../list/ListArgs.js';
import { BytesScalar } from '../../scalars.js';
import { JobStatus, type JobStatusName } from './Job.js';
import type { JobOrder } from './jobQueries.js';

const JobOrderBy = createEnum<JobOrder>({
  name: 'JobOrderBy',
  description: 'What jobs are sorted by; ties by id.',
  values: {
    createdAt: 'Time agreed.',
    endedAt: 'Time the last task ended; jobs that run come last.',
    volume: 'Tasks agreed.',
    id: 'The id.',
  },
});

@InputType({ description: 'Which jobs; all conditions must hold.' })
export class JobWhere {
  @Field(() => ID, { nullable: true, description: 'This job.' })
  id?: string | null;

  @Field(() => [ID], { nullable: true, description: 'Any of these jobs.' })
  id_in?: string[] | null;

  @Field(() => ID, { nullable: true, description: 'Jobs of this network.' })
  network?: string | null;

  @Field(() => [ID], { nullable: true, description: 'Jobs of any of these networks.' })
  network_in?: string[] | null;

  @Field(() => ID, { nullable: true, description: 'Jobs of this provider; null: of none yet.' })
  provider?: string | null;

  @Field(() => BytesScalar, { nullable: true, description: 'Jobs ordered by this address; null: by no known one.' })
  buyer?: string | null;

  @Field(() => JobStatus, { nullable: true, description: 'Jobs that stand so.' })
  status?: JobStatusName | null;

  @Field(() => [JobStatus], { nullable: true, description: 'Jobs that stand in any of these ways.' })
  status_in?: JobStatusName[] | null;
}

@ArgsType()
export class JobArgs extends ListArgs {
  @Field(() => JobOrderBy, { defaultValue: 'createdAt', description: 'What to sort by.' })
  orderBy: JobOrder;

  @Field(() => OrderDirection, { defaultValue: 'desc', description: 'Which end comes first.' })
  orderDirection: Direction;

  @Field(() => JobWhere, { nullable: true, description: 'Which jobs.' })
  where?: JobWhere | null;
}
