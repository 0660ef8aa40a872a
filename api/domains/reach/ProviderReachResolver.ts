import { Arg, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../../createContext.js';
import { ReliabilityWindow, toSpan, type WindowName } from '../heartbeat/windows.js';
import { Provider } from '../provider/Provider.js';
import { Reachability } from './Reachability.js';
import { toReachability } from './toReachability.js';

@Resolver(() => Provider)
export class ProviderReachResolver {
  @FieldResolver(() => [Reachability], {
    description: 'Whether it and its machines were there when they were asked, by probe; empty where nobody asks them.',
  })
  async reachability(
    @Root() { id }: { readonly id: string },
    @Arg('window', () => ReliabilityWindow, { defaultValue: 'd30', description: 'How far back.' }) window: WindowName,
    @Ctx() { loaders, now }: Context,
  ): Promise<Reachability[]> {
    const rows = await loaders.reach.load({ kind: 'provider', id, window });
    return rows.map((row) => toReachability(row, toSpan(window, now)));
  }
}
