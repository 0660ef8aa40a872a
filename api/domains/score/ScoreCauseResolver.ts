import { Ctx, FieldResolver, ID, Resolver, Root } from 'type-graphql';
import type { Context } from '../../createContext.js';
import { ScoreCause } from './ScoreExplanation.js';

@Resolver(() => ScoreCause)
export class ScoreCauseResolver {
  @FieldResolver(() => ID, { nullable: true, description: 'The job of that task.' })
  async jobId(@Root() { taskId }: ScoreCause, @Ctx() context: Context): Promise<string | null> {
    return taskId === null ? null : ((await context.loaders.jobOfTask.load(taskId))?.jobId ?? null);
  }
}
