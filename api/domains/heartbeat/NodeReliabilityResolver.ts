import { Arg, type ClassType, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { Context } from '../../createContext.js';
import { Node } from '../node/Node.js';
import { ProviderNode } from '../provider/ProviderNode.js';
import { Maintenance } from './Maintenance.js';
import { Reliability } from './Reliability.js';
import { readMaintenance, readReliability, readUptimeByDay, readUptimeByHour } from './reliabilityFields.js';
import type { ReliabilityAnswer } from './toReliability.js';
import { UptimeDay } from './UptimeDay.js';
import { UptimeHour } from './UptimeHour.js';
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

    @FieldResolver(() => [UptimeHour], {
      description:
        'Its settled hours of a UTC day with their minutes, oldest first; hours of which there is nothing are absent.',
    })
    uptimeByHour(
      @Root() { id }: { readonly id: string },
      @Arg('date', () => String, { description: 'The day, such as 2026-01-31.' }) date: string,
      @Ctx() context: Context,
    ): Promise<readonly UptimeHour[]> {
      return readUptimeByHour({ kind: 'node', id }, date, context);
    }

    @FieldResolver(() => [Maintenance], {
      description: 'Its maintenance that was announced, past and to come, the latest first.',
    })
    maintenance(
      @Root() { id }: { readonly id: string },
      @Arg('first', () => Int, { defaultValue: 20, description: 'How many at most, from 1 to 1,000.' }) first: number,
      @Ctx() context: Context,
    ): Promise<readonly Maintenance[]> {
      return readMaintenance({ kind: 'node', id }, first, context);
    }
  }
  return ReliabilityOfNode;
}

export const NodeReliabilityResolver = createReliabilityResolver(() => Node);
export const ProviderNodeReliabilityResolver = createReliabilityResolver(() => ProviderNode);
