import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../../createContext.js';
import { Job } from '../job/Job.js';
import type { JobRow } from '../job/jobQueries.js';
import { Network } from '../network/Network.js';
import type { NetworkRow } from '../network/networkQueries.js';
import { Provider } from '../provider/Provider.js';
import type { ProviderRow } from '../provider/providerQueries.js';
import { Price, type PriceRow } from '../token/Price.js';
import { ChainPrice } from './ChainPrice.js';
import type { ChainPriceRow } from './chainPriceQueries.js';

@Resolver(() => ChainPrice)
export class ChainPriceResolver {
  @FieldResolver(() => Network, { description: 'The network it was named on.' })
  network(@Root() price: ChainPriceRow, @Ctx() context: Context): Promise<NetworkRow | null> {
    return context.loaders.network.load(price.networkId);
  }

  @FieldResolver(() => Provider, { nullable: true, description: 'Whose price it is; null: a bid to any provider.' })
  async provider(@Root() price: ChainPriceRow, @Ctx() context: Context): Promise<ProviderRow | null> {
    return price.providerId === null ? null : context.loaders.provider.load(price.providerId);
  }

  @FieldResolver(() => Job, { nullable: true, description: 'The job it is for, where it is for one.' })
  async job(@Root() price: ChainPriceRow, @Ctx() context: Context): Promise<JobRow | null> {
    return price.jobId === null ? null : context.loaders.job.load(price.jobId);
  }

  @FieldResolver(() => Price, { description: 'How much, in what, for what.' })
  price(@Root() price: ChainPriceRow): PriceRow {
    return { ...price, place: price };
  }
}
