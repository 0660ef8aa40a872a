import { Arg, type ClassType, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../../createContext.js';
import { ReliabilityWindow, toSpan, type WindowName } from '../heartbeat/windows.js';
import { Node } from '../node/Node.js';
import { ProviderNode } from '../provider/ProviderNode.js';
import { Reachability } from './Reachability.js';
import { toReachability } from './toReachability.js';

function createReachResolver(type: () => ClassType) {
  @Resolver(type)
  class ReachOfNode {
    @FieldResolver(() => [Reachability], {
      description: 'Whether it was there when it was asked, by probe; empty where nobody asks it.',
    })
    async reachability(
      @Root() { id }: { readonly id: string },
      @Arg('window', () => ReliabilityWindow, { defaultValue: 'd30', description: 'How far back.' }) window: WindowName,
      @Ctx() { loaders, now }: Context,
    ): Promise<Reachability[]> {
      const rows = await loaders.reach.load({ kind: 'node', id, window });
      return rows.map((row) => toReachability(row, toSpan(window, now)));
    }
  }
  return ReachOfNode;
}

export const NodeReachResolver = createReachResolver(() => Node);
export const ProviderNodeReachResolver = createReachResolver(() => ProviderNode);
