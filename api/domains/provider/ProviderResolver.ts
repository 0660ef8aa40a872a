import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../createContext.js';
import { assertFirst } from '../../list/limits.js';
import { parseId } from '../../list/parseId.js';
import { BigIntScalar } from '../../scalars.js';
import { AlteredText, toAltered } from '../attribute/AlteredText.js';
import { Attribute, toAttributes } from '../attribute/Attribute.js';
import { Job } from '../job/Job.js';
import type { JobRow } from '../job/jobQueries.js';
import { Network } from '../network/Network.js';
import type { NetworkRow } from '../network/networkQueries.js';
import { Payout } from '../payout/Payout.js';
import type { PayoutRow } from '../payout/payoutQueries.js';
import { StakeChange } from '../stake/StakeChange.js';
import type { StakeChangeRow } from '../stake/stakeChangeQueries.js';
import { Price, type PriceRow } from '../token/Price.js';
import { BuyerShares } from './BuyerShares.js';
import type { BuyersRow } from './buyerQueries.js';
import { Provider } from './Provider.js';
import { ProviderNode } from './ProviderNode.js';
import { type NodeRow, type ProviderRow } from './providerQueries.js';
import { Quote, type QuoteRow } from './Quote.js';

@Resolver(() => Provider)
export class ProviderResolver {
  @Query(() => Provider, { nullable: true, description: 'A provider by id, or null.' })
  provider(
    @Arg('id', () => ID, { description: '<network>:<native id>.' }) id: string,
    @Ctx() context: Context,
  ): Promise<ProviderRow | null> {
    return context.loaders.provider.load(parseId(id));
  }

  @FieldResolver(() => Network, { description: 'The network it sells on.' })
  network(@Root() provider: ProviderRow, @Ctx() context: Context): Promise<NetworkRow | null> {
    return context.loaders.network.load(provider.networkId);
  }

  @FieldResolver(() => [Attribute], { description: "The terms it announces, in the protocol's own words, by name." })
  terms(@Root() provider: ProviderRow): Attribute[] {
    return toAttributes(provider.terms);
  }

  @FieldResolver(() => [AlteredText], { description: 'Which of its texts are not shown as they stand on the chain.' })
  altered(@Root() provider: ProviderRow): AlteredText[] {
    return toAltered(provider.altered);
  }

  @FieldResolver(() => BigIntScalar, {
    nullable: true,
    description: 'Tasks that ended without a result, by the word of the chain or by their deadline.',
  })
  async tasksFailed(@Root() provider: ProviderRow, @Ctx() context: Context): Promise<number | null> {
    return (await context.loaders.failedOfProvider.load(provider.id))?.failed ?? null;
  }

  @FieldResolver(() => Price, {
    nullable: true,
    description:
      "The provider's own price per unit in its latest job, which was really agreed on; else what it asked for last.",
  })
  latestPrice(@Root() provider: ProviderRow, @Ctx() context: Context): Promise<PriceRow | null> {
    return context.loaders.latestPrice.load(provider.id);
  }

  @FieldResolver(() => [Quote], {
    description:
      'What it asks, what it is offered and what was settled with it: the last word on each thing priced, of logs and of what was asked for off chain; as of the past of logs alone.',
  })
  prices(
    @Root() provider: ProviderRow,
    @Arg('first', () => Int, { defaultValue: 20, description: 'How many at most, from 1 to 1,000.' }) first: number,
    @Ctx() context: Context,
  ): Promise<readonly QuoteRow[]> {
    assertFirst(first);
    return context.loaders.pricesOfProvider.load({ parent: provider.id, first });
  }

  @FieldResolver(() => BuyerShares, {
    nullable: true,
    description: 'From how few buyers its jobs come; null: it has none whose buyer is known.',
  })
  buyers(@Root() provider: ProviderRow, @Ctx() context: Context): Promise<BuyersRow | null> {
    return context.loaders.buyersOfProvider.load(provider.id);
  }

  @FieldResolver(() => [Job], { description: 'Its jobs, newest first.' })
  jobs(
    @Root() provider: ProviderRow,
    @Arg('first', () => Int, { defaultValue: 10, description: 'How many at most, from 1 to 1,000.' }) first: number,
    @Ctx() context: Context,
  ): Promise<readonly JobRow[]> {
    assertFirst(first);
    return context.loaders.jobsOfProvider.load({ parent: provider.id, first });
  }

  @FieldResolver(() => [Payout], { description: 'Payouts for its work, newest first.' })
  payouts(
    @Root() provider: ProviderRow,
    @Arg('first', () => Int, { defaultValue: 10, description: 'How many at most, from 1 to 1,000.' }) first: number,
    @Ctx() context: Context,
  ): Promise<readonly PayoutRow[]> {
    assertFirst(first);
    return context.loaders.payoutsOfProvider.load({ parent: provider.id, first });
  }

  @FieldResolver(() => [StakeChange], { description: 'Movements of its stake, newest first.' })
  stakeChanges(
    @Root() provider: ProviderRow,
    @Arg('first', () => Int, { defaultValue: 10, description: 'How many at most, from 1 to 1,000.' }) first: number,
    @Ctx() context: Context,
  ): Promise<readonly StakeChangeRow[]> {
    assertFirst(first);
    return context.loaders.stakeChangesOfProvider.load({ parent: provider.id, first });
  }

  @FieldResolver(() => [ProviderNode], { description: 'The machines that worked for it, the busiest first.' })
  nodes(
    @Root() provider: ProviderRow,
    @Arg('first', () => Int, { defaultValue: 100, description: 'How many at most, from 1 to 1,000.' }) first: number,
    @Ctx() context: Context,
  ): Promise<readonly NodeRow[]> {
    assertFirst(first);
    return context.loaders.nodesOfProvider.load({ parent: provider.id, first });
  }
}
