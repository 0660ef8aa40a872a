import { Arg, Ctx, ID, Int, Query, Resolver } from 'type-graphql';
import type { Context } from '../../createContext.js';
import { assertDays } from '../../list/limits.js';
import { ActivityDay } from './ActivityDay.js';
import { listActivity } from './activityQueries.js';

@Resolver(() => ActivityDay)
export class ActivityResolver {
  @Query(() => [ActivityDay], {
    description:
      "Per UTC day, oldest first; days without activity are present with zeros, days before the network's first event " +
      'are absent. The last day of a live network is in progress. Empty where jobs are not recorded.',
  })
  activity(
    @Arg('network', () => ID, { nullable: true, description: 'One network; else all that record jobs.' })
    networkId: string | null,
    @Arg('days', () => Int, { defaultValue: 30, description: 'How many days at most, from 1 to 1,000.' }) days: number,
    @Ctx() context: Context,
  ): Promise<readonly object[]> {
    assertDays(days);
    return listActivity(context.database, { networkId, days });
  }
}
