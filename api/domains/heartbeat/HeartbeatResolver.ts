import { Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { SLOTS_PER_DAY, slotStartMs } from '../../../schema/heartbeat/slots.js';
import type { Context } from '../../createContext.js';
import { BigIntScalar } from '../../scalars.js';
import { BEAT_MINUTES, type BeatCount, listDownRuns, listObservers } from './collectorQueries.js';
import { BeatMinute, HeartbeatObserver, HeartbeatStatus } from './HeartbeatStatus.js';
import { toClosedSlot } from './toPresence.js';
import { type ObserverAnswer, toStatus } from './toStatus.js';

@Resolver(() => HeartbeatStatus)
export class HeartbeatResolver {
  @Query(() => HeartbeatStatus, { description: 'How the collecting of heartbeats goes.' })
  async heartbeatStatus(@Ctx() { database, now }: Context): Promise<HeartbeatStatus> {
    const toSlot = toClosedSlot(now);
    const observers = await listObservers(database);
    const runs =
      observers.length > 0 ? await listDownRuns(database, { fromSlot: toSlot + 1 - SLOTS_PER_DAY, toSlot }) : [];
    return toStatus({ observers, runs, lastSlot: toSlot });
  }

  @FieldResolver(() => [ID], {
    description:
      'Networks of which, in the last minute that is over, fewer than half of the nodes were heard that usually are, where these are ' +
      'ten or more: that is laid to our way to them, and none of them is called silent for it.',
  })
  async unheard(@Root() { down }: HeartbeatStatus, @Ctx() { loaders }: Context): Promise<readonly string[]> {
    if (down === null) return [];
    return (await loaders.seen()).filter(({ unheard }) => unheard).map(({ networkId }) => networkId);
  }

  @FieldResolver(() => [BeatMinute], {
    description:
      'Beats of the last five minutes that are over, at all observers, oldest first; none without an observer.',
  })
  async beats(@Root() { down }: HeartbeatStatus, @Ctx() { loaders, now }: Context): Promise<BeatMinute[]> {
    if (down === null) return [];
    const counts = await loaders.beatCounts();
    const last = toClosedSlot(now);
    return Array.from({ length: BEAT_MINUTES }, (_, index) => last + 1 - BEAT_MINUTES + index).map((slot) => ({
      at: new Date(slotStartMs(slot)),
      beats: String(sum(counts.filter((one) => one.slot === slot))),
    }));
  }
}

@Resolver(() => HeartbeatObserver)
export class HeartbeatObserverResolver {
  @FieldResolver(() => BigIntScalar, { description: 'Beats that it took of the last minute that is over.' })
  async beats(@Root() { observer }: ObserverAnswer, @Ctx() { loaders, now }: Context): Promise<string> {
    const slot = toClosedSlot(now);
    const counts = await loaders.beatCounts();
    return String(sum(counts.filter((one) => one.observer === observer && one.slot === slot)));
  }
}

function sum(counts: readonly BeatCount[]): number {
  return counts.reduce((total, { beats }) => total + beats, 0);
}
