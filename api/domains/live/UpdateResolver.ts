import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../../createContext.js';
import { Chain } from '../chain/Chain.js';
import type { ChainRow } from '../chain/chainQueries.js';
import { Job } from '../job/Job.js';
import type { JobRow } from '../job/jobQueries.js';
import { Provider } from '../provider/Provider.js';
import type { ProviderRow } from '../provider/providerQueries.js';
import { BlockUpdate } from './BlockUpdate.js';
import { JobUpdate } from './JobUpdate.js';
import { ProviderUpdate } from './ProviderUpdate.js';

@Resolver(() => JobUpdate)
export class JobUpdateResolver {
  @FieldResolver(() => Job, { nullable: true, description: 'The job as it stands; null where it was taken back.' })
  job(@Root() { id }: JobUpdate, @Ctx() context: Context): Promise<JobRow | null> {
    return context.loaders.job.load(id);
  }
}

@Resolver(() => ProviderUpdate)
export class ProviderUpdateResolver {
  @FieldResolver(() => Provider, {
    nullable: true,
    description: 'The provider as it stands; null where it was taken back.',
  })
  provider(@Root() { id }: ProviderUpdate, @Ctx() context: Context): Promise<ProviderRow | null> {
    return context.loaders.provider.load(id);
  }
}

@Resolver(() => BlockUpdate)
export class BlockUpdateResolver {
  @FieldResolver(() => Chain, { nullable: true, description: 'The chain as it stands.' })
  chain(@Root() { chainId }: BlockUpdate, @Ctx() context: Context): Promise<ChainRow | null> {
    return context.loaders.chain.load(chainId);
  }
}
