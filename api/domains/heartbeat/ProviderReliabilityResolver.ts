import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { Context } from '../../createContext.js';
import { Provider } from '../provider/Provider.js';
import { Maintenance } from './Maintenance.js';
import { Reliability } from './Reliability.js';
import { readMaintenance, readReliability, readUptimeByDay, readUptimeByHour } from './reliabilityFields.js';
import type { ReliabilityAnswer } from './toReliability.js';
import { UptimeDay } from './UptimeDay.js';
import { UptimeHour } from './UptimeHour.js';
import { ReliabilityWindow, type WindowName } from './windows.js';

@Resolver(() => Provider)
export class ProviderReliabilityResolver {
  @FieldResolver(() => Reliability, {
    nullable: true,
    description:
      'What the heartbeats of its nodes come to, or its own where the protocol names no machines; null: none has ever opened a session.',
  })
  reliability(
    @Root() { id }: { readonly id: string },
    @Arg('window', () => ReliabilityWindow, { defaultValue: 'd30', description: 'How far back.' }) window: WindowName,
    @Ctx() context: Context,
  ): Promise<ReliabilityAnswer | null> {
    return readReliability({ kind: 'provider', id }, window, context);
  }

  @FieldResolver(() => [UptimeDay], {
    description: 'Days of its nodes together up to today, oldest first, from the first on of which there is anything.',
  })
  uptimeByDay(
    @Root() { id }: { readonly id: string },
    @Arg('days', () => Int, { defaultValue: 30, description: 'How many days at most, from 1 to 90.' }) days: number,
    @Ctx() context: Context,
  ): Promise<readonly UptimeDay[]> {
    return readUptimeByDay({ kind: 'provider', id }, days, context);
  }

  @FieldResolver(() => [UptimeHour], {
    description:
      'Its nodes’ settled hours of a UTC day with their minutes, oldest first; hours of which there is nothing are absent.',
  })
  uptimeByHour(
    @Root() { id }: { readonly id: string },
    @Arg('date', () => String, { description: 'The day, such as 2026-01-31.' }) date: string,
    @Ctx() context: Context,
  ): Promise<readonly UptimeHour[]> {
    return readUptimeByHour({ kind: 'provider', id }, date, context);
  }

  @FieldResolver(() => [Maintenance], {
    description: 'Its nodes’ maintenance that was announced, past and to come, the latest first.',
  })
  maintenance(
    @Root() { id }: { readonly id: string },
    @Arg('first', () => Int, { defaultValue: 20, description: 'How many at most, from 1 to 1,000.' }) first: number,
    @Ctx() context: Context,
  ): Promise<readonly Maintenance[]> {
    return readMaintenance({ kind: 'provider', id }, first, context);
  }
}
