import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../../createContext.js';
import { Job } from '../job/Job.js';
import type { JobRow } from '../job/jobQueries.js';
import { Provider } from '../provider/Provider.js';
import type { ProviderRow } from '../provider/providerQueries.js';
import { Attempt } from './Attempt.js';
import type { AttemptRow } from './taskQueries.js';

@Resolver(() => Attempt)
export class AttemptResolver {
  @FieldResolver(() => Job, { nullable: true, description: 'The job of its task.' })
  job(@Root() attempt: AttemptRow, @Ctx() context: Context): Promise<JobRow | null> {
    return context.loaders.job.load(attempt.jobId);
  }

  @FieldResolver(() => Provider, { nullable: true, description: 'The provider it was assigned to.' })
  async provider(@Root() attempt: AttemptRow, @Ctx() context: Context): Promise<ProviderRow | null> {
    return attempt.providerId === null ? null : context.loaders.provider.load(attempt.providerId);
  }
}
