import { Args, ArgsType, Ctx, Field, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { Context } from '../../createContext.js';
import { assertPage } from '../../list/limits.js';
import { Network } from '../network/Network.js';
import type { NetworkRow } from '../network/networkQueries.js';
import { Provider } from '../provider/Provider.js';
import type { ProviderRow } from '../provider/providerQueries.js';
import { RemovedTrade } from './RemovedTrade.js';
import type { RemovedRow } from './removedQueries.js';

@ArgsType()
class RemovedArgs {
  @Field(() => Int, { defaultValue: 20, description: 'How many at most, from 1 to 1,000.' })
  first: number;

  @Field(() => Int, { defaultValue: 0, description: 'How many to leave out at the start, from 0 to 5,000.' })
  skip: number;
}

@Resolver(() => Network)
export class NetworkRemovedResolver {
  @FieldResolver(() => [RemovedTrade], {
    description:
      'Whose trades speak for no score, the newest day first. What share of the money that is: metric `economy.washShare`; of GPU-hours: `price.removedShare`.',
  })
  removedTrades(
    @Root() network: NetworkRow,
    @Args(() => RemovedArgs) page: RemovedArgs,
    @Ctx() context: Context,
  ): Promise<readonly RemovedRow[]> {
    assertPage(page);
    return context.loaders.removedOfNetwork.load({ ...page, parent: network.id });
  }
}

@Resolver(() => Provider)
export class ProviderRemovedResolver {
  @FieldResolver(() => [RemovedTrade], {
    description:
      'With whom its trades speak for no score, the newest day first. What share of its successes that is: metric `score.removedShare`.',
  })
  removedTrades(
    @Root() provider: ProviderRow,
    @Args(() => RemovedArgs) page: RemovedArgs,
    @Ctx() context: Context,
  ): Promise<readonly RemovedRow[]> {
    assertPage(page);
    return context.loaders.removedOfProvider.load({ ...page, parent: provider.id });
  }
}

@Resolver(() => RemovedTrade)
export class RemovedTradeResolver {
  @FieldResolver(() => Provider, { description: 'Who sold.' })
  provider(@Root() { providerId }: RemovedRow, @Ctx() context: Context): Promise<ProviderRow | null> {
    return context.loaders.provider.load(providerId);
  }
}
