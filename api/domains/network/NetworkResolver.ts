import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../createContext.js';
import { assertFirst } from '../../list/limits.js';
import { parseId } from '../../list/parseId.js';
import { BigIntScalar } from '../../scalars.js';
import { Chain } from '../chain/Chain.js';
import type { ChainRow } from '../chain/chainQueries.js';
import { Quote, type QuoteRow } from '../provider/Quote.js';
import { Token } from '../token/Token.js';
import type { TokenRow } from '../token/tokenQueries.js';
import { Capability, toCapabilities } from './Capability.js';
import { ConservationRule, toConservationRules } from './ConservationRule.js';
import { Network } from './Network.js';
import { MAX_REGIONS, type NetworkRow } from './networkQueries.js';

@Resolver(() => Network)
export class NetworkResolver {
  @Query(() => Network, { nullable: true, description: 'A network by id, or null.' })
  network(
    @Arg('id', () => ID, { description: '<protocol>-<chain>.' }) id: string,
    @Ctx() context: Context,
  ): Promise<NetworkRow | null> {
    return context.loaders.network.load(parseId(id));
  }

  @FieldResolver(() => Chain, { description: 'The chain it lives on.' })
  chain(@Root() network: NetworkRow, @Ctx() context: Context): Promise<ChainRow | null> {
    return context.loaders.chain.load(network.chainId);
  }

  @FieldResolver(() => [Capability], {
    description: 'What the protocol records on chain and what it does not, by name.',
  })
  capabilities(@Root() network: NetworkRow): Capability[] {
    return toCapabilities(network.capabilities);
  }

  @FieldResolver(() => [ConservationRule], {
    description: 'What its amounts are held against and what they cannot be held against, by name.',
  })
  conservation(@Root() network: NetworkRow): ConservationRule[] {
    return toConservationRules(network.conservation);
  }

  @FieldResolver(() => [String], {
    description: `Where its machines say that they stand, those of most machines first; ${MAX_REGIONS} at most.`,
  })
  async regions(@Root() network: NetworkRow, @Ctx() context: Context): Promise<readonly string[]> {
    return (await context.loaders.regionsOfNetwork.load(network.id))?.regions ?? [];
  }

  @FieldResolver(() => BigIntScalar, {
    nullable: true,
    description: 'Tasks that ended without a result, by the word of the chain or by their deadline.',
  })
  async tasksFailed(@Root() network: NetworkRow, @Ctx() context: Context): Promise<number | null> {
    return (await context.loaders.failedOfNetwork.load(network.id))?.failed ?? null;
  }

  @FieldResolver(() => Token, { nullable: true, description: 'The token that work is paid in.' })
  async workToken(@Root() network: NetworkRow, @Ctx() context: Context): Promise<TokenRow | null> {
    return network.workTokenId === null ? null : context.loaders.token.load(network.workTokenId);
  }

  @FieldResolver(() => Token, { nullable: true, description: 'The token that providers stake.' })
  async stakeToken(@Root() network: NetworkRow, @Ctx() context: Context): Promise<TokenRow | null> {
    return network.stakeTokenId === null ? null : context.loaders.token.load(network.stakeTokenId);
  }

  @FieldResolver(() => [Quote], {
    description:
      'What buyers offer to any provider, as its order book was last read: the best for each thing; none as of the past.',
  })
  bids(
    @Root() network: NetworkRow,
    @Arg('first', () => Int, { defaultValue: 20, description: 'How many at most, from 1 to 1,000.' }) first: number,
    @Ctx() context: Context,
  ): Promise<readonly QuoteRow[]> {
    assertFirst(first);
    return context.loaders.bidsOfNetwork.load({ parent: network.id, first });
  }
}
