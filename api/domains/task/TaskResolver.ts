import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { Context } from '../../createContext.js';
import { assertFirst } from '../../list/limits.js';
import { Job } from '../job/Job.js';
import type { JobRow } from '../job/jobQueries.js';
import { Network } from '../network/Network.js';
import type { NetworkRow } from '../network/networkQueries.js';
import { Attempt } from './Attempt.js';
import { Task } from './Task.js';
import type { AttemptRow, TaskRow } from './taskQueries.js';
import { Verification } from './Verification.js';

@Resolver(() => Task)
export class TaskResolver {
  @FieldResolver(() => Network, { description: 'The network it runs on.' })
  network(@Root() task: TaskRow, @Ctx() context: Context): Promise<NetworkRow | null> {
    return context.loaders.network.load(task.networkId);
  }

  @FieldResolver(() => Job, { nullable: true, description: 'The job it is a piece of.' })
  job(@Root() task: TaskRow, @Ctx() context: Context): Promise<JobRow | null> {
    return context.loaders.job.load(task.jobId);
  }

  @FieldResolver(() => [Attempt], { description: 'Who took it on, oldest first.' })
  attempts(
    @Root() task: TaskRow,
    @Arg('first', () => Int, { defaultValue: 20, description: 'How many at most, from 1 to 1,000.' }) first: number,
    @Ctx() context: Context,
  ): Promise<readonly AttemptRow[]> {
    assertFirst(first);
    return context.loaders.attemptsOfTask.load({ parent: task.id, first });
  }

  @FieldResolver(() => [Verification], { description: 'How its results were judged, oldest first.' })
  verifications(
    @Root() task: TaskRow,
    @Arg('first', () => Int, { defaultValue: 20, description: 'How many at most, from 1 to 1,000.' }) first: number,
    @Ctx() context: Context,
  ): Promise<readonly object[]> {
    assertFirst(first);
    return context.loaders.verificationsOfTask.load({ parent: task.id, first });
  }
}
