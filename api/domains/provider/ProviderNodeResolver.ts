import { FieldResolver, Resolver, Root } from 'type-graphql';
import { AlteredText, toAltered } from '../attribute/AlteredText.js';
import { ClaimedGpu, toClaimedGpu } from '../gpu/ClaimedGpu.js';
import { ProviderNode } from './ProviderNode.js';
import type { NodeRow } from './providerQueries.js';

@Resolver(() => ProviderNode)
export class ProviderNodeResolver {
  @FieldResolver(() => ClaimedGpu, { nullable: true, description: 'Its GPUs as claimed, and whether that can be.' })
  gpu(@Root() node: NodeRow): ClaimedGpu | null {
    return toClaimedGpu(node);
  }

  @FieldResolver(() => [AlteredText], { description: 'Which of its texts are not shown as they stand on the chain.' })
  altered(@Root() node: NodeRow): AlteredText[] {
    return toAltered(node.altered);
  }
}
