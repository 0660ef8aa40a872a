import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../../createContext.js';
import { AlteredText, toAltered } from '../attribute/AlteredText.js';
import { Attribute, toAttributes } from '../attribute/Attribute.js';
import { ClaimedGpu, toClaimedGpu } from '../gpu/ClaimedGpu.js';
import { Network } from '../network/Network.js';
import type { NetworkRow } from '../network/networkQueries.js';
import { Provider } from '../provider/Provider.js';
import type { ProviderRow } from '../provider/providerQueries.js';
import { Node } from './Node.js';
import type { NodeRow } from './nodeQueries.js';

@Resolver(() => Node)
export class NodeResolver {
  @FieldResolver(() => Network, { description: 'The network it works on.' })
  network(@Root() node: NodeRow, @Ctx() context: Context): Promise<NetworkRow | null> {
    return context.loaders.network.load(node.networkId);
  }

  @FieldResolver(() => Provider, {
    nullable: true,
    description: 'Who offers it; null where the protocol does not say so.',
  })
  async provider(@Root() node: NodeRow, @Ctx() context: Context): Promise<ProviderRow | null> {
    return node.providerId === null ? null : context.loaders.provider.load(node.providerId);
  }

  @FieldResolver(() => [Attribute], { description: "What else is said of it, in the protocol's own words, by name." })
  terms(@Root() node: NodeRow): Attribute[] {
    return toAttributes(node.terms);
  }

  @FieldResolver(() => ClaimedGpu, { nullable: true, description: 'Its GPUs as claimed, and whether that can be.' })
  gpu(@Root() node: NodeRow): ClaimedGpu | null {
    return toClaimedGpu(node);
  }

  @FieldResolver(() => [AlteredText], { description: 'Which of its texts are not shown as they stand on the chain.' })
  altered(@Root() node: NodeRow): AlteredText[] {
    return toAltered(node.altered);
  }
}
