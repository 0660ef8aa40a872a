import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../../createContext.js';
import { Network } from '../network/Network.js';
import type { NetworkRow } from '../network/networkQueries.js';
import { Provider } from '../provider/Provider.js';
import type { ProviderRow } from '../provider/providerQueries.js';
import { Outage } from './Outage.js';
import type { OutageRow } from './outageQueries.js';

@Resolver(() => Outage)
export class OutageResolver {
  @FieldResolver(() => Network, { nullable: true, description: 'The network it works on.' })
  network(@Root() outage: OutageRow, @Ctx() context: Context): Promise<NetworkRow | null> {
    return context.loaders.network.load(outage.networkId);
  }

  @FieldResolver(() => Provider, { nullable: true, description: 'Whose node it is; null where nothing says so.' })
  async provider(@Root() { providerId }: OutageRow, @Ctx() context: Context): Promise<ProviderRow | null> {
    return providerId === null ? null : context.loaders.provider.load(providerId);
  }
}
