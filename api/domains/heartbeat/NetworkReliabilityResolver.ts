import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { Context } from '../../createContext.js';
import { assertRange } from '../../list/limits.js';
import { Network } from '../network/Network.js';
import type { NetworkRow } from '../network/networkQueries.js';
import { ReliableNode } from './ReliableNode.js';
import { assertUptimeDays } from './reliabilityFields.js';
import { toDays } from './toDays.js';
import { type ReliableNodeAnswer, toReliableNode } from './toReliableNode.js';
import { UptimeDay } from './UptimeDay.js';
import { toToday } from './windows.js';

const MAX_NODES = 100;

@Resolver(() => Network)
export class NetworkReliabilityResolver {
  @FieldResolver(() => Boolean, { description: 'Whether any of its nodes has ever opened a session for heartbeats.' })
  async sendsHeartbeats(@Root() network: NetworkRow, @Ctx() context: Context): Promise<boolean> {
    return (await context.loaders.sendingNetwork.load(network.id))?.sends ?? false;
  }

  @FieldResolver(() => [UptimeDay], {
    description:
      'Days of all its nodes together up to today, oldest first, from the first on of which there is anything.',
  })
  async reliabilityByDay(
    @Root() network: NetworkRow,
    @Arg('days', () => Int, { defaultValue: 30, description: 'How many days at most, from 1 to 90.' }) days: number,
    @Ctx() context: Context,
  ): Promise<readonly UptimeDay[]> {
    assertUptimeDays(days);
    return toDays(await context.loaders.daysOfNetwork.load({ parent: network.id, first: days }), toToday(context.now));
  }

  @FieldResolver(() => [ReliableNode], {
    description:
      'Its best nodes over thirty days by `uptimeRaw`, of equal ones that which is known for longer first. Nodes that are ' +
      'known for less than a day are left out, and those of which nothing was due in the last hour that is settled: they have left.',
  })
  async mostReliableNodes(
    @Root() network: NetworkRow,
    @Arg('first', () => Int, { defaultValue: 10, description: 'How many at most, from 1 to 100.' }) first: number,
    @Ctx() context: Context,
  ): Promise<readonly ReliableNodeAnswer[]> {
    assertRange('first', first, { min: 1, max: MAX_NODES });
    const rows = await context.loaders.reliableNodesOfNetwork.load({ parent: network.id, first });
    return rows.map(toReliableNode);
  }
}
