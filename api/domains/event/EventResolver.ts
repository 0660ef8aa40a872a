import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../../createContext.js';
import { Network } from '../network/Network.js';
import type { NetworkRow } from '../network/networkQueries.js';
import { Event } from './Event.js';
import type { EventRow } from './eventQueries.js';

@Resolver(() => Event)
export class EventResolver {
  @FieldResolver(() => Network, { description: 'The network whose contract it came from.' })
  network(@Root() event: EventRow, @Ctx() context: Context): Promise<NetworkRow | null> {
    return context.loaders.network.load(event.networkId);
  }
}
