import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../../createContext.js';
import { Network } from '../network/Network.js';
import type { NetworkRow } from '../network/networkQueries.js';
import { Provider } from '../provider/Provider.js';
import type { ProviderRow } from '../provider/providerQueries.js';
import { Token } from '../token/Token.js';
import type { TokenRow } from '../token/tokenQueries.js';
import { toUsd } from '../usd/toUsd.js';
import { Usd } from '../usd/Usd.js';
import { StakeChange } from './StakeChange.js';
import type { StakeChangeRow } from './stakeChangeQueries.js';

@Resolver(() => StakeChange)
export class StakeChangeResolver {
  @FieldResolver(() => Network, { description: 'The network it happened on.' })
  network(@Root() change: StakeChangeRow, @Ctx() context: Context): Promise<NetworkRow | null> {
    return context.loaders.network.load(change.networkId);
  }

  @FieldResolver(() => Provider, { nullable: true, description: 'The provider whose bonded stake it changes.' })
  async provider(@Root() change: StakeChangeRow, @Ctx() context: Context): Promise<ProviderRow | null> {
    return change.providerId === null ? null : context.loaders.provider.load(change.providerId);
  }

  @FieldResolver(() => Token, { description: 'The token that is staked.' })
  token(@Root() change: StakeChangeRow, @Ctx() context: Context): Promise<TokenRow | null> {
    return context.loaders.token.load(change.tokenId);
  }

  @FieldResolver(() => Usd, { description: 'What its amount was worth when it moved.' })
  usd(@Root() change: StakeChangeRow, @Ctx() context: Context): Promise<Usd> {
    return toUsd(context, { tokenId: change.tokenId, baseUnits: BigInt(change.amount), place: change });
  }
}
