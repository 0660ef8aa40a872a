import { GraphQLError } from 'graphql';
import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { rankCandidates } from '../../../schema/metrics/formulas/rank/rankCandidates.js';
import type { Context } from '../../createContext.js';
import { assertFirst } from '../../list/limits.js';
import { parseId } from '../../list/parseId.js';
import { Provider } from '../provider/Provider.js';
import type { ProviderRow } from '../provider/providerQueries.js';
import { Token } from '../token/Token.js';
import type { TokenRow } from '../token/tokenQueries.js';
import { GpuHourPrice } from './GpuHourPrice.js';
import { LeftOutProvider } from './LeftOut.js';
import { addTrades, loadCandidates } from './loadCandidates.js';
import { ProviderRankingConnection, RankedProvider } from './ProviderRanking.js';
import { listMarkets, type MarketRow } from './rankQueries.js';
import { type PriceRow, toRanking } from './toRanking.js';
import { parseWorkload, Workload } from './Workload.js';

@Resolver(() => ProviderRankingConnection)
export class RankResolver {
  @Query(() => ProviderRankingConnection, {
    description:
      'Which provider should run a workload, and what it will really cost: all providers of the networks, those that suit by what a GPU-hour that succeeds costs, all others with the reasons (docs/questions.md).',
  })
  async rankProviders(
    @Arg('workload', () => Workload, { description: 'What is to run.' }) given: Workload,
    @Arg('first', () => Int, {
      defaultValue: 20,
      description: 'How many at most, ranked and of each group of others; from 1 to 1,000.',
    })
    first: number,
    @Arg('after', () => String, { nullable: true, description: 'Ranked behind this `cursor` of the same workload.' })
    after: string | null,
    @Arg('leftOutAfter', () => ID, {
      nullable: true,
      description: 'Of the groups of others those behind this id of a provider.',
    })
    leftOutAfter: string | null,
    @Ctx() context: Context,
  ): Promise<ProviderRankingConnection> {
    assertFirst(first);
    const workload = parseWorkload(given);
    const markets = await listMarkets(context.database, workload.networks);
    assertKnown(workload.networks, markets);
    const ranking = rankCandidates(await loadCandidates(context, markets, null), workload);
    const page = { first, after: after ?? null, leftOutAfter: leftOutAfter ? parseId(leftOutAfter) : null };
    return toRanking(ranking, workload, {
      page,
      complete: (candidates) => addTrades(context, { markets, candidates }),
    });
  }
}

/** A network that nobody knows would be a ranking of nobody. */
function assertKnown(networks: readonly string[] | null, markets: readonly MarketRow[]): void {
  const unknown = networks?.find((id) => !markets.some((market) => market.id === id));
  if (unknown === undefined) return;
  throw new GraphQLError(
    `Expected networks to be ids of networks that are indexed, got ${JSON.stringify(unknown.slice(0, 80))}: see \`networks { id }\`.`,
    { extensions: { code: 'NETWORK_UNKNOWN' } },
  );
}

@Resolver(() => RankedProvider)
export class RankedProviderResolver {
  @FieldResolver(() => Provider, { description: 'The provider.' })
  provider(@Root() { id }: RankedProvider, @Ctx() context: Context): Promise<ProviderRow | null> {
    return context.loaders.provider.load(id);
  }
}

@Resolver(() => LeftOutProvider)
export class LeftOutProviderResolver {
  @FieldResolver(() => Provider, { description: 'The provider.' })
  provider(@Root() { id }: LeftOutProvider, @Ctx() context: Context): Promise<ProviderRow | null> {
    return context.loaders.provider.load(id);
  }
}

@Resolver(() => GpuHourPrice)
export class GpuHourPriceResolver {
  @FieldResolver(() => Token, { description: 'The token of `inToken`.' })
  token(@Root() price: GpuHourPrice, @Ctx() context: Context): Promise<TokenRow | null> {
    return context.loaders.token.load((price as PriceRow).tokenId);
  }
}
