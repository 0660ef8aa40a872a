import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../../createContext.js';
import { TimestampScalar } from '../../scalars.js';
import { Job } from './Job.js';
import type { JobRow } from './jobQueries.js';
import { RunOut } from './RunOut.js';
import type { RunOutRow } from './toRunOut.js';

@Resolver(() => Job)
export class RunOutResolver {
  @FieldResolver(() => TimestampScalar, {
    nullable: true,
    description:
      'The last second that the deposit pays for, unless somebody adds to it, takes from it or settles; `runOut` says why it is null. Operators stop the machine a notice period (300 s) earlier.',
  })
  async runsOutAt(@Root() job: JobRow, @Ctx() context: Context): Promise<Date | null> {
    return (await context.loaders.runOutOfJob.load(job.id))?.runsOutAt ?? null;
  }

  @FieldResolver(() => RunOut, { nullable: true, description: 'What `runsOutAt` rests on, or why it is null.' })
  runOut(@Root() job: JobRow, @Ctx() context: Context): Promise<RunOutRow | null> {
    return context.loaders.runOutOfJob.load(job.id);
  }
}
