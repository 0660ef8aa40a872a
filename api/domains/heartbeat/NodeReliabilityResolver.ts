import { Arg, type ClassType, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { Context } from '../../createContext.js';
import { Node } from '../node/Node.js';
import { ProviderNode } from '../provider/ProviderNode.js';
import { Reliability } from './Reliability.js';
import { readReliability, readUptimeByDay } from './reliabilityFields.js';
import type { ReliabilityAnswer } from './toReliability.js';
import { UptimeDay } from './UptimeDay.js';
import { ReliabilityWindow, type WindowName } from './windows.js';

/** A machine is the same whether it is asked for by itself or by its provider. */
function createReliabilityResolver(type: () => ClassType) {
  @Resolver(type)
  class ReliabilityOfNode {
    @FieldResolver(() => Reliability, {
      nullable: true,
      description: 'What its heartbeats come to; null: it has never opened a session.',
    })
    reliability(
      @Root() { id }: { readonly id: string },
      @Arg('window', () => ReliabilityWindow, { defaultValue: 'd30', description: 'How far back.' }) window: WindowName,
      @Ctx() context: Context,
    ): Promise<ReliabilityAnswer | null> {
      return readReliability({ kind: 'node', id }, window, context);
    }

    @FieldResolver(() => [UptimeDay], {
      description: 'Its days up to today, oldest first, from the first on of which there is anything.',
    })
    uptimeByDay(
      @Root() { id }: { readonly id: string },
      @Arg('days', () => Int, { defaultValue: 30, description: 'How many days at most, from 1 to 90.' }) days: number,
      @Ctx() context: Context,
    ): Promise<readonly UptimeDay[]> {
      return readUptimeByDay({ kind: 'node', id }, days, context);
    }
  }
  return ReliabilityOfNode;
}

export const NodeReliabilityResolver = createReliabilityResolver(() => Node);
export const ProviderNodeReliabilityResolver = createReliabilityResolver(() => ProviderNode);
