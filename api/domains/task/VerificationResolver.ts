import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../../createContext.js';
import { Network } from '../network/Network.js';
import type { NetworkRow } from '../network/networkQueries.js';
import { Provider } from '../provider/Provider.js';
import type { ProviderRow } from '../provider/providerQueries.js';
import type { VerificationRow } from './taskQueries.js';
import { Verification } from './Verification.js';

@Resolver(() => Verification)
export class VerificationResolver {
  @FieldResolver(() => Network, { description: 'The network it was given on.' })
  network(@Root() verification: VerificationRow, @Ctx() context: Context): Promise<NetworkRow | null> {
    return context.loaders.network.load(verification.networkId);
  }

  @FieldResolver(() => Provider, { nullable: true, description: 'The provider whose work it is about.' })
  async provider(@Root() { providerId }: VerificationRow, @Ctx() context: Context): Promise<ProviderRow | null> {
    return providerId === null ? null : context.loaders.provider.load(providerId);
  }
}
