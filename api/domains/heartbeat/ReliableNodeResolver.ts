import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../../createContext.js';
import { Provider } from '../provider/Provider.js';
import type { ProviderRow } from '../provider/providerQueries.js';
import { BeatFlag } from './BeatFlag.js';
import { isAnyOnline, listHeard } from './heard.js';
import { ReliableNode } from './ReliableNode.js';
import { toFlags } from './toReliability.js';
import type { ReliableNodeAnswer } from './toReliableNode.js';

@Resolver(() => ReliableNode)
export class ReliableNodeResolver {
  @FieldResolver(() => Provider, { nullable: true, description: 'Whose it is; null: nobody that is known.' })
  async provider(@Root() { id, providerId }: ReliableNodeAnswer, @Ctx() context: Context): Promise<ProviderRow | null> {
    return context.loaders.provider.load(providerId ?? id);
  }

  @FieldResolver(() => Boolean, {
    nullable: true,
    description: 'Whether it is there now, as `Reliability.online`; null as of the past.',
  })
  async online(@Root() { id }: ReliableNodeAnswer, @Ctx() context: Context): Promise<boolean | null> {
    return isAnyOnline(await listHeard({ kind: 'node', id }, context));
  }

  @FieldResolver(() => [BeatFlag], { description: 'What was odd about it in thirty days, the latest first.' })
  async flags(@Root() { id }: ReliableNodeAnswer, @Ctx() context: Context): Promise<BeatFlag[]> {
    return toFlags(await context.loaders.flags.load({ kind: 'node', id, window: 'd30' }));
  }
}
